"""Notes from the jury's scores: of each evaluation, then of each dossier, out of 20."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.domain.frames import is_yes
from eig_sheets.domain.rules import Criterion, ScoringRules

OUT_OF = 20
FAVORABLE = "Favorable"
UNFAVORABLE = "Défavorable"

EQUAL_DECIMALS = 9
"""Notes and means are equal when they are to the billionth: no finer difference decides on a rank."""

_DECIMALS = 12
"""Results are rounded here, far beyond any score: 18.125 is not 18.124999999999996 because of binary fractions,
nor because of the order of the rows."""


class EvaluationStatus(StrEnum):
    """Status of one evaluation: whether it counts, or why not."""

    INCLUDED = "included"  # counts
    RECUSED = "deport"  # the juror stepped aside: complete, never counted
    INCOMPLETE = "incomplete"  # a criterion is blank: not scored yet, not counted
    NO_SCORE = "no_score"  # every criterion is NSP: complete, but there is nothing to count


class Scale(Protocol):
    """What a note needs of the rules: the highest score of a criterion."""

    @property
    def max(self) -> float:
        """The highest score of a criterion."""


def evaluate(evaluations: pd.DataFrame, criteria: Sequence[Criterion], scoring: Scale) -> pd.DataFrame:
    """Each evaluation's status and note, on the index of `evaluations`.

    Columns: `numero`, `jure`, `row`; `status`, an EvaluationStatus; `note` out of 20, null unless included;
    `nsp`, how many criteria were left out on purpose.
    note = 20 × Σ weight × score / (scale's maximum × Σ weight), both sums over the criteria that were scored.
    """
    ids = [criterion.id for criterion in criteria]
    values = evaluations[ids].to_numpy(dtype=float)
    nsp = evaluations[[f"{criterion_id}_nsp" for criterion_id in ids]].to_numpy(dtype=bool)
    status = np.select(
        [is_yes(evaluations["deport"]), (np.isnan(values) & ~nsp).any(axis=1), nsp.all(axis=1)],
        [EvaluationStatus.RECUSED.value, EvaluationStatus.INCOMPLETE.value, EvaluationStatus.NO_SCORE.value],
        EvaluationStatus.INCLUDED.value,
    )
    result = evaluations[["numero", "jure", "row"]].copy()
    result["status"] = pd.Series(status, index=evaluations.index, dtype="str")
    included = status == EvaluationStatus.INCLUDED
    result["note"] = np.where(included, _notes(values, nsp, criteria, scoring), np.nan)
    result["nsp"] = nsp.sum(axis=1)
    return result


def _notes(
    values: npt.NDArray[np.float64],
    nsp: npt.NDArray[np.bool_],
    criteria: Sequence[Criterion],
    scoring: Scale,
) -> npt.NDArray[np.float64]:
    weights = np.array([criterion.weight for criterion in criteria])
    total_weight = np.where(nsp, 0.0, weights).sum(axis=1)
    weighted_sum = np.where(nsp, 0.0, weights * values).sum(axis=1)
    most = np.where(total_weight > 0, scoring.max * total_weight, np.nan)
    notes: npt.NDArray[np.float64] = np.round(OUT_OF * weighted_sum / most, _DECIMALS)
    return notes


def score(
    evaluated: pd.DataFrame,
    evaluations: pd.DataFrame,
    numbers: pd.Series,
    criteria: Sequence[Criterion],
    scoring: ScoringRules,
    expected: pd.Series | None = None,
) -> pd.DataFrame:
    """Notes, means and counts of each dossier of `numbers`, indexed by its number.

    `note`: mean over the included evaluations, out of 20, null without any. One column a criterion: its mean on the
    scale over the included evaluations that scored it. `reviews`: included evaluations. `reviews_expected`: as
    `expected` says, by number; without, those asked of jurors who did not step aside, at least `min_reviews`.
    `incomplete`: evaluations that wait for a score.
    `stdev`: sample standard deviation of the notes, null under two. `hearts`, `favorable`, `unfavorable`, `nsp`:
    counted over complete evaluations, those that are all NSP among them, déports apart.
    """
    ids = [criterion.id for criterion in criteria]
    rows = pd.concat([evaluated, evaluations[[*ids, "coup_de_coeur", "avis"]]], axis=1)
    result = means(rows, ["numero"], ids).reindex(numbers)
    counted = pd.concat([counts(rows, ["numero"]), _opinions(rows)], axis=1).reindex(numbers, fill_value=0)
    asked = counted["reviews_expected"].clip(lower=scoring.min_reviews)
    counted["reviews_expected"] = asked if expected is None else expected.reindex(numbers, fill_value=0)
    order = ["note", *ids, "reviews", "reviews_expected", "incomplete", "stdev"]
    everything = pd.concat([result, counted], axis=1)
    return everything[[*order, "hearts", "favorable", "unfavorable", "nsp"]].rename_axis("numero")


def means(rows: pd.DataFrame, keys: Sequence[str], criteria: Sequence[str]) -> pd.DataFrame:
    """The mean `note`, its `stdev` and the mean of each of `criteria` over included evaluations, by `keys`.

    `rows`: what `evaluate` says of each evaluation, beside its scores; rows without a key are left out.
    """
    included = rows["status"] == EvaluationStatus.INCLUDED
    by = [rows[key] for key in keys]
    notes = rows["note"].groupby(by)
    result = pd.DataFrame({"note": notes.mean(), "stdev": notes.std()})
    result[[*criteria]] = rows[[*criteria]].where(included).groupby(by).mean()
    return result.round(_DECIMALS)


def counts(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """By `keys`: `reviews`, how many jurors gave an included evaluation; `incomplete`; `nsp`, of complete ones.

    Several included evaluations by one juror, of one candidate for several projects, are one review.
    """
    status = rows["status"]
    included = rows[status == EvaluationStatus.INCLUDED]
    again = included.duplicated([*keys, "jure"]).reindex(rows.index, fill_value=False)
    flags = pd.DataFrame(
        {
            "reviews": (status == EvaluationStatus.INCLUDED) & ~again,
            "incomplete": status == EvaluationStatus.INCOMPLETE,
            "nsp": rows["nsp"].where(is_complete(status), 0),
        }
    )
    return flags.astype("int64").groupby([rows[key] for key in keys]).sum()


def is_complete(status: pd.Series) -> pd.Series:
    """Whether each evaluation is done: nothing is asked of its juror any more, who did not step aside."""
    return status.isin([EvaluationStatus.INCLUDED, EvaluationStatus.NO_SCORE])


def _opinions(rows: pd.DataFrame) -> pd.DataFrame:
    """By number: evaluations expected of jurors who did not step aside, favourites and opinions."""
    complete = is_complete(rows["status"])
    flags = pd.DataFrame(
        {
            "reviews_expected": rows["status"] != EvaluationStatus.RECUSED,
            "hearts": is_yes(rows["coup_de_coeur"]) & complete,
            "favorable": (rows["avis"] == FAVORABLE) & complete,
            "unfavorable": (rows["avis"] == UNFAVORABLE) & complete,
        }
    )
    return flags.astype("int64").groupby(rows["numero"]).sum()
