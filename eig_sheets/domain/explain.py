"""How each number of one dossier comes about: its terms, for a person to check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eig_sheets.domain.rules import Criterion, ScoringRules
from eig_sheets.domain.scoring import EvaluationStatus


@dataclass(frozen=True, slots=True)
class CriterionTerm:
    """One criterion in the note of one evaluation; `value` is None when it is blank or NSP."""

    criterion: Criterion
    value: float | None
    nsp: bool


@dataclass(frozen=True, slots=True)
class EvaluationTerms:
    """How the note of one evaluation comes about: note = 20 × `weighted_sum` / (`maximum` × `weights`)."""

    juror: str
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
    scoring: ScoringRules,
) -> tuple[EvaluationTerms, ...]:
    """The terms of each evaluation of one dossier, in the order of the rows."""
    chosen = evaluated["numero"] == numero
    pairs = zip(evaluated[chosen].to_dict("records"), evaluations[chosen].to_dict("records"), strict=True)
    return tuple(_explained(outcome, typed, criteria, scoring) for outcome, typed in pairs)


def _explained(
    outcome: dict[Any, Any], typed: dict[Any, Any], criteria: Sequence[Criterion], scoring: ScoringRules
) -> EvaluationTerms:
    terms = tuple(_term(criterion, typed) for criterion in criteria)
    scored = [(term.criterion.weight, term.value) for term in terms if term.value is not None]
    return EvaluationTerms(
        juror=outcome["jure"],
        row=outcome["row"],
        status=EvaluationStatus(outcome["status"]),
        terms=terms,
        weighted_sum=sum(weight * value for weight, value in scored),
        weights=sum(weight for weight, _ in scored),
        maximum=scoring.max,
        note=None if np.isnan(outcome["note"]) else float(outcome["note"]),
    )


def _term(criterion: Criterion, typed: dict[Any, Any]) -> CriterionTerm:
    value, nsp = typed[criterion.id], bool(typed[f"{criterion.id}_nsp"])
    return CriterionTerm(criterion, None if nsp or np.isnan(value) else float(value), nsp)
