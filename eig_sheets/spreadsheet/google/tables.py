"""Requests for the cells of a robot's tab, or of a tab that the batch creates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import count, groupby

from eig_sheets.spreadsheet.google import cells
from eig_sheets.spreadsheet.google.areas import Json, grid_coordinate, update_cells
from eig_sheets.spreadsheet.google.formatting import colour, number_format
from eig_sheets.spreadsheet.google.reading import TabProperties
from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.cells import Link, WrittenValue
from eig_sheets.spreadsheet.model.differences import differing
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

LinkTo = Callable[[Link], str | None]

_VALUES, _LINKS, _NUMBERS = "userEnteredValue", "userEnteredFormat.textFormat", "userEnteredFormat.numberFormat"
_MAX_GAP = 3
"""Unchanged cells between two changed ones that are written too: another request would be larger."""


def add_sheet(sheet: Sheet, made: TabProperties, index: int) -> Json:
    """The request that adds a tab of that id and size."""
    grid = {"rowCount": made.rows, "columnCount": made.columns, "frozenRowCount": sheet.header_row}
    return {
        "addSheet": {"properties": {"sheetId": made.id, "title": sheet.name, "index": index, "gridProperties": grid}}
    }


def unused_id(name: str, taken: Collection[int]) -> int:
    """An id for a new object, derived from its name, so that other requests of the batch can refer to it."""
    digests = (sha256(f"{name} {attempt}".encode()).digest() for attempt in count())
    ids = (int.from_bytes(digest[:4], "big") >> 1 for digest in digests)
    return next(unused for unused in ids if unused not in taken)


def tab_colour(sheet: Sheet, sheet_id: int) -> Json:
    """The request that gives a tab the colour of its owner."""
    properties = {"sheetId": sheet_id, "tabColorStyle": colour(palette.TABS[sheet.owner])}
    return {"updateSheetProperties": {"properties": properties, "fields": "tabColorStyle"}}


def write_table(sheet: Sheet, sheet_id: int, link_to: LinkTo) -> Iterator[Json]:
    """The request that writes every cell of a new tab; a robot's column is the formula in its header cell."""
    lookups = dict(sheet.lookups)
    robots = {place for place, _ in sheet.robot_columns}
    rows = []
    for number, line in enumerate(sheet.grid(), 1):
        row = [cells.written(value, link_to) for value in line]
        for place in robots if number >= sheet.header_row else ():
            at_top = number == sheet.header_row and place in lookups
            row[place] = cells.formula(lookups[place]) if at_top else {}
        rows.append(row)
    fields = _fields(sheet.rows)
    if _NUMBERS in fields:
        _set_number_formats(rows, 1, 0, sheet)
    yield update_cells(grid_coordinate(sheet_id, 0, 0), rows, ",".join(fields))


def _fields(lines: Sequence[Sequence[WrittenValue]]) -> list[str]:
    """The field mask for cells with these values: dates need a number format, links a text format."""
    fields = [_VALUES]
    if any(isinstance(value, Link) for line in lines for value in line):
        fields.append(_LINKS)
    if any(isinstance(value, datetime) for line in lines for value in line):
        fields.append(_NUMBERS)
    return fields


def write_changes(
    tab: TabSnapshot | None, sheet: Sheet, sheet_id: int, link_to: LinkTo, created: Collection[str] = ()
) -> Iterator[Json]:
    """The requests that write the cells in which a tab differs from the sheet, one for each rectangle.

    A typed column of a table that people made refuses number formats: it has its own. `created`: tabs that are new,
    to which links lead anew, whatever their text.
    """
    for (row, column), lines in _rectangles(_outdated(tab, sheet, created), sheet):
        written = [[cells.written(value, link_to) for value in line] for line in lines]
        fields = [field for field in _fields(lines) if field != _NUMBERS]
        width = max(map(len, lines))
        if _has_numbers(lines) and not (tab and any(map(tab.is_typed, range(column, column + width)))):
            fields.append(_NUMBERS)
        if _NUMBERS in fields:  # even in a row that people inserted
            _set_number_formats(written, row, column, sheet)
        yield update_cells(grid_coordinate(sheet_id, row - 1, column), written, ",".join(fields))


