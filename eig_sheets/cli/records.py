"""The records of `rank` and `cofinancing`: their JSON is a contract (design 4), their table is for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from eig_sheets.cli.output import jsonable
from eig_sheets.workbook import words
from eig_sheets.workbook.render.cells import sentence

if TYPE_CHECKING:
    from eig_sheets.config import Campaign
    from eig_sheets.results import Results

RANK_HEADERS = {
    "rank": "Rang",
    "dossier": "Dossier",
    "project": "Projet",
    "note": "Note /20",
    "reviews": "Évaluations",
    "proposal": "Proposition",
    "decision": "Décision",
    "remarks": "Alertes",
}
COFINANCING_HEADERS = {
    "dossier": "Dossier",
    "status": "Statut",
    "route": "Voie",
    "payment": "Versement",
    "missing": "Ce qui manque",
    "amount_min": "Minimum (€)",
    "amount_max": "Maximum (€)",
    "estimated": "Estimé",
}
_AS_THEY_ARE = ("reviews", "reviews_expected", "stdev", "expected_rank", "interval_50", "interval_90", "p_selected")
_AT_THE_END = ("zone", "proposal", "decision", "alerts", "unranked_reason")


def rank_records(results: Results, campaign: Campaign) -> list[dict[str, Any]]:
    """One object a dossier, in official order."""
    dossiers = results.dossiers.set_index("numero")
    criteria = [criterion.id for criterion in campaign.criteria]
    return [
        {
            "rank": jsonable(row["rank"]),
            "dossier": row["numero"],
            "project": jsonable(dossiers["projet"].at[row["numero"]]),
            "administration": jsonable(dossiers["administration"].at[row["numero"]]),
            "note": jsonable(row["note"]),
            "criteria": {criterion: jsonable(row[criterion]) for criterion in criteria},
            **{key: jsonable(row[key]) for key in (*_AS_THEY_ARE, *_AT_THE_END)},
        }
        for row in _rows(results.ranking)
    ]


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def rank_lines(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for people: French words, what to know in one column."""
    return [
        {
            **record,
            "reviews": f"{record['reviews']} / {record['reviews_expected']}",
            "proposal": words.PROPOSALS.get(record["proposal"]),
            "remarks": _remarks(record),
        }
        for record in records
    ]


def _remarks(record: Mapping[str, Any]) -> str | None:
    unranked = [words.UNRANKED[record["unranked_reason"]]] if record["unranked_reason"] else []
    return sentence([*unranked, *(words.ALERTS[alert] for alert in record["alerts"])])


def cofinancing_records(results: Results) -> list[dict[str, Any]]:
    """One object a dossier, in the order of the sheet."""
    keys = ("requested", "eligible", "status", "route", "payment", "programme")
    return [
        {
            "dossier": row["numero"],
            **{key: jsonable(row[key]) for key in keys},
            "reason": sentence([words.COFINANCING_REASONS[row["reason"]]]),
            "missing": list(row["missing"]),
            **{key: jsonable(row[key]) for key in ("amount_min", "amount_max", "estimated")},
            "source": jsonable(row["source"]),
        }
        for row in _rows(results.cofinancing)
    ]


def cofinancing_lines(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for people: French words."""
    return [
        {
            **record,
            "status": words.COFINANCING[record["status"]],
            "route": words.ROUTES.get(record["route"]),
            "payment": words.ROUTES.get(record["payment"]),
            "missing": sentence(words.MISSING[code] for code in record["missing"]),
            "estimated": words.only_yes(record["estimated"]),
        }
        for record in records
    ]
