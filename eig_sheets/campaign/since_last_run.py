"""What changed in the robot's tabs since the last run, what people typed there, and its anomalies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.spreadsheet.model.cell_names import name_of
from eig_sheets.spreadsheet.model.cells import CellValue, WrittenValue, a1, as_read
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import Cell, LastRun, Row, TypedOver
from eig_sheets.workbook import journal
from eig_sheets.workbook.anomalies import Anomaly, anomaly, of_one_cause, warning
from eig_sheets.workbook.diff import by_key, keys
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.read_back import Headers, find_headers, values
from eig_sheets.workbook.robot_tab import current_id
from eig_sheets.workbook.table import Table

_MINUTE = "%Y-%m-%d %H:%M"
REPORTED_FOR = timedelta(days=7)
"""What someone typed over is reported for so long, so that an officer has time to see it."""


def stored_row(values: Sequence[WrittenValue] | Sequence[CellValue]) -> Row:
    """A row in the form that is compared and stored: numbers as floats, dates to the minute, no trailing blanks."""
    row = [_stored(value) for value in values]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _stored(value: WrittenValue | CellValue) -> Cell:
    if value is None or (type(value) is str and value):  # most cells
        return value
    return _cell(as_read(value))


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return round(float(value), 9)
    return value.strftime(_MINUTE) if isinstance(value, datetime) else str(value)


def moment_of(value: object) -> datetime | None:
    """A date and time of a robot's tab, as read or as stored; None for anything else."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(str(value), _MINUTE)
    except ValueError:
        return None


def outputs_of(sheets: Mapping[str, Sheet]) -> dict[str, list[Row]]:
    """The headers and rows of each robot's tab, to be stored."""
    return {
        tab_id: [stored_row([column.header for column in sheet.columns]), *map(stored_row, sheet.rows)]
        for tab_id, sheet in sheets.items()
    }


def columns_of(reading: Reading, sheets: Mapping[str, Sheet]) -> dict[str, dict[str, Cell]]:
    """The values of each robot's column by key, to be stored."""
    tabs = reading.layout.tabs.values()
    return {key: column for tab in tabs for key, column in columns_of_tab(tab, sheets).items()}


def columns_of_tab(tab: TabLayout, sheets: Mapping[str, Sheet]) -> dict[str, dict[str, Cell]]:
    """The values of each robot's column of one tab by key, to be stored."""
    return {
        f"{tab.schema.id}.{robot.id}": {key: _stored(value) for key, value in by_key(robot, tab, sheets).items()}
        for robot in tab.schema.robot_fields
        if robot.id in tab.robot_columns
    }


def typed_over(reading: Reading, last_run: LastRun, today: date) -> tuple[TypedOver, ...]:
    """Values typed in the robot's tabs and columns since `last_run`, and those reported for less than a week.

    Nothing new is looked for when `last_run` is not the last run of the workbook.
    """
    old = [entry for entry in last_run.typed_over if entry.seen + REPORTED_FOR > today]
    if not is_of_the_last_run(reading, last_run):
        return tuple(old)
    return (*old, *_typed(reading, last_run, today))


def is_of_the_last_run(reading: Reading, last_run: LastRun) -> bool:
    """Whether no other machine wrote since: no line of the Journal is newer, or unknown here."""
    previous, current = last_run.outputs.get("journal", [()])[1:], lines_of(reading)
    return bool(previous) and len(current) <= len(previous) and _newest(map(stored_row, current)) == _newest(previous)


def _newest(lines: Iterable[Row]) -> Cell:
    return max((str(line[0]) for line in lines), default=None)


def lines_of(reading: Reading) -> list[journal.Line]:
    """The lines of the Journal as read, newest first; a line that people typed lacks its date or its result."""
    return [
        journal.Line(**cells)  # type: ignore[arg-type]
        for cells in journal.TABLE.read(_robot_tab(reading, "journal"))
        if isinstance(cells["moment"], datetime) and cells["result"] in journal.RESULTS
    ]