def _outdated(
    tab: TabSnapshot | None, sheet: Sheet, created: Collection[str]
) -> Iterator[tuple[int, int, WrittenValue]]:
    """The cells to write: those that differ, and links to tabs that are new."""
    changed = {(row, column): value for row, column, value in differing(tab, sheet)}
    for row, line in enumerate(sheet.grid() if created else (), 1):
        for column, value in enumerate(line):
            if isinstance(value, Link) and value.tab in created:
                changed[row, column] = value
    yield from ((*place, changed[place]) for place in sorted(changed))


def _has_numbers(lines: Sequence[Sequence[WrittenValue]]) -> bool:
    """Whether any value is a number or a date: it shows as its cell's number format says, whoever left it there."""
    return any(isinstance(value, (int, float, datetime)) for line in lines for value in line)


def _set_number_formats(written: list[list[Json]], first_row: int, first_column: int, sheet: Sheet) -> None:
    """Set the number format of its column on every cell under the headers."""
    for row, line in enumerate(written, first_row):
        for column, cell in enumerate(line, first_column):
            in_table = row > sheet.header_row and column < len(sheet.columns)
            shown = number_format(sheet.columns[column].format) if in_table else None
            if shown:
                cell.setdefault("userEnteredFormat", {})["numberFormat"] = shown


def _rectangles(
    changed: Iterator[tuple[int, int, WrittenValue]], sheet: Sheet
) -> Iterator[tuple[tuple[int, int], list[list[WrittenValue]]]]:
    """Changed cells grouped in rectangles: (first row, first column) and lines of values."""
    grid = sheet.grid()
    growing: dict[tuple[int, int], tuple[int, list[list[WrittenValue]]]] = {}
    for row, group in groupby(changed, key=lambda cell: cell[0]):
        runs = {(column, len(values)): values for column, values in _row_runs([cell[1:] for cell in group], grid, row)}
        for shape, (first, lines) in [*growing.items()]:
            if shape not in runs or first + len(lines) != row:
                del growing[shape]
                yield (first, shape[0]), lines
        for shape, values in runs.items():
            growing.setdefault(shape, (row, []))[1].append(values)
    for shape, (first, lines) in growing.items():
        yield (first, shape[0]), lines


def _row_runs(
    changed: list[tuple[int, WrittenValue]], grid: list[list[WrittenValue]], row: int
) -> Iterator[tuple[int, list[WrittenValue]]]:
    """Changed cells of one row grouped in runs; short gaps are filled with the cells' values, which do not change."""
    line = grid[row - 1] if row <= len(grid) else []
    first = last = changed[0][0]
    values = [changed[0][1]]
    for column, value in changed[1:]:
        if column - last > _MAX_GAP:
            yield first, values
            first, values = column, []
        else:
            values.extend(line[place] if place < len(line) else None for place in range(last + 1, column))
        values.append(value)
        last = column
    yield first, values


def clear_colour_rules(seen: TabProperties) -> Iterator[Json]:
    """The requests that remove the conditional formats of a tab, before new ones are added."""
    for place in range(seen.colour_rules - 1, -1, -1):
        yield {"deleteConditionalFormatRule": {"sheetId": seen.id, "index": place}}


def without_tables(tab: TabSnapshot) -> TabSnapshot:
    """The tab once its tables are deleted, and all that they hold with them."""
    if not tab.tables:
        return tab
    rows = [
        [None if tab.in_table(number, column) else value for column, value in enumerate(row)]
        for number, row in enumerate(tab.rows, 1)
    ]
    left = {place: formula for place, formula in tab.formulas.items() if not tab.in_table(*place)}
    return replace(tab, rows=rows, formulas=left)


def headers_moved(tab: TabSnapshot, sheet: Sheet) -> bool:
    """Whether people moved the headers, and with them the formats."""
    return any(tab.value(sheet.header_row, place) != column.header for place, column in enumerate(sheet.columns))
