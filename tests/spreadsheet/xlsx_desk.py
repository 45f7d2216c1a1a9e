"""People at work on an .xlsx file: the workbooks they make and their edits, done by openpyxl as Excel does them.

Excel makes defined names follow what they name; openpyxl does not, so this does.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook as OpenedBook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.cells import Formula, Uncomputed, column_index, column_letters
from tests.in_memory import storage_at
from tests.spreadsheet import memory_desk
from tests.spreadsheet.contract_desk import ADD_RANK, SET_RANKS, Rows
from tests.spreadsheet.xlsx.excel365_cells import Computed, Grid, Strings, worksheet
from tests.spreadsheet.xlsx.excel365_package import package
from tests.spreadsheet.xlsx.excel365_sheets import DAY, MOMENT

Move = Callable[[int], int | None]


def workbook(tabs: Mapping[str, Rows]) -> bytes:
    """A plain workbook of those tabs, as Excel writes one."""
    strings = Strings()
    bodies = {f"xl/worksheets/sheet{n}.xml": _sheet(strings, rows, n) for n, rows in enumerate(tabs.values(), 1)}
    return package(tuple(tabs), strings, bodies)


def _sheet(strings: Strings, rows: Rows, uid: int) -> bytes:
    grid = Grid(strings)
    for number, row in enumerate(rows, 1):
        values = [_spelled(value) for value in row]
        looks = {"datetime": MOMENT, "date": DAY}
        styled = {
            column: looks[type(value).__name__] for column, value in enumerate(values) if type(value).__name__ in looks
        }
        grid.put_row(number, values, styled)
    view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    return worksheet(
        grid, view, '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>', uid
    )


def _spelled(value: object) -> object:
    if isinstance(value, Formula):
        return Computed(value.text, value.value)
    if isinstance(value, Uncomputed):
        return Computed(value.formula)
    return None if value == "" else value


class XlsxDesk:
    """The desk of a local file; `open_` makes the backend's workbook of a path."""

    ranked = (ADD_RANK, SET_RANKS)

    def __init__(self, folder: Path, open_: Callable[[Path], Workbook]) -> None:
        self.folder, self.open = folder, open_
        self.paths: list[Path] = []

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        path = self.folder / f"campagne {len(self.paths) + 1}.xlsx"
        path.write_bytes(workbook(tabs))
        self.paths.append(path)
        return self.open(path)

    def stored(self, book: Workbook) -> object:
        path = Path(book.location)
        return path.read_bytes(), path.stat().st_mtime_ns

    def edit(self, book: Workbook, kind: str, **what: Any) -> None:
        edit(Path(book.location), kind, **what)


def edit(path: Path, kind: str, **what: Any) -> None:
    """One of people's edits on a file, or on the workbook in memory that is there."""
    if stored := storage_at(path):
        memory_desk.edit(stored, kind, **what)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, rich_text=True)
        _EDITS[kind](book, book[what.pop("tab")], what)
        for tab in book.worksheets:
            _name_table_columns(tab)
        book.save(path)


def _name_table_columns(tab: Worksheet) -> None:
    """A table's columns are called as their headers, and a header is a text."""
    for table in tab.tables.values():
        for header, column in zip(tab[table.ref][0], table.tableColumns, strict=True):
            if isinstance(header.value, str):
                column.name = header.value.replace("\n", "_x000a_")
            else:
                header.value = column.name


