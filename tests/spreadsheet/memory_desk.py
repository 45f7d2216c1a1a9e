"""People at work on a workbook in memory: what they make, and their edits as a spreadsheet program does them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.memory.tabs import TabEditor, read_again
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.cells import CellValue, Formula, Uncomputed, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Area, TabSnapshot
from tests.spreadsheet.contract_desk import ADD_RANK, SET_RANKS, Rows

Move = Callable[[int], int | None]


def storage(tabs: Mapping[str, Rows], marks: Mapping[str, str] | None = None) -> Storage:
    """What a workbook of those tabs holds, from A1; `marks`: those of some of them, by their names."""
    made = Storage()
    made.save([replace(_tab(name, rows), mark=(marks or {}).get(name)) for name, rows in tabs.items()])
    return made


def _tab(name: str, rows: Rows) -> TabSnapshot:
    tab = TabEditor(name)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            _put(tab, row, column, value)
    return tab.finished()


def _put(tab: TabEditor, row: int, column: int, value: Any) -> None:
    tab.formulas.pop((row, column), None)
    if isinstance(value, (Formula, Uncomputed)):
        tab.formulas[row, column] = value.text if isinstance(value, Formula) else value.formula
    tab.cells[row, column] = _typed(value)


def _typed(value: Any) -> CellValue:
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return read_again(value)


class MemoryDesk:
    """The desk of workbooks in memory."""

    ranked = (ADD_RANK, SET_RANKS)

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        return MemoryWorkbook(storage(tabs))

    def edit(self, book: MemoryWorkbook, kind: str, **what: Any) -> None:
        edit(book.storage, kind, **what)

    def stored(self, book: MemoryWorkbook) -> object:
        return book.storage.tabs, book.storage.saves


def edit(stored: Storage, kind: str, **what: Any) -> None:
    """One of people's edits, saved."""
    name = what.pop("tab")
    assert stored.tabs is not None
    assert name in [tab.name for tab in stored.tabs], name
    if kind == "delete_tab":
        stored.save([tab for tab in stored.tabs if tab.name != name])
    else:
        stored.save([_edited(tab, kind, what) if tab.name == name else tab for tab in stored.tabs])


def put(stored: Storage, tab: str, cell: str, value: object) -> None:
    """Put a value in a cell as it is: a text that begins with = stays one."""
    edit(stored, "put", tab=tab, cell=cell, value=value)


class Page:
    """A tab open in front of somebody: its values by 1-based row and 0-based column."""

    def __init__(self, tab: TabEditor) -> None:
        self._tab = tab

    def __getitem__(self, place: tuple[int, int]) -> CellValue:
        return self._tab.cells.get(place)

    def __setitem__(self, place: tuple[int, int], value: object) -> None:
        _put(self._tab, *place, _as_typed(value))


@contextmanager
def typing(stored: Storage, name: str) -> Iterator[Page]:
    """A tab in which somebody types, saved at the end."""
    assert stored.tabs is not None
    [tab] = [TabEditor.of(other).open() for other in stored.tabs if other.name == name]
    yield Page(tab)
    stored.save([tab.finished() if other.name == name else other for other in stored.tabs])


def _edited(tab: TabSnapshot, kind: str, what: dict[str, Any]) -> TabSnapshot:
    editor = TabEditor.of(tab).open()
    _EDITS[kind](editor, what)
    return editor.finished()


def _set(tab: TabEditor, what: dict[str, Any]) -> None:
    _put(tab, *parse_a1(what["cell"]), _as_typed(what["value"]))


def _as_typed(value: Any) -> Any:
    """A text that begins with = is a formula, which nothing has computed yet."""
    return Uncomputed(value[1:]) if isinstance(value, str) and value.startswith("=") and len(value) > 1 else value


def _put_in(tab: TabEditor, what: dict[str, Any]) -> None:
    _put(tab, *parse_a1(what["cell"]), what["value"])


