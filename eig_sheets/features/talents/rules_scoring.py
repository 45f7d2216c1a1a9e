"""Notes of candidates, by the rules of `rules_scoring` of the call, and corrected for severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.call.scoring import rules_scoring
from eig_sheets.call.scoring.calibration import Uncorrected, corrected_notes
from eig_sheets.call.scoring.rules_scoring import OUT_OF, EvaluationStatus
from eig_sheets.features.talents.settings import TalentRules


@dataclass(frozen=True, slots=True)
class TalentScores:
    """The notes of candidates, out of 20.

    `evaluated`: each evaluation's `candidature`, `numero` of the project, `jure`, `row`, `status` (an
    EvaluationStatus), `note` and `nsp`, on the index of the evaluations. `by_candidate`, by number of the candidate,
    and `by_project`, by candidate and number of the project heard for: `note`, the mean over included evaluations, null
    without any; one column a criterion, its mean on the scale; `stdev`, null under two; `reviews`, how many jurors gave
    an included one, `incomplete` and `nsp`. A juror who hears somebody for several projects gives a note for each: all
    are in the mean of the candidate, and it is one juror. What is a déport is counted nowhere; an evaluation that names
    no project is of no project.
    """

    evaluated: pd.DataFrame
    by_candidate: pd.DataFrame
    by_project: pd.DataFrame


def score(evaluations: pd.DataFrame, candidates: pd.Series, rules: TalentRules) -> TalentScores:
    """The notes of the candidates with these numbers; evaluations of others are left out of both summaries."""
    evaluated = rules_scoring.evaluate(evaluations, rules.criteria, rules)
    evaluated.insert(0, "candidature", evaluations["candidature"])
    ids = [criterion.id for criterion in rules.criteria]
    rows = pd.concat([evaluated, evaluations[ids]], axis=1)
    rows = rows[rows["candidature"].isin(candidates) & (rows["status"] != EvaluationStatus.RECUSED)]
    by_candidate = _summary(rows, ["candidature"], ids).reindex(pd.Index(candidates, name="candidature"))
    for name in ("reviews", "incomplete", "nsp"):
        by_candidate[name] = by_candidate[name].fillna(0).astype("int64")
    return TalentScores(evaluated, by_candidate, _summary(rows, ["candidature", "numero"], ids))


def expected_of(assigned: pd.DataFrame, evaluated: pd.DataFrame) -> pd.DataFrame:
    """Who is to note whom (candidature, jure), and `received`: whether one is complete, and none is only begun.

    `assigned`: the pairs, whose `numero` is that of the candidate.
    """
    pairs = assigned[["numero", "jure"]].rename(columns={"numero": "candidature"})
    pairs = pairs.drop_duplicates().reset_index(drop=True)
    complete = rules_scoring.is_complete(evaluated["status"])
    begun = evaluated["status"] == EvaluationStatus.INCOMPLETE
    there, waiting = (
        pd.MultiIndex.from_frame(evaluated.loc[mask, ["candidature", "jure"]]) for mask in (complete, begun)
    )
    expected = pd.MultiIndex.from_frame(pairs)
    return pairs.assign(received=expected.isin(there) & ~expected.isin(waiting))


def _summary(rows: pd.DataFrame, keys: Sequence[str], criteria: Sequence[str]) -> pd.DataFrame:
    return pd.concat([rules_scoring.means(rows, keys, criteria), rules_scoring.counts(rows, keys)], axis=1)


FEW_VOTES: Final = "peu_de_votes"
"""Why nothing is corrected: jurors gave too few evaluations, on average, for their severity to be told."""

_COLUMNS: Final = ("corrected", "corrected_error")


@dataclass(frozen=True, slots=True)
class Correction:
    """`notes`, by number of the candidate: `corrected`, the note that an average juror would give, `corrected_error`.

    With a `reason`, FEW_VOTES or an Uncorrected, there are none.
    """

    notes: pd.DataFrame
    reason: str | None = None


def correct(evaluated: pd.DataFrame, rules: TalentRules, group_of: Mapping[str, str]) -> Correction:
    """The corrected notes of all candidates that have one; `evaluated` is that of `TalentScores`.

    The notes of one juror for several projects are one vote, their mean.

    `group_of` names the panel of a juror, where there are panels.
    """
    votes = evaluated.loc[evaluated["status"] == EvaluationStatus.INCLUDED, ["candidature", "jure", "note"]]
    one_each = votes.groupby(["candidature", "jure"], sort=False)["note"].mean().reset_index()
    votes = one_each.rename(columns={"candidature": "numero"})
    if reason := _too_few(votes, rules):
        return Correction(_no_notes(), reason)
    notes = corrected_notes(votes, OUT_OF * (rules.max - rules.min) / rules.max, group_of)
    if isinstance(notes, Uncorrected):
        return Correction(_no_notes(), notes)
    in_range = notes["corrected"].clip(OUT_OF * rules.min / rules.max, OUT_OF)
    return Correction(notes.assign(corrected=in_range).rename_axis("candidature"))


def _too_few(votes: pd.DataFrame, rules: TalentRules) -> str | None:
    if votes.empty:
        return Uncorrected.WITHOUT_EVALUATION
    return FEW_VOTES if len(votes) < rules.min_votes * votes["jure"].nunique() else None


def _no_notes() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=float) for name in _COLUMNS}).rename_axis("candidature")