def _set(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    tab[what["cell"]] = what["value"]


def _insert_row(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    _move(book, tab, rows=lambda row: row + 1 if row >= what["at"] else row)


def _delete_row(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    _move(book, tab, rows=lambda row: None if row == what["at"] else row - 1 if row > what["at"] else row)


def _sort(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    header = _header(tab, what["by"])
    rows = [row for row in range(header.row + 1, tab.max_row + 1) if tab.cell(row, header.column).value is not None]
    ordered = sorted(
        rows, key=lambda row: str(tab.cell(row, header.column).value), reverse=what.get("descending", False)
    )
    places = dict(zip(ordered, rows, strict=True))
    _move(book, tab, rows=lambda row: places.get(row, row), names=False)


def _rename_tab(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    old = tab.title
    tab.title = what["to"]
    for name in book.defined_names.values():
        if _tab_named(name.attr_text) == old:
            name.attr_text = _quoted(what["to"]) + "!" + name.attr_text.rpartition("!")[2]


def _rename_header(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    _header(tab, what["from"]).value = what["to"]


def _move_column(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    start, end = _header(tab, what["header"]).column, what["to"] + 1
    between = range(min(start, end), max(start, end) + 1)
    step = 1 if end < start else -1
    _move(book, tab, columns=lambda column: end if column == start else column + step if column in between else column)


def _delete_column(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    gone = _header(tab, what["header"]).column
    _move(book, tab, columns=lambda column: None if column == gone else column - 1 if column > gone else column)


def _delete_tab(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    for name in book.defined_names.values():
        if _tab_named(name.attr_text) == tab.title:
            name.attr_text = "#REF!" + name.attr_text.rpartition("!")[2]
    book.remove(tab)


def _hide_tab(book: OpenedBook, tab: Worksheet, what: dict[str, Any]) -> None:
    tab.sheet_state = "visible" if what.get("shown") else "hidden"


_EDITS = {
    "set": _set, "insert_row": _insert_row, "delete_row": _delete_row, "sort": _sort, "rename_tab": _rename_tab,
    "rename_header": _rename_header, "move_column": _move_column, "delete_column": _delete_column,
    "delete_tab": _delete_tab, "hide_tab": _hide_tab,
}  # fmt: skip


def _header(tab: Worksheet, text: str) -> Any:
    return next(cell for row in tab.iter_rows(max_row=10) for cell in row if cell.value == text)


def _stay(place: int) -> int:
    return place


def _move(book: OpenedBook, tab: Worksheet, *, rows: Move = _stay, columns: Move = _stay, names: bool = True) -> None:
    moved = {}
    for (row, column), cell in tab._cells.items():
        place = rows(row), columns(column)
        if None not in place:
            cell.row, cell.column = place
            moved[place] = cell
    tab._cells = moved
    if names:
        _move_areas(tab, rows, columns)
        for name in book.defined_names.values():
            if _tab_named(name.attr_text) == tab.title:
                name.attr_text = _moved(name.attr_text, rows, columns)


def _move_areas(tab: Worksheet, rows: Move, columns: Move) -> None:
    """Tables, the filter and merges follow their cells, as in Excel."""
    for table in tab.tables.values():
        table.ref = _moved_area(table.ref, rows, columns)
        if table.autoFilter:
            table.autoFilter.ref = table.ref
    if tab.auto_filter.ref:
        tab.auto_filter.ref = _moved_area(tab.auto_filter.ref, rows, columns)
    for merged in tab.merged_cells.ranges:
        moved = CellRange(_moved_area(merged.coord, rows, columns))
        merged.shift(moved.min_col - merged.min_col, moved.min_row - merged.min_row)


def _moved_area(area: str, rows: Move, columns: Move) -> str:
    """Where an area goes; when its last row or column is deleted, it ends one before."""
    place = CellRange(area)
    left, top = columns(place.min_col) or place.min_col, rows(place.min_row) or place.min_row
    right, bottom = columns(place.max_col) or place.max_col - 1, rows(place.max_row) or place.max_row - 1
    return CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom).coord


def _moved(reference: str, rows: Move, columns: Move) -> str:
    tab, _, cells = reference.rpartition("!")

    def corner(match: re.Match[str]) -> str:
        column, row = columns(column_index(match[1]) + 1), rows(int(match[2]))
        return "#REF!" if column is None or row is None else f"${column_letters(column - 1)}${row}"

    return tab + "!" + re.sub(r"\$([A-Z]+)\$(\d+)", corner, cells)


def _tab_named(reference: str) -> str:
    tab = reference.rpartition("!")[0]
    return tab[1:-1].replace("''", "'") if tab.startswith("'") else tab


def _quoted(tab: str) -> str:
    return "'" + tab.replace("'", "''") + "'"
