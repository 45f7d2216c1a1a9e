"""The plan of `init`: tabs, headers and robot's columns that are missing, in their order, by the phase. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from eig_sheets.campaign.phases import has_phase, is_open
from eig_sheets.campaign.plans import access_changes, tab_of
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.robot_sheets import banner_of, blank_sheet, is_taken
from eig_sheets.config import Campaign
from eig_sheets.run import people_sheets
from eig_sheets.run.target import TargetState
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.plan import AddColumn, CreateTab, Equip, Operation, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff, protections
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.locate import NO_HEADERS, TAB_ABSENT, closest_header
from eig_sheets.workbook.ownership import is_blank, squeezed
from eig_sheets.workbook.ownership_check import check_ownership


def of_the_day(target: TargetState, last_run: LastRun, today: date) -> TargetState:
    """The target state without the robot's tabs that are not there and whose phase is not open; with people's due."""
    there = target.reading.layout.robot_tabs
    campaign = target.reading.campaign
    sheets = {
        tab_id: sheet for tab_id, sheet in target.sheets.items() if tab_id in there or is_open(tab_id, campaign, today)
    }
    early = target.sheets.keys() - sheets.keys()
    kept = (
        operation
        for operation in target.operations
        if not (isinstance(operation, CreateTab) and operation.sheet.id in early)
    )
    due = due_tabs(target.reading, last_run, today)
    created = (CreateTab(people_sheets.sheet(tab, banner_of(target.reading), target.sheets)) for tab in due)
    return replace(target, sheets=sheets, operations=(*kept, *created))


def due_tabs(reading: Reading, last_run: LastRun, today: date) -> Iterator[TabSchema]:
    """People's tabs that the workbook never had, whose phase is open and whose name is free."""
    if last_run.made is None:
        return
    for tab in reading.schema.tabs:
        is_awaited = has_phase(tab.id, reading.campaign) and tab.id not in (*last_run.made, *reading.layout.tabs)
        if is_awaited and is_open(tab.id, reading.campaign, today) and not is_taken(tab.name, reading):
            yield tab


def made(target: TargetState, last_run: LastRun) -> tuple[str, ...] | None:
    """The people's tabs that the workbook has had, to remember once the plan is applied."""
    if last_run.made is None:
        return None
    created = (operation.sheet.id for operation in target.operations if isinstance(operation, CreateTab))
    schemas = {tab.id for tab in target.reading.schema.tabs}
    return tuple(sorted({*last_run.made, *target.reading.layout.tabs, *created} & schemas))


_ORDER: Final = (
    "accueil",  # the tab on which a new workbook opens
    "candidatures",
    "jury",
    "evaluations",
    "classement",
    "projets",
    "anomalies",
    "emails",
    "cofinancement",
    "affectations",
    "grilles",
    "notes_recues",
    "declarations_recues",
    "eligibilite",
    "modifications",
    "talents",
    "evaluations_talents",
    "affectations_talents",
    "notes_recues_talents",
    "voeux_recus",
    "classement_talents",
    "regles",
    "parametres",
    "reglages",
    "archives",
    "envois",
    "journal",
    "donnees_graphiques",
)


_SHOWN: Final = {"talents": "candidatures", "evaluations_talents": "evaluations"}
"""The tabs of which some take the place in a workbook of candidates, where they are shown."""


def in_order(created: Iterable[CreateTab]) -> list[CreateTab]:
    """The tabs to create in their order; one that the order does not name comes last of those shown, or of all."""
    places = {tab_id: place for place, tab_id in enumerate(_ORDER)}

    def place(operation: CreateTab) -> tuple[bool, int]:
        tab_id = operation.sheet.id if operation.sheet.hidden else _SHOWN.get(operation.sheet.id, operation.sheet.id)
        return operation.sheet.hidden, places.get(tab_id, len(_ORDER))

    return sorted(created, key=place)


_REPAIRED = {TAB_ABSENT, NO_HEADERS}
FilledTabs = Mapping[str, Sequence[dict[str, WrittenValue]]]
"""Rows, by the id of their tab."""
NO_ROWS: Final[FilledTabs] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstRows:
    """The rows with which a feature's tab is made: `place` is the function that makes them, « module:name »."""

    tab: str
    place: str


def plan_init(
    snapshot: Snapshot, campaign: Campaign, today: date, first_rows: FilledTabs = NO_ROWS
) -> tuple[Plan, tuple[Anomaly, ...]]:
    """The plan of `init`, and the problems that only a person can solve; with any of these the plan is empty. Pure.

    A tab whose phase is not open on the day `today` is left for later (`campaign/phases.py`). `first_rows`: those
    of new tabs of features, by their ids.
    """
    reading = read(snapshot, campaign)
    blank = {tab.name for tab in snapshot.tabs if is_blank(tab)}
    problems = tuple(
        problem
        for problem in reading.problems
        if problem.kind not in _REPAIRED or (problem.kind is NO_HEADERS and problem.tab not in blank)
    )
    operations = () if problems else _operations(reading, today, first_rows)
    plan = Plan(
        snapshot.version, tuple(operation for operation in operations if tab_of(operation) not in snapshot.refused)
    )
    check_ownership(plan, snapshot, reading.layout, reading.schema)
    return plan, problems


