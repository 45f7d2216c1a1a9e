"""What surrounds the call for projects in the sample, on any day: the decisions that follow, and what features add."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from eig_sheets.domain.decisions import LAUREATE, PRESELECTED, REFUSED, WITHDRAWN
from eig_sheets.installed import FEATURES
from eig_sheets.sample.dossiers import dossiers, is_fictional, withdrawn
from eig_sheets.sample.history import SampleJurors, SampleReviews, SampleRows, rows_on
from eig_sheets.sample.sources import Row, settings


def tabs_on(day: date, criteria: Mapping[str, Sequence[str]], seed: int) -> dict[str, list[Row]]:
    """The rows of features' tabs on a day; `criteria`: the fields of the notes of each tab that has some."""
    histories = {added.tab: added.histories(dossiers(seed), seed) for added in FEATURES.parts(SampleRows)}
    for reviews in FEATURES.parts(SampleReviews):
        histories[reviews.tab] = reviews.histories(dossiers(seed), criteria.get(reviews.tab, ()), seed)
    return {tab: rows_on(day, rows) for tab, rows in histories.items()}


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
