"""Typed tables for the rules, as the parser gives them: every field of the schema, blanks where nothing is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from eig_sheets import config, loading
from eig_sheets.call.applications import rules_eligibility
from eig_sheets.call.cofinancing import rules_cofinancing
from eig_sheets.call.scoring import calibration, rules_ranking, rules_scoring
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.parse import DTYPES
from tests.columns import tab_of

EIG5 = loading.load(config.packaged())
TYPES = tuple(host.type for host in EIG5.cofinancing.hosts)
SCHEMA = schema_of(EIG5)
ALL = frozenset(field.id for field in SCHEMA.tab("candidatures").fields)
CRITERIA = tuple(criterion.id for criterion in EIG5.criteria)


def campaign(**changes: Mapping[str, Any]) -> config.Campaign:
    """EIG5 with some values of some sections changed: `ranking={"min_note": 10}`."""
    sections = EIG5.model_dump(by_alias=True)
    for section, values in changes.items():
        allowed = set(type(getattr(EIG5, section)).model_fields)
        assert set(values) <= allowed, f"{section}: {set(values) - allowed}"
        sections[section] |= values
    return type(EIG5).model_validate(sections)


def table(tab: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A people's tab. A value is given by its field id; `unreadable` lists the fields that could not be read."""
    rows = list(rows)
    fields = tab_of(tab).fields
    scores = {field.id for field in fields if field.kind is Kind.SCORE}
    allowed = {field.id for field in fields} | {"unreadable"}
    columns: dict[str, Any] = {"row": np.arange(2, len(rows) + 2)}
    for row in rows:
        assert set(row) <= allowed, set(row) - allowed
    for field in fields:
        values = [row.get(field.id) for row in rows]
        if field.id in scores:
            columns[f"{field.id}_nsp"] = np.array([value == "NSP" for value in values], dtype=bool)
            values = [None if value == "NSP" else value for value in values]
        dtype: Any = DTYPES.get(field.kind)
        columns[field.id] = pd.array(values, dtype=dtype) if dtype else as_objects(values)
    columns["unreadable"] = as_objects(frozenset(row.get("unreadable", ())) for row in rows)
    return pd.DataFrame(columns)


def as_objects(values: Iterable[Any]) -> pd.Series:
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return pd.Series(array, dtype=object)


def dossiers(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Dossiers numbered from 1 unless they say otherwise."""
    return table("candidatures", [{"numero": str(place), **row} for place, row in enumerate(rows, 1)])


def evaluation(numero: str, juror: str, scores: Iterable[Any], **more: Any) -> dict[str, Any]:
    """One row of `Évaluations`; `scores` in the order of the criteria, NSP and None included."""
    return {"numero": numero, "jure": juror, **dict(zip(CRITERIA, scores, strict=True)), **more}


def evaluations(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return table("evaluations", rows)


def talents(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Talents retained for dossier 1 unless they say otherwise."""
    usual = {"statut": "Retenu", "projet_decide": "1"}
    return table("talents", [{"candidature": f"T{place}", **usual, **row} for place, row in enumerate(rows, 1)])


def assess(sheet: pd.DataFrame, rules: config.Campaign = EIG5, available: frozenset[str] = ALL) -> pd.DataFrame:
    return rules_eligibility.assess(sheet, available, rules.campaign, rules.eligibility)


def evaluate(sheet: pd.DataFrame, rules: config.Campaign = EIG5) -> pd.DataFrame:
    return rules_scoring.evaluate(sheet, rules.criteria, rules.scoring)


def score(sheet: pd.DataFrame, numbers: Iterable[str] = ("1",), rules: config.Campaign = EIG5) -> pd.DataFrame:
    numbers = pd.Series(list(numbers), dtype=object)
    return rules_scoring.score(evaluate(sheet, rules), sheet, numbers, rules.criteria, rules.scoring)


def rank(sheet: pd.DataFrame, reviews: pd.DataFrame, rules: config.Campaign = EIG5) -> pd.DataFrame:
    return rank_assessed(sheet, assess(sheet, rules), reviews, rules)


def rank_assessed(
    sheet: pd.DataFrame, assessed: pd.DataFrame, reviews: pd.DataFrame, rules: config.Campaign = EIG5
) -> pd.DataFrame:
    scores = score(reviews, sheet["numero"], rules)
    corrected = calibrate(sheet, assessed, reviews, rules)
    return rules_ranking.rank(sheet, assessed, scores, corrected, rules.campaign, rules.ranking, rules.scoring)


def rank_by_notes(sheet: pd.DataFrame, reviews: pd.DataFrame, rules: config.Campaign = EIG5) -> pd.DataFrame:
    """The ranking without its corrected side, by far the longest to compute; no rank by note depends on it."""
    assessed, scores = assess(sheet, rules), score(reviews, sheet["numero"], rules)
    corrected = calibrate(sheet, assessed, reviews.iloc[:0], rules)
    return rules_ranking.rank(sheet, assessed, scores, corrected, rules.campaign, rules.ranking, rules.scoring)


def calibrate(
    sheet: pd.DataFrame, assessed: pd.DataFrame, reviews: pd.DataFrame, rules: config.Campaign = EIG5
) -> calibration.Calibration:
    ranked = rules_ranking.contenders(sheet, assessed, score(reviews, sheet["numero"], rules))
    votes = evaluate(reviews, rules).dropna(subset="note")
    note_range = 20 * (rules.scoring.max - rules.scoring.min) / rules.scoring.max
    return calibration.calibrate(votes, ranked, rules.campaign.target, note_range, None, rules.ranking.zone)


def cofinance(
    sheet: pd.DataFrame, recruited: pd.DataFrame | None = None, rules: config.Campaign = EIG5
) -> pd.DataFrame:
    return rules_cofinancing.cofinance(sheet, rules.cofinancing, rules.salaries, recruited)
