"""The sample campaign as it is on one day: what nobody has received, typed or decided yet is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.domain.decisions import (
    PRESELECTED,
    WITHDRAWN,
)
from eig_sheets.sample.programme import decided
from eig_sheets.sample.sources import Row, settings
from eig_sheets.workbook import values

_SCREENING: Final = ("preselection", "questions", "audition")
_DECISION: Final = ("decision", "decide_par", "decide_le")
_WORDS: Final = ("motif", "retour")
_IN_INSTRUCTION: Final = "En instruction"
_EDITABLE: Final = "En construction"
_DECLARED: Final = ("declaration", "deports")


def as_of(day: date, rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows of each tab on a day; `rows` are those of the whole story."""
    known = {
        "candidatures": [with_state(_dossier(row, day), day) for row in rows["candidatures"] if is_received(row, day)],
        "jury": [_juror(row, day) for row in rows["jury"] if day >= _story("jury_formed")],
        "evaluations": [_evaluation(row, day) for row in rows["evaluations"] if day >= _story("evaluated")[0]],
    }
    return {**{tab: [*others] for tab, others in rows.items()}, **known}


def is_received(dossier: Row, day: date) -> bool:
    """Whether a dossier has come in on a day. One that nobody submitted is there from the beginning."""
    received = _day(dossier.get("date_depot"))
    return received is None or received <= day


def with_state(dossier: Row, day: date) -> Row:
    """A dossier with its state on the platform on a day: until all are taken in, its applicants can still modify it."""
    taken_in = day >= _story("instructed_on") or dossier["etat"] != _IN_INSTRUCTION
    return dossier if taken_in else {**dossier, "etat": _EDITABLE}


def _story(name: str) -> Any:
    return settings("story.toml")[name]


def _dossier(row: Row, day: date) -> Row:
    told = row.get("decision") is not None
    hidden: list[str] = [] if day >= _story("screened_on") else [*_SCREENING, *([] if told else _WORDS)]
    if told and not _is_past(row["decide_le"], day):
        hidden += [*_DECISION, *_WORDS]
    return decided(_without(_heard(row) if day >= _story("decided_on") else row, hidden), day)


def _heard(row: Row) -> Row:
    """The row once the jury is over: a dossier that had no hour by then was heard at the one that was left."""
    waits = row.get("preselection") == PRESELECTED and row.get("decision") != WITHDRAWN and row.get("audition") is None
    return {**row, "audition": _story("audition_left")} if waits else row


def _juror(row: Row, day: date) -> Row:
    return row if _is_past(row["declaration"], day) else _without(row, _DECLARED)


def _evaluation(row: Row, day: date) -> Row:
    """A row of a ballot: until it is scored, the dossier and the juror, or that the juror steps aside."""
    if day >= _story("evaluated")[-1] or _is_past(row.get("evalue_le"), day):
        return row
    return {field: value for field, value in row.items() if field in ("numero", "jure", "deport")}


def _without(row: Row, fields: Sequence[str]) -> Row:
    return {field: None if field in fields else value for field, value in row.items()}


def _is_past(value: object, day: date) -> bool:
    moment = _day(value)
    return moment is not None and moment <= day


def _day(value: Any) -> date | None:
    moment = values.moment(value, ZoneInfo("Europe/Paris"))
    return moment.date() if moment else None
