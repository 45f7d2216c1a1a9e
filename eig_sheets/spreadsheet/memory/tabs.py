"""Applies a plan to in-memory tabs: values are converted, texts and names rejected, as in an .xlsx file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import CellValue, Formula, Link, WrittenValue, a1
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    DeleteRows,
    FillCells,
    Operation,
    Plan,
    ReplaceTab,
    SetCells,
)
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Area, TabSnapshot
from eig_sheets.spreadsheet.xlsx.apply import refuse_unfit_name
from eig_sheets.spreadsheet.xlsx.cell_values import CellWriter, NumberKind, from_serial, to_serial
from eig_sheets.spreadsheet.xlsx.markup import escape_text, unescape_text
from eig_sheets.text.french import typographic

_WRITER = CellWriter("", since_1904=False)


def edited(tabs: Sequence[TabSnapshot], plan: Plan) -> list[TabSnapshot]:
    """The tabs after a plan; unchanged tabs are the same objects.

    Raises WorkbookError when an operation cannot be done, or a value cannot be held.
    """
    editor = _Editor([TabEditor.of(tab) for tab in tabs])
    for operation in plan.operations:
        editor.apply(operation)
    return [tab.finished() for tab in editor.tabs]


@dataclass
class TabEditor:
    """One tab being changed: `cells` and `formulas` by 1-based row and 0-based column."""

    name: str
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    mark: str | None = None
    column_marks: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    _before: TabSnapshot | None = None
    _opened: bool = True

    @classmethod
    def of(cls, tab: TabSnapshot) -> TabEditor:
        """An editor of that tab; its cells are only copied by `open`."""
        marks = dict(tab.column_marks)
        return cls(tab.name, mark=tab.mark, column_marks=marks, hidden=tab.hidden, _before=tab, _opened=False)

    def open(self) -> TabEditor:
        """This editor, with its cells ready to be changed."""
        before = self._before
        if before is not None and not self._opened:
            rows = enumerate(before.rows, 1)
            self.cells = {(row, place): value for row, cells in rows for place, value in enumerate(cells)}
            self.formulas, self.merges, self._opened = dict(before.formulas), before.merges, True
        return self

    def finished(self) -> TabSnapshot:
        """The tab as it is now: the same object when nothing changed."""
        before = self._before
        if before is not None and not self._opened:
            if (before.mark, before.column_marks, before.hidden) == (self.mark, self.column_marks, self.hidden):
                return before
            self.open()
        rows = _rows(self.cells)
        marks = dict(sorted(self.column_marks.items()))
        return TabSnapshot(self.name, rows, self.merges, self.formulas, self.mark, marks, hidden=self.hidden)

    def put(self, row: int, column: int, value: WrittenValue) -> None:
        """Write one cell. Raises WorkbookError on what a file cannot hold."""
        self.formulas.pop((row, column), None)
        self.cells[row, column] = stored(self.name, a1(row, column), value)
        if isinstance(value, Formula):
            self.formulas[row, column] = value.text

    def put_empty(self, row: int, column: int, value: WrittenValue) -> None:
        """Write a cell that must be free. Raises WorkbookError when it is not."""
        if self.cells.get((row, column)) is not None or (row, column) in self.formulas:
            raise self._occupied_error(row, column, "la cellule n’est pas vide")
        over = [area for area in self.merges if area.contains(row, column)]
        if any((row, column) != (area.first_row, area.first_column) for area in over):
            raise self._occupied_error(row, column, "elle est fusionnée")
        self.put(row, column, value)

    def _occupied_error(self, row: int, column: int, why: str) -> WorkbookError:
        return _error(
            f"Onglet « {self.name} », cellule {a1(row, column)} : rien n’a été écrit, {why}. "
            "Libérez cette cellule, puis relancez la commande."
        )

    def mark_column(self, column: int, mark: str) -> None:
        """Mark a column with that id, which no other column of the tab keeps."""
        self.column_marks = {place: other for place, other in self.column_marks.items() if other != mark}
        self.column_marks[column] = mark


class _Editor:
    """All tabs of a workbook, being changed by the operations of one plan, in their order."""

    def __init__(self, tabs: list[TabEditor]) -> None:
        self.tabs = tabs

    def apply(self, operation: Operation) -> None:
        """Do one operation."""
        match operation:
            case CreateTab(sheet=sheet):
                self._create(sheet, operation.before)
            case ReplaceTab(name=name, sheet=sheet):
                self._write(self._tab(name), sheet)
            case AddColumn():
                self._add_column(operation)
            case SetCells(column=column):
                for row, value in operation.values:
                    self._tab(operation.tab).put(row, column, value)
            case AppendRows():
                self._append(operation)
            case FillCells() | DeleteRows():
                self._change_rows(operation)
            case _:
                raise _error("Ce classeur n’est pas partagé : il n’a ni formules ni protections du robot.")

    def _change_rows(self, operation: FillCells | DeleteRows) -> None:
        tab = self._tab(operation.tab)
        if isinstance(operation, FillCells):
            for row, value in operation.values:
                tab.put_empty(row, operation.column, value)
            return
        for row, column in [place for place in tab.cells if operation.first_row <= place[0] <= operation.last_row]:
            tab.put(row, column, None)

    def _find(self, name: str) -> TabEditor | None:
        return next((tab for tab in self.tabs if tab.name.casefold() == name.casefold()), None)

    def _tab(self, name: str) -> TabEditor:
        tab = self._find(name)
        if tab is None:
            raise _error(f"L’onglet « {name} » n’existe plus. Relancez la commande pour qu’elle relise le classeur.")
        return tab.open()

    def _create(self, sheet: Sheet, before: str | None) -> None:
        refuse_unfit_name(sheet.name, taken=self._find(sheet.name) is not None)
        follower = self._find(before) if before else None
        place = self.tabs.index(follower) if follower else len(self.tabs)
        self.tabs.insert(place, TabEditor(sheet.name, hidden=sheet.hidden))
        self._write(self.tabs[place], sheet)

    def _write(self, tab: TabEditor, sheet: Sheet) -> None:
        """Replace the tab's content by the sheet; its mark is removed from any other tab that has it."""
        tab.cells, tab.formulas, tab.merges = {}, {}, ()
        for row, values in enumerate(sheet.grid(), 1):
            for column, value in enumerate(values):
                tab.put(row, column, value)
        for other in self.tabs:
            other.mark = None if other.mark == sheet.id else other.mark
        tab.mark = sheet.id
        for column, mark in sheet.robot_columns:
            tab.mark_column(column, mark)

    def _add_column(self, operation: AddColumn) -> None:
        tab = self._tab(operation.tab)
        tab.put_empty(operation.header_row, operation.column, operation.look.header)
        if operation.mark:
            tab.mark_column(operation.column, operation.mark)

    def _append(self, operation: AppendRows) -> None:
        tab = self._tab(operation.tab)
        for row, values in enumerate(operation.rows, operation.first_row):
            for column, value in zip(operation.columns, values, strict=True):
                if tab.cells.get((row, column)) is not False:
                    tab.put_empty(row, column, value)
                elif value is not None:  # an unticked check-box that people put there in advance
                    tab.put(row, column, value)


