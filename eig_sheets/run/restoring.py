"""The plan that restores a tab as a run left it: a computed tab in its place, any other as a new tab. Pure.

A robot's tab that the robot reads (its registers: `Envois`, `Notes reçues`…) is never restored in its place: what was
recorded since would be lost, and an e-mail could leave twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from typing import Final

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import banner_of, blank_sheet
from eig_sheets.registry import Features
from eig_sheets.run.history.content import KeptTab
from eig_sheets.spreadsheet.model.cell_names import column_name
from eig_sheets.spreadsheet.model.cells import WrittenValue, shortened
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.robot_tab import RobotTab

_LONGEST_NAME: Final = 31
"""Characters of the name of a tab that every spreadsheet program takes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The restoration of a tab: its plan, what to remember once it is applied, its name, whether it is in its place."""

    reading: Reading
    plan: Plan
    last_run: LastRun
    name: str
    in_place: bool


def plan_restore(reading: Reading, kept: KeptTab, run: int, last_run: LastRun, now: datetime) -> Restored:
    """The restoration of a tab as that run left it, with a line of the Journal; an empty plan when it is already so."""
    sheet = _in_place(reading, kept)
    if sheet is not None:
        return _replaced(reading, sheet, run, last_run, now)
    copy = _copy(reading, kept, run)
    line = f"Copie de « {kept.name} » telle qu’à l’exécution {run} : nouvel onglet « {copy.name} »."
    log = journal_with(reading, last_run, journal.line(now, journal.DONE, line))
    plan = checked_plan(reading, [CreateTab(copy), *written(reading, log)])
    return Restored(reading, plan, remembering(reading, last_run, [log]), copy.name, in_place=False)


def _replaced(reading: Reading, sheet: Sheet, run: int, last_run: LastRun, now: datetime) -> Restored:
    fed = [*_fed(reading, sheet)]
    operations = [*written(reading, sheet), *_columns(reading, fed, sheet)]
    if not operations:
        return Restored(reading, checked_plan(reading, []), last_run, sheet.name, in_place=True)
    line = f"« {sheet.name} » est remis tel qu’à l’exécution {run}, jusqu’à la synchronisation suivante."
    log = journal_with(reading, last_run, journal.line(now, journal.DONE, line))
    plan = checked_plan(reading, [*operations, *written(reading, log)])
    remembered = remembering(reading, last_run, [sheet, log])
    columns = {
        key: cells for tab in fed for key, cells in since_last_run.columns_of_tab(tab, {sheet.id: sheet}).items()
    }
    banner = (*remembered.banner, *(line for line in sheet.banner if isinstance(line, str)))
    remembered = replace(remembered, columns={**remembered.columns, **columns}, banner=tuple(dict.fromkeys(banner)))
    return Restored(reading, plan, remembered, sheet.name, in_place=True)


def computed_tabs(features: Features) -> frozenset[str]:
    """The robot's tabs, by id, that a run writes and never reads."""
    return frozenset(tab.id for tab in features.parts(RobotTab) if tab.computed)


def _in_place(reading: Reading, kept: KeptTab) -> Sheet | None:
    """The robot's tab as it was, under the name that it has; None when it does not go back in its place."""
    if kept.robot_id not in computed_tabs(reading.campaign.features) or kept.robot_id not in reading.layout.robot_tabs:
        return None
    blank = blank_sheet(kept.robot_id, reading)
    known = {column.header: column for column in blank.columns}
    columns = tuple(known.get(header) or Column(header, Format.GENERAL) for header in kept.headers)
    lines = kept.above if reading.snapshot.capabilities.title_rows else ()
    sheet = replace(blank, columns=columns, rows=kept.rows, banner=lines or banner_of(reading))
    return sheet if all(_shows(tab, sheet) for tab in _fed(reading, sheet)) else None


def _fed(reading: Reading, sheet: Sheet) -> Iterator[TabLayout]:
    """The people's tabs that show that robot's tab, with those columns alone that come from it."""
    for tab in reading.layout.tabs.values():
        fields = tuple(robot_field for robot_field in tab.schema.robot_fields if robot_field.source_tab == sheet.id)
        if fields:
            yield replace(tab, schema=replace(tab.schema, robot_fields=fields))


def _shows(tab: TabLayout, sheet: Sheet) -> bool:
    """Whether the robot's tab has the columns that this people's tab shows of it."""
    headers = {column.header for column in sheet.columns}
    needed = {
        tab.schema.field(tab.schema.key).header,
        *(robot_field.source_header for robot_field in tab.schema.robot_fields),
    }
    return needed <= headers


def _columns(reading: Reading, fed: Sequence[TabLayout], sheet: Sheet) -> Iterator[Operation]:
    """The operations on the robot's columns of people's tabs that show it."""
    capabilities = reading.snapshot.capabilities
    for tab in fed:
        if not capabilities.header_formulas:
            yield from diff.robot_columns(tab, {sheet.id: sheet})
        elif tab.name not in reading.snapshot.refused:
            yield from diff.robot_formulas(tab, {sheet.id: sheet})


def _copy(reading: Reading, kept: KeptTab, run: int) -> Sheet:
    """A new tab of people's with the cells as they were."""
    filled = [place for place, header in enumerate(kept.headers) if header or any(row[place] for row in kept.rows)]
    width = max(filled, default=-1) + 1
    lines = kept.above if reading.snapshot.capabilities.title_rows else ()
    columns = tuple(
        _column(
            header or f"({column_name(place, by_id=reading.snapshot.capabilities.row_ids)})",
            [row[place] for row in kept.rows],
        )
        for place, header in enumerate(kept.headers[:width])
    )
    rows = tuple(tuple(row[:width]) for row in kept.rows)
    name, mark = _free_name(reading, kept.name, run), _free_mark(reading, run)
    return Sheet(mark, name, Owner.PEOPLE, columns, rows, lines)


def _column(header: str, values: Sequence[WrittenValue]) -> Column:
    """The column, with a format that keeps every value as it is where columns have a type."""
    filled = [value for value in values if value is not None]
    moments = [value for value in filled if isinstance(value, datetime)]
    numbers = [value for value in filled if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if moments:
        has_hours = any(moment.time() != moment.min.time() for moment in moments)
        return Column(header, Format.DATETIME if has_hours else Format.DATE)
    if numbers and not any(_reads_as_number(value) for value in filled):
        return Column(header, Format.NOTE)
    return Column(header, Format.GENERAL)


def _reads_as_number(value: WrittenValue) -> bool:
    return isinstance(value, str) and any(letter.isdigit() for letter in value)


def _free_name(reading: Reading, name: str, run: int) -> str:
    """A name that no tab has."""
    taken = {squeezed(tab.name) for tab in reading.snapshot.tabs}
    endings = chain([f" – exécution {run}"], (f" – exécution {run} ({number})" for number in count(2)))
    names = (shortened(name, ending, min(_LONGEST_NAME, len(name) + len(ending))) for ending in endings)
    return next(free_name for free_name in names if squeezed(free_name) not in taken)


def _free_mark(reading: Reading, run: int) -> str:
    """A mark that no tab bears: it is no robot's tab, nor any that the campaign has."""
    taken = {tab.mark for tab in reading.snapshot.tabs}
    return next(mark for mark in (f"copie_{run}_{number}" for number in count(1)) if mark not in taken)
