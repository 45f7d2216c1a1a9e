"""What surrounds the call for projects in the sample, on any day: the call for talents, and what features add."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from eig_sheets.domain.decisions import LAUREATE, PRESELECTED, REFUSED, WITHDRAWN
from eig_sheets.installed import FEATURES
from eig_sheets.sample.candidates import applications, talents
from eig_sheets.sample.dossiers import dossiers, is_fictional, numbers
from eig_sheets.sample.hearings import hearings, withdrawn
from eig_sheets.sample.history import History, SampleRows, rows_on
from eig_sheets.sample.selection_of_talents import talents_over_time
from eig_sheets.sample.sources import Row, settings
from eig_sheets.sample.talent_jury import talent_jurors, talent_reviews


@dataclass(frozen=True, slots=True)
class Programme:
    """The histories of the rows of each tab; `others`: of those of features, by their ids."""

    talents: Sequence[History]
    evaluations_talents: Sequence[History]
    others: Mapping[str, Sequence[History]]


def tabs_on(day: date, criteria: Sequence[str], seed: int) -> dict[str, list[Row]]:
    """The rows of these tabs on a day; `criteria`: the fields of the notes of candidates."""
    whole = programme(seed, (*criteria,))
    return {
        "talents": rows_on(day, whole.talents),
        "evaluations_talents": rows_on(day, whole.evaluations_talents),
        **{tab: rows_on(day, histories) for tab, histories in whole.others.items()},
    }


@cache
def programme(seed: int, criteria: tuple[str, ...]) -> Programme:
    """All of it, whatever the day."""
    rows, candidates = dossiers(seed), applications(seed)
    number_of, heard = numbers(rows), hearings(candidates, seed)
    return Programme(
        talents=talents_over_time(candidates, heard, number_of, seed),
        evaluations_talents=talent_reviews(heard, rows, criteria, seed),
        others={added.tab: added.histories(rows, seed) for added in FEATURES.parts(SampleRows)},
    )


def jury_of(tabs: Collection[str], jury: Sequence[Row], day: date, seed: int) -> list[Row]:
    """The rows of the `Jury` of a workbook that has these tabs; `jury`: those of the projects' on a day.

    The jurors of candidates come when they are named, after those of projects where there is one workbook.
    """
    of_projects = [*jury] if "candidatures" in tabs else []
    if "talents" not in tabs or day < talents()["jury_formed"]:
        return of_projects
    there = {row["email"] for row in of_projects}
    return of_projects + [row for row in talent_jurors(dossiers(seed)) if row["email"] not in there]


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