def _operations(reading: Reading, today: date, first_rows: FilledTabs) -> Iterator[Operation]:
    capabilities = reading.snapshot.capabilities
    sources = {tab_id: blank_sheet(tab_id, reading) for tab_id in reading.schema.robot_tabs}
    there = reading.layout.robot_tabs.keys() | reading.schema.optional_robot_tabs
    missing = [CreateTab(sheet) for tab_id, sheet in sources.items() if tab_id not in there]
    tabs = reading.snapshot.tabs
    new = all(map(is_blank, tabs)) if capabilities.never_empty else not tabs
    changes = [change for tab in reading.schema.tabs for change in _tab(tab, reading, sources, first_rows)]
    created = [*(change for change in changes if isinstance(change, CreateTab)), *missing]
    due = [change for change in created if is_open(change.sheet.id, reading.campaign, today)]
    yield from (change for change in changes if not isinstance(change, CreateTab))
    yield from _first(due, tabs) if new else due
    yield from _headers_of_robot_tabs(reading, sources)
    yield from protections.missing_protections(reading.layout, reading.snapshot, reading.campaign.workbook.officers)
    yield from protections.duplicate_mark_removals(reading.layout, capabilities)
    yield from access_changes(reading)


def _first(created: Sequence[CreateTab], tabs: Sequence[TabSnapshot]) -> Iterator[CreateTab]:
    """The tabs of a new workbook in their order: it opens on the first."""
    first, *others = in_order(created)
    yield replace(first, before=tabs[0].name if tabs else None)
    yield from others


def _headers_of_robot_tabs(reading: Reading, sources: Mapping[str, Sheet]) -> Iterator[ReplaceTab]:
    """The headers of robot's tabs that people made and left empty, where formulas name the columns they look in."""
    if reading.snapshot.capabilities.row_ids:
        for tab_id, name in reading.layout.robot_tabs.items():
            tab = reading.snapshot.tab(name)
            if tab is not None and is_blank(tab):
                yield ReplaceTab(name, sources[tab_id])


def _tab(tab: TabSchema, reading: Reading, sources: Mapping[str, Sheet], first_rows: FilledTabs) -> Iterator[Operation]:
    located = reading.layout.tabs.get(tab.id)
    if located is not None:
        yield from _missing_headers(located, sources, reading.snapshot.capabilities)
        return
    sheet = people_sheets.sheet(tab, banner_of(reading), sources, _first_rows(tab, first_rows))
    empty = next(
        (existing for existing in reading.snapshot.tabs if squeezed(existing.name) == squeezed(tab.name)), None
    )
    if empty is None:
        yield CreateTab(sheet)
        return
    yield from _headers(empty, people_sheets.sheet(tab, (), sources))
    if reading.snapshot.capabilities.marks:
        yield Equip(empty.name, 1, tab.id)


def _first_rows(tab: TabSchema, first_rows: FilledTabs) -> Sequence[dict[str, WrittenValue]]:
    """In `Paramètres`, one row for each setting, without a value; the last choice is no setting but a reason."""
    if tab.id == "parametres":
        return [{"reglage": label} for label in tab.field("reglage").offered[:-1]]
    return first_rows.get(tab.id, ())


def _headers(empty: TabSnapshot, sheet: Sheet) -> Iterator[AddColumn]:
    """Every header of an empty tab that people made."""
    marks, lookups, fields = dict(sheet.robot_columns), dict(sheet.lookups), dict(enumerate(sheet.fields))
    for place, look in enumerate(sheet.columns):
        yield AddColumn(empty.name, 1, place, look, marks.get(place), lookups.get(place, ""), fields.get(place, ""))


def _missing_headers(tab: TabLayout, sources: Mapping[str, Sheet], capabilities: Capabilities) -> Iterator[Operation]:
    """The headers missing from a tab, to the right of those it has; none that is similar to an existing header."""
    first_free = _width(tab.tab)
    places = {field_id: (column,) for field_id, column in tab.columns.items()}
    missing = [
        field
        for field in tab.schema.made
        if field.id not in tab.columns and not closest_header(field, tab.tab, tab.header_row, places)
    ]
    for place, field in enumerate(missing):
        yield AddColumn(tab.name, tab.header_row, first_free + place, field.column(), field=field.id)
    yield from diff.missing_robot_columns(tab, first_free + len(missing), sources)
    if capabilities.marks and tab.lost:  # another column takes their place: two would bear the same mark
        released = tuple((column, robot_id) for robot_id, column in tab.lost.items())
        yield Equip(tab.name, tab.header_row, released=released)


def _width(tab: TabSnapshot) -> int:
    """The number of columns up to the last that holds anything, even a formula that displays nothing."""
    filled = {column for row in tab.rows for column, value in enumerate(row) if value is not None}
    return max(filled | {column for _, column in tab.formulas}, default=-1) + 1