def _insert_row(tab: TabEditor, what: dict[str, Any]) -> None:
    _move(tab, rows=lambda row: row + 1 if row >= what["at"] else row)


def _delete_row(tab: TabEditor, what: dict[str, Any]) -> None:
    _move(tab, rows=lambda row: None if row == what["at"] else row - 1 if row > what["at"] else row)


def _clear_rows(tab: TabEditor, what: dict[str, Any]) -> None:
    for place in [*tab.cells]:
        if what["first"] <= place[0] <= what["last"]:
            _put(tab, *place, None)


def _sort(tab: TabEditor, what: dict[str, Any]) -> None:
    top, column = _header(tab, what["by"])
    rows = sorted(
        row for (row, place), value in tab.cells.items() if place == column and row > top and value is not None
    )
    ordered = sorted(rows, key=lambda row: str(tab.cells[row, column]), reverse=what.get("descending", False))
    places = dict(zip(ordered, rows, strict=True))
    _move(tab, rows=lambda row: places.get(row, row))


def _rename_tab(tab: TabEditor, what: dict[str, Any]) -> None:
    tab.name = what["to"]


def _rename_header(tab: TabEditor, what: dict[str, Any]) -> None:
    _put(tab, *_header(tab, what["from"]), what["to"])


def _move_column(tab: TabEditor, what: dict[str, Any]) -> None:
    (_, start), end = _header(tab, what["header"]), what["to"]
    between = range(min(start, end), max(start, end) + 1)
    step = 1 if end < start else -1
    _move(tab, columns=lambda column: end if column == start else column + step if column in between else column)


def _hide_tab(tab: TabEditor, what: dict[str, Any]) -> None:
    tab.hidden = not what.get("shown")


def _delete_column(tab: TabEditor, what: dict[str, Any]) -> None:
    _, gone = _header(tab, what["header"])
    _move(tab, columns=lambda column: None if column == gone else column - 1 if column > gone else column)


def _merge(tab: TabEditor, what: dict[str, Any]) -> None:
    """Merge a range, of which the first cell alone keeps its value."""
    (first_row, first_column), (last_row, last_column) = (parse_a1(cell) for cell in what["range"].split(":"))
    area = Area(first_row, first_column, last_row, last_column)
    for place in [*tab.cells]:
        if area.contains(*place) and place != (first_row, first_column):
            _put(tab, *place, None)
    tab.merges = (*tab.merges, area)


_EDITS = {
    "set": _set, "put": _put_in, "insert_row": _insert_row, "delete_row": _delete_row, "clear_rows": _clear_rows,
    "sort": _sort, "rename_tab": _rename_tab, "rename_header": _rename_header, "move_column": _move_column,
    "delete_column": _delete_column, "hide_tab": _hide_tab, "merge": _merge,
}  # fmt: skip


def _header(tab: TabEditor, text: str) -> tuple[int, int]:
    return min(place for place, value in tab.cells.items() if value == text and place[0] <= 10)


def _stay(place: int) -> int:
    return place


def _move(tab: TabEditor, *, rows: Move = _stay, columns: Move = _stay) -> None:
    """Cells, formulas, merges and marks go where their row and column go."""
    tab.cells = {at: value for place, value in tab.cells.items() if (at := _moved(place, rows, columns))}
    tab.formulas = {at: text for place, text in tab.formulas.items() if (at := _moved(place, rows, columns))}
    tab.column_marks = {at: mark for column, mark in tab.column_marks.items() if (at := columns(column)) is not None}
    tab.merges = tuple(
        replace(area, first_row=rows(area.first_row), last_row=rows(area.last_row),
                first_column=columns(area.first_column), last_column=columns(area.last_column))
        for area in tab.merges
    )  # fmt: skip


def _moved(place: tuple[int, int], rows: Move, columns: Move) -> tuple[int, int] | None:
    row, column = rows(place[0]), columns(place[1])
    return None if row is None or column is None else (row, column)
