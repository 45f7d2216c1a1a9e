"""What surrounds the call in the sample, and the campaign as it is on one day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.domain.decisions import LAUREATE, PRESELECTED, REFUSED, WITHDRAWN
from eig_sheets.installed import FEATURES
from eig_sheets.sample.dossiers import dossiers, is_fictional, withdrawn
from eig_sheets.sample.history import SampleCells, SampleJurors, SampleReviews, SampleRows, rows_on
from eig_sheets.sample.sources import Row, settings
from eig_sheets.workbook import values


def tabs_on(day: date, criteria: Mapping[str, Sequence[str]], seed: int) -> dict[str, list[Row]]:
    """The rows of features' tabs on a day; `criteria`: the fields of the notes of each tab that has some."""
    histories = {added.tab: added.histories(dossiers(seed), seed) for added in FEATURES.parts(SampleRows)}
    for reviews in FEATURES.parts(SampleReviews):
        histories[reviews.tab] = reviews.histories(dossiers(seed), criteria.get(reviews.tab, ()), seed)
    return {tab: rows_on(day, rows) for tab, rows in histories.items()}


def with_cells(rows: Mapping[str, list[Row]], day: date) -> dict[str, list[Row]]:
    """The rows of all tabs with what features fill of those of others."""
    filled = dict(rows)
    for part in FEATURES.parts(SampleCells):
        filled[part.tab] = [row | part.cells(row, day) for row in filled.get(part.tab, [])]
    return filled


def jury_of(tabs: Collection[str], jury: Sequence[Row], day: date, seed: int) -> list[Row]:
    """The rows of the `Jury` of a workbook that has these tabs; `jury`: those of the projects' on a day.

    The jurors of features come after those of projects where there is one workbook.
    """
    rows = [*jury] if "candidatures" in tabs else []
    for added in FEATURES.parts(SampleJurors):
        there = {row["email"] for row in rows}
        theirs = added.rows(dossiers(seed), day) if added.tab in tabs else []
        rows += [row for row in theirs if row["email"] not in there]
    return rows


def decided(row: Row, day: date) -> Row:
    """A dossier with what was decided on it by a day, after the day of the first decisions."""
    story = settings("programme.toml")["decisions"]
    if day >= story["on"] and row.get("preselection") == PRESELECTED and row.get("decision") is None:
        row = row | _decision(str(row["projet"]), story) | story["corrected"].get(row["projet"], {})
    if day >= story["on"] and row.get("decision") == REFUSED and row.get("retour") is None:
        row = row | {"retour": story["retour"]}
    later = withdrawn().get(str(row["projet"]))
    if later and day >= later["on"]:
        row = row | {"decision": WITHDRAWN, "decide_le": _midnight(later["on"]), "motif": later["motif"]}
    return row


def _decision(project: str, story: Mapping[str, Any]) -> Row:
    made: Row = {"decide_par": settings("story.toml")["decided_by"], "decide_le": _midnight(story["on"])}
    if is_fictional(project):
        return made | {"decision": REFUSED, "motif": story["refused"]}
    return made | {"decision": LAUREATE, "motif": story["laureate"]}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


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
