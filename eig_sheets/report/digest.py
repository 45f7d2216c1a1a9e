"""The SHA-256 of the inputs of a ranking: two people who have the same digest have the same data."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd

from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection import Selection
from eig_sheets.config import Campaign

_SECTIONS = {"campaign": {"id", "target"}, "scoring": {"min", "max", "min_reviews"}, "criteria": True, "ranking": True}


def inputs(results: Results, campaign: Campaign) -> bytes:
    """The inputs of the ranking, the same bytes whatever the order of the rows.

    JSON in UTF-8, keys sorted, no spaces: `regles`, the sections campaign (id, target), scoring, criteria and ranking;
    `dossiers`, [number, preselection, decision, eligibility]; `evaluations`, [dossier, juror, déport, opinion,
    heart, then the score of each criterion, « NSP » or null], one each, sorted; `selection`, where the call has rules
    for one: these, and what each limit counts of each dossier.
    """
    content = {
        "regles": campaign.model_dump(mode="json", include=_SECTIONS),  # type: ignore[arg-type]
        "dossiers": _dossiers(results),
        "evaluations": _evaluations(results.evaluations, [criterion.id for criterion in campaign.criteria]),
        **_selection(results, campaign),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _selection(results: Results, campaign: Campaign) -> dict[str, Any]:
    """The rules of the selection, and what each limit counts of each dossier; nothing for a call without such rules."""
    if results.selection is None or campaign.selection is None:
        return {}
    return {"selection": {"regles": campaign.selection.model_dump(mode="json"), "limites": _bounds(results.selection)}}


def _bounds(selection: Selection) -> list[list[Any]]:
    """What each bound counts of each dossier: the limit, the value, the number, the weight."""
    return sorted(
        [bound.limit, bound.value, bound.at_least, selection.problem.numbers[member], weight]
        for bound in selection.problem.bounds
        for member, weight in zip(bound.members.tolist(), bound.weights.tolist(), strict=True)
    )


def digest(results: Results, campaign: Campaign) -> str:
    """The SHA-256 of the inputs, in hexadecimal."""
    return hashlib.sha256(inputs(results, campaign)).hexdigest()


def _dossiers(results: Results) -> list[list[Any]]:
    typed = results.dossiers[["numero", "preselection", "decision"]]
    return _rows([*(typed[name] for name in typed), results.eligibility["status"]])


def _evaluations(evaluations: pd.DataFrame, criteria: list[str]) -> list[list[Any]]:
    columns = [evaluations[name] for name in ("numero", "jure", "deport", "avis", "coup_de_coeur")]
    scores = [
        evaluations[criterion].astype(object).mask(evaluations[f"{criterion}_nsp"], "NSP") for criterion in criteria
    ]
    return _rows([*columns, *scores])


def _rows(columns: list[pd.Series]) -> list[list[Any]]:
    complete = [column.astype(object).where(column.notna(), None) for column in columns]
    return sorted(map(list, zip(*complete, strict=True)), key=lambda row: [str(cell) for cell in row])
