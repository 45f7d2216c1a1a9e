"""Reading of a large spreadsheet in four light calls, where one would be heavier than Google advises.

The values of all cells are read twice: as they are shown, with dates as texts, then as they were entered, with formulas
as texts and dates as numbers. A cell where both are the same holds that very text, number or boolean. The others, and
texts that look like errors, are read with their types as in the one call. So are the first rows of each tab, which
prove that nothing else needed it. All four must agree: otherwise somebody changed something meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import chain, zip_longest
from typing import Any, NamedTuple
from zlib import crc32

from eig_sheets.spreadsheet.google import cells, reading
from eig_sheets.spreadsheet.google.areas import grid_range
from eig_sheets.spreadsheet.google.client import Client, ReadResult
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed

Json = dict[str, Any]
_Values = Sequence[Sequence[Any]]
_Place = tuple[int, int]

CALLS = 4
"""Calls of one reading."""

SHOWN = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
ENTERED = {"valueRenderOption": "FORMULA", "dateTimeRenderOption": "SERIAL_NUMBER"}
"""The two renderings of values: where they differ, or not, is what tells formulas and dates."""
_SAMPLE_ROWS = 20
_LARGEST_GAP = 50
"""Rows between two cells of a column that are read with it, rather than to ask for one range more."""
_MOST_UNEXPLAINED = 1000
"""Cells whose two values differ for no known reason that are read with their types: a row inserted makes millions."""
_TYPED = (CellError, Uncomputed, datetime, time, timedelta)


class InconsistentError(Exception):
    """Two calls of one reading contradict each other: somebody changed something in between."""


class UnexpectedValuesError(Exception):
    """Google renders values otherwise than this reading relies on."""


class SplitAnswer(NamedTuple):
    """The structure of a spreadsheet, the cells of each tab by its id, a checksum of it all, its size on the wire."""

    structure: Json
    tabs: Mapping[int, reading.Cells]
    digest: int
    size: int


class _Tab(NamedTuple):
    """The two values of each cell of a tab, and the 0-based places of those that are to be read with their types."""

    id: int
    shown: _Values
    entered: _Values
    doubtful: set[_Place]


def read(client: Client, key: str, ids: Collection[int] | None = None) -> SplitAnswer:
    """The whole spreadsheet, or the tabs of these ids.

    Raises InconsistentError, UnexpectedValuesError, WorkbookError.
    """
    answer = client.read("GET", key, {"fields": reading.STRUCTURE_FIELDS})
    structure = answer._replace(json=answer.json if ids is None else reading.with_tabs(answer.json, ids))
    titles = reading.titles_of_grids(structure.json)
    if not titles:  # the tabs are gone, and no range would mean everything
        return SplitAnswer(structure.json, {}, structure.digest, structure.size)
    shown, entered = (read_values(client, key, titles, rendering) for rendering in (SHOWN, ENTERED))
    values = [(sheet_id, values_of_tab, entered.tabs[sheet_id]) for sheet_id, values_of_tab in shown.tabs.items()]
    tabs = [_Tab(sheet_id, first, second, _doubtful_cells(first, second)) for sheet_id, first, second in values]
    ranges = {"dataFilters": [{"gridRange": area} for tab in tabs for area in _ranges(tab)]}
    typed = client.read("POST", f"{key}:getByDataFilter", {"fields": reading.CELL_FIELDS}, ranges)
    if reading.column_marks_by_tab(typed.json) != reading.column_marks_by_tab(structure.json):
        raise InconsistentError("a tab or a column was moved")
    answers = (structure, shown.answer, entered.answer, typed)
    blocks = {sheet["properties"].get("sheetId", 0): sheet.get("data", ()) for sheet in typed.json["sheets"]}
    return SplitAnswer(
        structure.json,
        {tab.id: _merged(tab, blocks[tab.id]) for tab in tabs},
        crc32(b"".join(b"%08x" % answer.digest for answer in answers)),
        sum(answer.size for answer in answers),
    )


class AllValues(NamedTuple):
    """The answer to one call for values, and those of each tab by its id."""

    answer: ReadResult
    tabs: Mapping[int, _Values]


def read_values(client: Client, key: str, titles: Mapping[int, str], rendering: Mapping[str, str]) -> AllValues:
    """The values of every tab of these ids and names, found by its id in case it is renamed meanwhile.

    Raises InconsistentError, WorkbookError.
    """
    filters = [{"gridRange": {"sheetId": sheet_id}} for sheet_id in titles]
    answer = client.read("POST", f"{key}/values:batchGetByDataFilter", body={"dataFilters": filters, **rendering})
    return AllValues(answer, _values_by_tab(answer.json, titles))


def _values_by_tab(answer: Json, titles: Mapping[int, str]) -> Mapping[int, _Values]:
    """The values of each tab of these ids and names.

    Raises InconsistentError unless each has one answer, under its name: otherwise another tab's values, or none, would
    be taken for its own.
    """
    answered = [
        (data_filter["gridRange"].get("sheetId", 0), matched["valueRange"])
        for matched in answer.get("valueRanges", ())
        for data_filter in matched["dataFilters"]
    ]
    if sorted(sheet_id for sheet_id, _ in answered) != sorted(titles):
        raise InconsistentError("not one answer for each tab")
    if any(_tab_title(values.get("range", "")) != titles[sheet_id] for sheet_id, values in answered):
        raise InconsistentError("the values of another tab")
    return {sheet_id: values.get("values", []) for sheet_id, values in answered}


def _tab_title(range_name: str) -> str:
    """The name of the tab in a range such as « 'Feuille 1'!A1:B2 »."""
    name = range_name.rpartition("!")[0]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _doubtful_cells(shown: _Values, entered: _Values) -> set[_Place]:
    """The places of cells whose two values do not tell all: formulas, dates, times, what looks like an error."""
    places: set[_Place] = set()
    unexplained = 0
    for row, (line, other) in enumerate(zip_longest(shown, entered, fillvalue=())):
        if line == other:
            places.update((row, column) for column, value in enumerate(line) if _is_like_an_error(value))
            continue
        for column, (value, source) in enumerate(zip_longest(line, other, fillvalue="")):
            if _is_doubtful(value, source):
                unexplained += not _is_explained(value, source)
                if unexplained <= _MOST_UNEXPLAINED:
                    places.add((row, column))
    return places


def _is_like_an_error(value: object) -> bool:
    return value.__class__ is str and value.startswith("#")


def _is_doubtful(shown: object, entered: object) -> bool:
    return shown != entered or _is_like_an_error(shown)


def _is_formula(entered: object) -> bool:
    return isinstance(entered, str) and entered.startswith("=")


def _is_explained(shown: object, entered: object) -> bool:
    """Whether the values differ as those of a formula do, of what a formula spills, of a date; or are alike."""
    return _is_formula(entered) or entered in ("", shown) or (isinstance(shown, str) and not isinstance(entered, str))


def _ranges(tab: _Tab) -> Iterator[Json]:
    """The ranges to read with their types: the first rows, then runs of doubtful cells of each column."""
    yield grid_range(tab.id, (0, _SAMPLE_ROWS))
    by_column: dict[int, list[int]] = {}
    for row, column in sorted(tab.doubtful):
        if row >= _SAMPLE_ROWS:
            by_column.setdefault(column, []).append(row)
    for column, rows in by_column.items():
        for first, end in _runs(rows):
            yield grid_range(tab.id, (first, end), (column, column + 1))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Increasing rows as the first and the one after the last of runs."""
    first = last = rows[0]
    for row in rows:
        if row - last > _LARGEST_GAP:
            yield first, last + 1
            first = row
        last = row
    yield first, last + 1


