"""The terms of each note of one dossier, for a person to check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eig_sheets.call.scoring.rules_scoring import EvaluationStatus, Scale
from eig_sheets.domain.rules import Criterion


@dataclass(frozen=True, slots=True)
class CriterionTerm:
    """One criterion in the note of one evaluation; `value` is None when it is blank or NSP."""

    criterion: Criterion
    value: float | None
    nsp: bool


@dataclass(frozen=True, slots=True)
class EvaluationTerms:
    """The terms of the note of one evaluation: note = 20 × `weighted_sum` / (`maximum` × `weights`).

    `source`: where its row is.
    """

    juror: str
    source: str
    row: int
    status: EvaluationStatus
    terms: tuple[CriterionTerm, ...]
    weighted_sum: float
    weights: float
    maximum: float
    note: float | None


def note_terms(
    numero: str,
    evaluated: pd.DataFrame,
    evaluations: pd.DataFrame,
    criteria: Sequence[Criterion],
    scoring: Scale,
    key: str = "numero",
) -> tuple[EvaluationTerms, ...]:
    """The terms of each evaluation of what has this number in the column `key`, in the order of the rows."""
    chosen = evaluated[key] == numero
    pairs = zip(evaluated[chosen].to_dict("records"), evaluations[chosen].to_dict("records"), strict=True)
    return tuple(_explained(outcome, typed, criteria, scoring) for outcome, typed in pairs)


def _explained(
    outcome: dict[Any, Any], typed: dict[Any, Any], criteria: Sequence[Criterion], scoring: Scale
) -> EvaluationTerms:
    terms = tuple(
        CriterionTerm(criterion, _number(typed[criterion.id]), bool(typed[f"{criterion.id}_nsp"]))
        for criterion in criteria
    )
    scored = [(term.criterion.weight, term.value) for term in terms if term.value is not None]
    return EvaluationTerms(
        juror=outcome["jure"],
        source=typed["source"],
        row=outcome["row"],
        status=EvaluationStatus(outcome["status"]),
        terms=terms,
        weighted_sum=sum(weight * value for weight, value in scored),
        weights=sum(weight for weight, _ in scored),
        maximum=scoring.max,
        note=_number(outcome["note"]),
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