def journal_lines(reading: Reading, last_run: LastRun) -> list[journal.Line]:
    """The lines of the Journal as the robot wrote them, newest first."""
    if not is_of_the_last_run(reading, last_run):
        return lines_of(reading)
    return [_line(row) for row in last_run.outputs["journal"][1:]]


def _line(row: Row) -> journal.Line:
    moment, *words = row
    blanks = [None] * (len(journal.Line._fields) - len(row))
    return journal.Line(datetime.strptime(str(moment), _MINUTE), *words, *blanks)  # type: ignore[arg-type]


def output_of(tab_id: str, reading: Reading, last_run: LastRun) -> Sequence[Row]:
    """Headers then rows of a robot's tab as the last run stored them; () when another machine wrote since."""
    return last_run.outputs.get(tab_id, ()) if is_of_the_last_run(reading, last_run) else ()


def recorded_lines(tab_id: str, table: Table[Any], reading: Reading, last_run: LastRun) -> Iterator[Mapping[str, Any]]:
    """The rows, by key of `table`, of a robot's tab that records what no other cell holds.

    When the last run was ours, what it left. Otherwise those of the tab; where the tab is gone, what any run of this
    machine left.
    """
    tab = _robot_tab(reading, tab_id)
    stored = output_of(tab_id, reading, last_run) or (() if tab else last_run.outputs.get(tab_id, ()))
    yield from table.read_stored(stored) if stored else table.read(tab)


def _robot_tab(reading: Reading, tab_id: str) -> TabSnapshot | None:
    name = reading.layout.robot_tabs.get(tab_id)
    return reading.snapshot.tab(name) if name else None


def _typed(reading: Reading, last_run: LastRun, today: date) -> Iterator[TypedOver]:
    yield from (TypedOver(tab, cell, value, today) for tab, cell, value in _typed_in_tabs(reading, last_run))
    if reading.snapshot.capabilities.header_formulas:
        return  # a formula shows the robot's columns: what is typed there stays, and is an anomaly
    for tab_layout in reading.layout.tabs.values():
        for robot in tab_layout.schema.robot_fields:
            name = f"{tab_layout.schema.id}.{robot.id}"
            written = last_run.columns.get(name)
            if written is not None and robot.id in tab_layout.robot_columns:
                intended = [left.columns.get(name, {}) for left in last_run.intended]
                typed = _typed_in_column(tab_layout, tab_layout.robot_columns[robot.id], written, intended)
                yield from (TypedOver(tab, cell, value, today, robot.header) for tab, cell, value in typed)


def _typed_in_tabs(reading: Reading, last_run: LastRun) -> Iterator[tuple[str, str, str]]:
    capabilities = reading.snapshot.capabilities
    for tab_id, (headers, *rows) in last_run.outputs.items():
        current = current_id(tab_id)
        if current != tab_id and current in last_run.outputs:
            continue  # what an older version wrote, over which this one wrote since
        tab = _robot_tab(reading, current)
        rows += [row for left in last_run.intended for row in left.outputs.get(tab_id, ())]
        places = find_headers(tab, headers) if tab else None
        if tab is not None and places is not None:
            yield from _typed_above(tab, places.row, last_run.banner)
            yield from _typed_under(tab, places, headers, rows)
        elif tab is not None and not capabilities.concurrent_editors:
            # where people type meanwhile, their rows stay under the new ones until it was reported
            yield from _typed_instead(tab, (last_run.banner, headers, *rows))


def _typed_in_column(
    tab: TabLayout, column: int, written: Mapping[str, Cell], intended: Sequence[Mapping[str, Cell]]
) -> Iterator[tuple[str, str, str]]:
    """Cells that do not say what the robot wrote of the row; of one whose key changed, what it wrote of the old one."""
    rows = keys(tab)
    there = {key for _, key in rows}
    left = Counter(value for key, value in written.items() if key not in there)
    for row, key in rows:
        value = _cell(tab.tab.value(row, column))
        if value is None or any(value == left.get(key) for left in (written, *intended)):
            continue
        if key not in written and left[value]:
            left[value] -= 1
        else:
            yield tab.name, a1(row, column), quoted(value)