def _merged(tab: _Tab, blocks: Sequence[Json]) -> reading.Cells:
    """The cells of a tab: those that were read with their types, the others as they are shown."""
    rows: list[list[CellValue]] = [
        [None if value == "" else float(value) if value.__class__ is int else value for value in row]
        for row in tab.shown
    ]
    formulas: dict[_Place, str] = {}
    unread = set(tab.doubtful)
    for place, cell in chain.from_iterable(map(_cells_of, blocks)):
        unread.discard(place)
        value, formula = _checked(cell, _at(tab.shown, place), _at(tab.entered, place))
        row, column = place
        if formula is not None:
            formulas[row + 1, column] = formula
        if value is not None:
            rows[row][column] = value
    if unread:
        raise InconsistentError("a cell is gone")
    return rows, formulas


def _cells_of(block: Json) -> Iterator[tuple[_Place, Json]]:
    """The cells of a GridData that hold something, with their 0-based places."""
    top, left = block.get("startRow", 0), block.get("startColumn", 0)
    for row, line in enumerate(block.get("rowData", ()), top):
        for column, cell in enumerate(line.get("values", ()), left):
            if cell:
                yield (row, column), cell


def _at(values: _Values, place: _Place) -> Any:
    row, column = place
    line = values[row] if row < len(values) else ()
    return line[column] if column < len(line) else ""


def _checked(cell: Json, shown: Any, entered: Any) -> tuple[CellValue, str | None]:
    """The value and the formula of a cell that was read with its type, after its two values.

    Raises InconsistentError when they contradict each other, UnexpectedValuesError when the two values did not tell.
    """
    if not _agrees(cell, shown, entered):
        raise InconsistentError("a cell is not what it was")
    value, formula = cells.read(cell)
    if (formula is not None or isinstance(value, _TYPED)) and not _is_doubtful(shown, entered):
        raise UnexpectedValuesError("a type that the values do not tell")
    if formula is not None and isinstance(value, float) and isinstance(shown, str):
        raise UnexpectedValuesError("a number that is no date is shown as a text, or a text has become a number")
    return value, formula


def _agrees(cell: Json, shown: Any, entered: Any) -> bool:
    """Whether a cell that was read with its type is that whose two values were read before."""
    kind, value = next(iter((cell.get("effectiveValue") or {"": ""}).items()))
    if kind == "errorValue":
        return _is_like_an_error(shown) or value.get("type") == "LOADING"
    if kind == "numberValue" and isinstance(shown, str):  # a date
        return shown != "" and (_is_formula(entered) or entered == value)
    return bool(shown == value)