def _rows(cells: dict[tuple[int, int], CellValue]) -> list[list[CellValue]]:
    """Rows from the first, each up to its last filled cell, down to the last that has any."""
    lines: list[list[CellValue]] = []
    for (row, column), value in cells.items():
        if value is not None:
            lines.extend([] for _ in range(row - len(lines)))
            line = lines[row - 1]
            line.extend([None] * (column + 1 - len(line)))
            line[column] = value
    return lines


def _error(message: str) -> WorkbookError:
    return WorkbookError(typographic(message))


def stored(tab: str, address: str, value: WrittenValue) -> CellValue:
    """The value that is read after the robot wrote one. Raises WorkbookError, with the message of the .xlsx backend."""
    _WRITER.cell(tab, address, 0, value)
    if isinstance(value, Formula):
        value = value.value
    return read_again(value.text if isinstance(value, Link) else value)


def read_again(value: CellValue) -> CellValue:
    """A value as it is read after saving: a number as a float, a moment to the millisecond, '' as a blank."""
    if isinstance(value, str):
        return _text(value) or None
    if isinstance(value, datetime):
        return from_serial(to_serial(value, since_1904=False), NumberKind.DATE, since_1904=False)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    escaped = escape_text(text)
    return text if escaped is text else unescape_text(escaped.encode())