def _typed_above(tab: TabSnapshot, top: int, banner: Row) -> Iterator[tuple[str, str, str]]:
    """Cells typed above the headers, besides the banner and its formula."""
    for row in range(1, top):
        for column, value in enumerate(stored_row(tab.rows[row - 1])):
            ours = column == 0 and (value in banner or (row, 0) in tab.formulas)
            if value is not None and not ours:
                yield tab.name, a1(row, column), quoted(value)


def _typed_instead(tab: TabSnapshot, ours: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Cells of a tab that has lost our headers, except those that the robot wrote somewhere in it."""
    unmatched = Counter(cell for row in ours for cell in row)
    for number, line in enumerate(tab.rows, 1):
        for column, value in enumerate(stored_row(line)):
            if value is not None and not unmatched[value] and (number, column) not in tab.formulas:
                yield tab.name, a1(number, column), quoted(value)
            unmatched[value] -= 1


def _typed_under(
    tab: TabSnapshot, places: Headers, headers: Row, rows: Sequence[Row]
) -> Iterator[tuple[str, str, str]]:
    """Cells under the headers that the robot did not write, wherever people sorted its rows and moved its columns."""
    for column, header in enumerate(tab.rows[places.row - 1]):
        if header is not None and header not in headers:
            yield tab.name, a1(places.row, column), quoted(header)
    left = Counter(rows)
    changed_rows: list[tuple[int, Row]] = []
    for number in range(places.row + 1, len(tab.rows) + 1):
        row = stored_row(values(tab, number, places))
        if left[row]:
            left[row] -= 1
        elif row:
            changed_rows.append((number, row))
        for column, value in enumerate(tab.rows[number - 1]):
            if value is not None and column not in places.columns:
                yield tab.name, a1(number, column), quoted(value)
    yield from _typed_in(tab, places, changed_rows, list(left.elements()))


def _typed_in(
    tab: TabSnapshot, places: Headers, changed_rows: Sequence[tuple[int, Row]], candidates: Sequence[Row]
) -> Iterator[tuple[str, str, str]]:
    """The cells of a row that differ from the row of the last run that it most resembles."""
    for number, row in changed_rows:
        original = max(candidates, key=lambda candidate: _alike(candidate, row), default=())
        if 2 * _alike(original, row) < len(row):
            original = ()
        for place, (column, value) in enumerate(zip(places.columns, row, strict=False)):
            ours = original[place] if place < len(original) else None
            if column is not None and value is not None and value != ours:
                yield tab.name, a1(number, column), quoted(value)


def _alike(row: Row, other: Row) -> int:
    return sum(left == right for left, right in zip(row, other, strict=False))


TYPED_IN_ROBOT_TAB: Final = warning(
    "saisie_dans_onglet_robot",
    "« {value} » a été saisi dans {where}, que le robot récrit ; la cellule a repris sa valeur.",
    "Notez-le plutôt dans un onglet ou une colonne de l’équipe.",
)

_LONGEST_VALUE: Final = 80
"""Characters of one of several values in a sentence."""


def report(reading: Reading, typed: Sequence[TypedOver]) -> Iterator[Anomaly]:
    """An anomaly for each day and each tab, or column: every value that was typed there, for people to retype."""
    causes: dict[tuple[str, str, date], list[TypedOver]] = {}
    for entry in typed:
        causes.setdefault((entry.tab, entry.column, entry.seen), []).append(entry)
    for (tab, column, _), entries in causes.items():
        where = f"la colonne « {column} » de « {tab} »" if column else f"l’onglet « {tab} »"
        first = anomaly(TYPED_IN_ROBOT_TAB, tab, entries[0].cell, value=entries[0].value, where=where)
        said = [f"{name_of(entry.cell, tab, reading.snapshot)} « {_cut(entry.value)} »" for entry in entries]
        yield of_one_cause(first, [entry.cell for entry in entries], said)


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE].rstrip()}…"
