"""The schema of a campaign's workbook: the tabs in use, and the robot's tabs and columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from eig_sheets.domain.parts import Part
from eig_sheets.spreadsheet.model.sheet import Apart, Column
from eig_sheets.workbook import fields, staff_tabs
from eig_sheets.workbook import tabs as people
from eig_sheets.workbook.fields import Choices, Field, TabSchema
from eig_sheets.workbook.robot_tab import RobotTab

TALENT_TABS: Final = ("talents", "evaluations_talents")
"""People's tabs of the candidates."""

_EMPTIED: Final = ("affectations_talents", "classement_talents", "notes_recues_talents")
"""Robot's tabs of the candidates: a workbook of projects has them only if it once held everything, and empties them."""
_MOVED: Final = ("voeux_recus",)
"""The same for records that no other tab holds: each is kept until the candidates' workbook has it."""

_OF_TALENTS: Final = frozenset((*TALENT_TABS, "projets"))
_OF_BOTH: Final = frozenset(
    (
        "accueil",
        "jury",
        "emails",
        "anomalies",
        "modifications",
        "archives",
        "envois",
        "journal",
        *_EMPTIED,
        *_MOVED,
    )
)
_NEEDED: Final = {
    Part.WHOLE: frozenset(("candidatures", "jury", "evaluations", "emails")),
    Part.PROJECTS: frozenset(("candidatures", "jury", "evaluations", "emails")),
    Part.TALENTS: frozenset(("talents", "jury", "evaluations_talents", "emails")),
}
_ALONE: Final = frozenset(("projets",))
"""Robot's tabs that only a candidates' workbook has: elsewhere, the tab that they sum up is in the same workbook."""

WORKBOOKS: Final = {
    Part.WHOLE: "classeur",
    Part.PROJECTS: "classeur des projets",
    Part.TALENTS: "classeur des candidats",
}
"""French names of the workbook of each part."""


def is_in(tab_id: str, part: Part) -> bool:
    """Whether the workbook of that part has the tab, people's or the robot's, by its id."""
    if part is Part.WHOLE:
        return tab_id not in _ALONE
    return tab_id in _OF_BOTH or (tab_id in _OF_TALENTS) == (part is Part.TALENTS)


def is_emptied(tab_id: str, part: Part) -> bool:
    """Whether the robot's tab, left there by earlier runs, is to be emptied in the workbook of that part."""
    return part is Part.PROJECTS and tab_id in _EMPTIED


def always_in(part: Part) -> frozenset[str]:
    """The ids of the people's tabs that the workbook of that part always has, the outbox included."""
    return _NEEDED[part]


OPTIONAL_TABS = ("parametres",)
"""Ids of the people's tabs of the call itself that a campaign may leave out."""


@dataclass(frozen=True, slots=True)
class Schema:
    """Every tab of one campaign: people's tabs and the outbox in full, robot's tabs by name and columns.

    `optional_robot_tabs`: those that are there only once they have rows; `hidden_robot_tabs`: those that are made
    hidden; `frozen_columns`: how many of a new one's first columns stay on the screen; `apart`: the rows that a page
    shows above the others.
    """

    tabs: tuple[TabSchema, ...]
    robot_tabs: Mapping[str, str] = field(default_factory=dict)
    robot_columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    optional_robot_tabs: frozenset[str] = frozenset()
    hidden_robot_tabs: frozenset[str] = frozenset()
    frozen_columns: Mapping[str, int] = field(default_factory=dict)
    apart: Mapping[str, Apart] = field(default_factory=dict)

    def tab(self, tab_id: str) -> TabSchema:
        """The people's tab (or outbox) of that id. Raises KeyError."""
        for candidate in self.tabs:
            if candidate.id == tab_id:
                return candidate
        raise KeyError(tab_id)


@dataclass(frozen=True, slots=True, eq=False)
class AddedField:
    """A column that a feature adds to a people's tab of the call or of another feature, after that of a field."""

    tab: str
    after: str
    field: Field


@dataclass(frozen=True, slots=True)
class Differences:
    """What a call has besides the people's tabs of every call, and does without.

    `tabs`: people's, of its features; `added`: what these add to any; `robot_tabs`: all of the robot's. `grids`: the
    criteria and the scale of each other jury, by the id of its tab of notes. `unused`: the columns of `Candidatures`
    that a new workbook has not.
    """

    tabs: tuple[TabSchema, ...] = ()
    robot_tabs: tuple[RobotTab, ...] = ()
    grids: Mapping[str, tuple[Sequence[tuple[str, str]], tuple[float, float]]] = field(default_factory=dict)
    unused: frozenset[str] = frozenset()
    added: tuple[AddedField, ...] = ()


NO_DIFFERENCE = Differences()


def build(
    criteria: Sequence[tuple[str, str]],
    scale: tuple[float, float],
    choices: Choices,
    tabs: Sequence[str],
    part: Part = Part.WHOLE,
    differences: Differences = NO_DIFFERENCE,
) -> Schema:
    """The schema of a workbook: `criteria` are (id, label) in the order of the columns, `tabs` the tabs in use.

    `part`: what of the call the workbook holds. `differences`: what the call has besides, or not.
    """
    everything = (
        replace(people.candidatures(choices), unused=differences.unused),
        people.jury(),
        people.evaluations(fields.scored(criteria, *scale)),
        staff_tabs.outbox(),
        staff_tabs.parameters(choices.settings),
        *differences.tabs,
    )
    everything = tuple(_with_added(tab, differences.added) for tab in everything)
    always = always_in(part)
    robots = [
        tab
        for tab in differences.robot_tabs
        if (tab.in_both or is_in(tab.id, part)) and (not tab.needs_tab or tab.needs_tab in {*tabs, *always})
    ]
    used = tuple(
        _of_part(tab, part, {robot.id for robot in robots})
        for tab in everything
        if tab.id in always or (tab.id in tabs and (tab.in_both or is_in(tab.id, part)))
    )
    names = {tab.id: (part is Part.TALENTS and tab.talents_name) or tab.name for tab in robots}
    columns = {tab.id: tab.columns(*differences.grids.get(tab.grid, (criteria, scale))) for tab in robots}
    optional = frozenset(tab.id for tab in robots if tab.optional)
    hidden = frozenset(tab.id for tab in robots if tab.hidden)
    frozen = {tab.id: tab.frozen_columns for tab in robots}
    apart = {tab.id: tab.apart for tab in robots if tab.apart is not None}
    return Schema(used, names, columns, optional, hidden, frozen, apart)


def _with_added(tab: TabSchema, added: Sequence[AddedField]) -> TabSchema:
    theirs = [one for one in added if one.tab == tab.id]
    columns = (column for own in tab.fields for column in (own, *(one.field for one in theirs if one.after == own.id)))
    return replace(tab, fields=tuple(columns)) if theirs else tab


def _of_part(tab: TabSchema, part: Part, robots: Collection[str]) -> TabSchema:
    """The tab as the workbook of a part has it: what it cannot do without is shown, and shows what is there."""
    if part is not Part.TALENTS:
        return tab
    shown = tuple(robot for robot in tab.robot_fields if robot.source_tab in robots)
    needed = tab.id in always_in(part) and tab.id != "emails"
    return replace(tab, robot_fields=shown, needed=needed, hidden=tab.hidden and not needed)
