"""What the last run knew: enough to see that rows vanished or that someone typed in the robot's tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from eig_sheets.reading import Reading
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.cells import CellValue, WrittenValue, a1, shown
from eig_sheets.workbook.diff import by_key, keys
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import HEADER_ROWS
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.render.journal import COLUMNS
from eig_sheets.workbook.robot import records
from eig_sheets.workbook.sheet import Sheet
from eig_sheets.workbook.snapshot import TabSnapshot

Cell = str | float | bool | None
Row = tuple[Cell, ...]

REPORTED_FOR = timedelta(days=7)
"""What someone typed over is reported for so long, so that an officer has time to see it."""


@dataclass(frozen=True, slots=True)
class TypedOver:
    """A value that someone typed in a robot's tab or column, which the robot replaced."""

    tab: str
    cell: str
    value: str
    seen: date


@dataclass(frozen=True, slots=True)
class Memory:
    """What was so after the last run that succeeded.

    `counts`: rows that people had filled, by tab id. `outputs`: headers then rows of each robot's tab, by tab id.
    `columns`: values of each robot's column (`tab.field`) by the key of its row. `last_line`: the newest line of the
    Journal. `typed_over`: what is still to be reported.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    outputs: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    last_line: Row = ()
    typed_over: tuple[TypedOver, ...] = ()


def vanished(reading: Reading, memory: Memory) -> Iterator[Anomaly]:
    """Tabs that lost more than a third of their rows and at least five since the last run (guarantee G8)."""
    now = reading.row_counts()
    for tab_id, before in memory.counts.items():
        tab = reading.layout.tabs.get(tab_id)
        left = now.get(tab_id, 0)
        if before - left >= 5 and 3 * (before - left) > before:
            name = tab.name if tab else reading.schema.tab(tab_id).name
            yield anomaly("onglet_ampute", name, now=left, before=before)


def remembered(values: Sequence[WrittenValue] | Sequence[CellValue]) -> Row:
    """A row as it is compared and stored: numbers as floats, dates to the minute, no trailing blanks."""
    row = [_cell(shown(value)) for value in values]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return round(float(value), 9)
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)


def outputs_of(sheets: Mapping[str, Sheet]) -> dict[str, list[Row]]:
    """The headers and rows of each robot's tab, to be remembered."""
    return {
        tab_id: [remembered([column.header for column in sheet.columns]), *map(remembered, sheet.rows)]
        for tab_id, sheet in sheets.items()
    }


def columns_of(reading: Reading, sheets: Mapping[str, Sheet]) -> dict[str, dict[str, Cell]]:
    """What each robot's column shows for each key, to be remembered."""
    return {
        f"{tab.schema.id}.{robot.id}": {key: _cell(shown(value)) for key, value in by_key(robot, tab, sheets).items()}
        for tab in reading.layout.tabs.values()
        for robot in tab.schema.robot_fields
        if robot.id in tab.robot_columns
    }


def typed_over(reading: Reading, memory: Memory, today: date) -> tuple[TypedOver, ...]:
    """What was typed in the robot's tabs and columns since the last run, with what is still worth reporting.

    Nothing new is looked for when another machine ran in between: the newest line of the Journal tells.
    """
    old = [one for one in memory.typed_over if one.seen + REPORTED_FOR > today]
    if not memory.last_line or _newest_line(reading) != memory.last_line:
        return tuple(old)
    return (*old, *(TypedOver(tab, cell, value, today) for tab, cell, value in _typed(reading, memory)))


def _newest_line(reading: Reading) -> Row:
    tab = _robot_tab(reading, "journal")
    first = next(records(tab, COLUMNS[0].header), None)
    return remembered([*first.values()]) if first else ()


def _robot_tab(reading: Reading, tab_id: str) -> TabSnapshot | None:
    name = reading.layout.robot_tabs.get(tab_id)
    return reading.snapshot.tab(name) if name else None


def _typed(reading: Reading, memory: Memory) -> Iterator[tuple[str, str, str]]:
    for tab_id, (headers, *rows) in memory.outputs.items():
        tab = _robot_tab(reading, tab_id)
        top = _row_of(tab, headers) if tab else None
        if tab is not None and top is not None:
            yield from _typed_in(tab, top, rows)
    for tab_layout in reading.layout.tabs.values():
        for robot_id, column in tab_layout.robot_columns.items():
            known = memory.columns.get(f"{tab_layout.schema.id}.{robot_id}")
            if known is not None:
                yield from _typed_in_column(tab_layout, column, known)


def _row_of(tab: TabSnapshot, headers: Row) -> int | None:
    rows = enumerate(tab.rows[:HEADER_ROWS], 1)
    return next((number for number, row in rows if remembered(row) == headers), None)


def _typed_in_column(tab: TabLayout, column: int, known: Mapping[str, Cell]) -> Iterator[tuple[str, str, str]]:
    for row, key in keys(tab):
        value = _cell(tab.tab.value(row, column))
        if value is not None and value != known.get(key):
            yield tab.name, a1(row, column), quoted(value)


def _typed_in(tab: TabSnapshot, top: int, rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Cells that the robot did not write, wherever people sorted its rows to."""
    left = Counter(rows)
    strangers: list[tuple[int, Row]] = []
    for number, values in enumerate(tab.rows[top:], top + 1):
        row = remembered(values)
        if left[row]:
            left[row] -= 1
        elif row:
            strangers.append((number, row))
    candidates = list(left.elements())
    for number, row in strangers:
        original = max(candidates, key=lambda candidate: _alike(candidate, row), default=())
        if 2 * _alike(original, row) < len(row):
            original = ()
        for column, value in enumerate(row):
            if value is not None and value != (original[column] if column < len(original) else None):
                yield tab.name, a1(number, column), quoted(value)


def _alike(one: Row, other: Row) -> int:
    return sum(left == right for left, right in zip(one, other, strict=False))


def report(found: Sequence[TypedOver]) -> Iterator[Anomaly]:
    """Each as an anomaly."""
    for one in found:
        where = f"l’onglet « {one.tab} »"
        yield anomaly("saisie_dans_onglet_robot", one.tab, one.cell, value=one.value, where=where)
