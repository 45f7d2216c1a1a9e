"""The cells of a tab that is the robot's, or that the batch makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from eig_sheets.workbook import palette
from eig_sheets.workbook.cells import Link, WrittenValue
from eig_sheets.workbook.google import cells
from eig_sheets.workbook.google.areas import Json, put, start
from eig_sheets.workbook.google.looks import colour, number_format
from eig_sheets.workbook.google.reading import SeenTab
from eig_sheets.workbook.plan import differing
from eig_sheets.workbook.sheet import Sheet
from eig_sheets.workbook.snapshot import TabSnapshot

LinkTo = Callable[[Link], str | None]

_VALUES, _LINKS, _NUMBERS = "userEnteredValue", "userEnteredFormat.textFormat", "userEnteredFormat.numberFormat"
_GAP = 3
"""So few unchanged cells between two that change are written again: naming another place costs more."""


def new_tab(sheet: Sheet, made: SeenTab, index: int) -> Json:
    """The request that adds the tab of that id and size."""
    grid = {"rowCount": made.rows, "columnCount": made.columns, "frozenRowCount": sheet.header_row}
    return {
        "addSheet": {"properties": {"sheetId": made.id, "title": sheet.name, "index": index, "gridProperties": grid}}
    }


def tinted(sheet: Sheet, sheet_id: int) -> Json:
    """The request that gives the name of a tab that we made the colour of those who own it."""
    properties = {"sheetId": sheet_id, "tabColorStyle": colour(palette.TABS[sheet.owner])}
    return {"updateSheetProperties": {"properties": properties, "fields": "tabColorStyle"}}


def filled(sheet: Sheet, sheet_id: int, link_to: LinkTo) -> Iterator[Json]:
    """The request that writes every cell of a tab that the batch makes; a robot's column is its header's formula."""
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
        _number(rows, 1, 0, sheet)
    yield put(start(sheet_id, 0, 0), rows, ",".join(fields))


def _fields(lines: Sequence[Sequence[WrittenValue]]) -> list[str]:
    """What cells with these values are written with: a date is a number that has such a format."""
    fields = [_VALUES]
    if any(isinstance(value, Link) for line in lines for value in line):
        fields.append(_LINKS)
    if any(isinstance(value, datetime) for line in lines for value in line):
        fields.append(_NUMBERS)
    return fields


def changed(tab: TabSnapshot | None, sheet: Sheet, sheet_id: int, link_to: LinkTo) -> Iterator[Json]:
    """The requests that write the cells in which a tab differs from what it should be, a rectangle each."""
    for (row, column), lines in _rectangles(differing(tab, sheet), sheet):
        written = [[cells.written(value, link_to) for value in line] for line in lines]
        fields = _fields(lines)
        if _NUMBERS in fields:  # even in a row that people inserted
            _number(written, row, column, sheet)
        yield put(start(sheet_id, row - 1, column), written, ",".join(fields))


def _number(written: list[list[Json]], first_row: int, first_column: int, sheet: Sheet) -> None:
    """Give every cell under the headers the number format of its column."""
    for row, line in enumerate(written, first_row):
        for column, cell in enumerate(line, first_column):
            known = row > sheet.header_row and column < len(sheet.columns)
            shown = number_format(sheet.columns[column].format) if known else None
            if shown:
                cell.setdefault("userEnteredFormat", {})["numberFormat"] = shown


def _rectangles(
    found: Iterator[tuple[int, int, WrittenValue]], sheet: Sheet
) -> Iterator[tuple[tuple[int, int], list[list[WrittenValue]]]]:
    """Neighbouring cells that change, by (row, column); those of the same columns in rows that follow go together."""
    grid = sheet.grid()
    growing: dict[tuple[int, int], tuple[int, list[list[WrittenValue]]]] = {}
    for row, group in groupby(found, key=lambda one: one[0]):
        runs = {(column, len(values)): values for column, values in _row_runs([one[1:] for one in group], grid, row)}
        for shape, (first, lines) in [*growing.items()]:
            if shape not in runs or first + len(lines) != row:
                del growing[shape]
                yield (first, shape[0]), lines
        for shape, values in runs.items():
            growing.setdefault(shape, (row, []))[1].append(values)
    for shape, (first, lines) in growing.items():
        yield (first, shape[0]), lines


def _row_runs(
    found: list[tuple[int, WrittenValue]], grid: list[list[WrittenValue]], row: int
) -> Iterator[tuple[int, list[WrittenValue]]]:
    """Stretches of one row; a short gap is filled with what the cells in it should be, which they are."""
    line = grid[row - 1] if row <= len(grid) else []
    first = last = found[0][0]
    values = [found[0][1]]
    for column, value in found[1:]:
        if column - last > _GAP:
            yield first, values
            first, values = column, []
        else:
            values.extend(line[place] if place < len(line) else None for place in range(last + 1, column))
        values.append(value)
        last = column
    yield first, values


def undressed(seen: SeenTab) -> Iterator[Json]:
    """The requests that take the colour rules off a tab, before it gets those of now."""
    for place in range(seen.colour_rules - 1, -1, -1):
        yield {"deleteConditionalFormatRule": {"sheetId": seen.id, "index": place}}
