"""Notes of candidates, by the rules of `domain.scoring`: of each evaluation, each candidate, each project heard for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from eig_sheets.domain import scoring
from eig_sheets.domain.scoring import EvaluationStatus
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
    evaluated = scoring.evaluate(evaluations, rules.criteria, rules)
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
    complete = scoring.is_complete(evaluated["status"])
    begun = evaluated["status"] == EvaluationStatus.INCOMPLETE
    there, waiting = (
        pd.MultiIndex.from_frame(evaluated.loc[mask, ["candidature", "jure"]]) for mask in (complete, begun)
    )
    expected = pd.MultiIndex.from_frame(pairs)
    return pairs.assign(received=expected.isin(there) & ~expected.isin(waiting))


def _summary(rows: pd.DataFrame, keys: Sequence[str], criteria: Sequence[str]) -> pd.DataFrame:
    return pd.concat([scoring.means(rows, keys, criteria), scoring.counts(rows, keys)], axis=1)
