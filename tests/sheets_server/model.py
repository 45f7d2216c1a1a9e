"""What a spreadsheet is here: tabs of cells, and the objects that lie on them.

Cells are never changed in place but replaced, and rows only by the tab that made them, so that a copy of a workbook
shares both: `Book.copy` is what makes a batch atomic, and costs little however large the workbook is. Objects that the
API hands in and out as JSON (protections, filters, charts…) are kept as that JSON, with `sheetId` always present in
their ranges.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.sheets_server.addresses import Rect
from tests.sheets_server.errors import invalid

Json = dict[str, Any]
MAX_CELLS = 10_000_000
MAX_CHARACTERS = 50_000


class Formula(str):
    """What someone typed that starts with `=`, as they typed it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SheetError:
    """An error as a value: `type` as the API names it, `message` for people."""

    type: str
    message: str = ""


Value = float | int | str | bool | Formula | SheetError | None


@dataclass(slots=True)
class Cell:
    """One cell, never changed; one equal to `EMPTY` is not kept. Not frozen, which would make it four times slower."""

    value: Value = None
    format: Json | None = None
    note: str | None = None
    validation: Json | None = None
    text_runs: list[Json] | None = None
    chips: list[Json] | None = None

    def with_value(self, value: Value) -> Cell:
        """Return the cell with another value: rich text and chips belong to the old one."""
        return Cell(value, self.format, self.note, self.validation)


EMPTY = Cell()


class Row(dict[int, Cell]):
    """The cells of one row, by column."""

    __slots__ = ("formulas", "owner", "texts")

    def __init__(self, cells: Mapping[int, Cell] | Iterable[tuple[int, Cell]] = (), like: Row | None = None) -> None:
        super().__init__(cells)
        self.owner: object = None  # the mark of the tab that may change it in place
        self.formulas: bool = like is not None and like.formulas  # False: it has no formula
        self.texts: dict[Any, Any] = {}  # how it was last rendered, by what was asked for

    def put(self, column: int, cell: Cell) -> None:
        """Put a cell in a row that is the caller's to change."""
        self.texts = {}
        if cell.value is None and cell == EMPTY:
            self.pop(column, None)
        else:
            self[column] = cell
            if type(cell.value) is Formula:
                self.formulas = True


NO_CELLS = Row()


@dataclass(slots=True)
class Sheet:
    """One tab."""

    id: int
    title: str
    rows: int = 1000
    columns: int = 26
    properties: Json = field(default_factory=dict)  # hidden, tabColorStyle, rightToLeft
    grid: Json = field(default_factory=dict)  # frozenRowCount, hideGridlines, …
    cells: list[Row] = field(default_factory=list)  # shorter than `rows`
    mark: object = field(default_factory=object)  # of the rows that belong to this tab and to no copy of it
    row_sizes: dict[int, Json] = field(default_factory=dict)  # DimensionProperties that someone set
    column_sizes: dict[int, Json] = field(default_factory=dict)
    merges: list[Json] = field(default_factory=list)
    protected: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None
    filter_views: list[Json] = field(default_factory=list)
    conditional: list[Json] = field(default_factory=list)
    banding: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    slicers: list[Json] = field(default_factory=list)
    tables: list[Json] = field(default_factory=list)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)

    @property
    def extent(self) -> Rect:
        return Rect(0, self.rows, 0, self.columns)

    def row(self, row: int) -> Row:
        """Return a row to read."""
        return self.cells[row] if row < len(self.cells) else NO_CELLS

    def own_row(self, row: int) -> Row:
        """Return a row to change: this tab's own, copied when it is shared."""
        while len(self.cells) <= row:
            self.cells.append(Row())
        line = self.cells[row]
        if line.owner is not self.mark:
            line = self.cells[row] = Row(line, line)
            line.owner = self.mark
        return line

    def cell(self, row: int, column: int) -> Cell:
        return self.cells[row].get(column, EMPTY) if row < len(self.cells) else EMPTY

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.own_row(row).put(column, cell)

    def filled(self, area: Rect) -> Iterator[tuple[int, int, Cell]]:
        """Yield the cells of an area that hold something, row by row."""
        for row in range(area.top, min(area.bottom, len(self.cells))):
            line = self.cells[row]
            for column in sorted(line):
                if area.left <= column < area.right:
                    yield row, column, line[column]

    def dimension(self, name: str) -> int:
        return self.rows if name == "ROWS" else self.columns

    def sizes(self, name: str) -> dict[int, Json]:
        return self.row_sizes if name == "ROWS" else self.column_sizes

    def copy(self) -> Sheet:
        """Return a tab that can be changed apart from this one; rows are shared until one of the two changes them."""
        self.mark = object()
        other = Sheet(self.id, self.title, self.rows, self.columns)
        for name in self.__slots__:
            if name not in ("id", "title", "rows", "columns", "cells", "mark"):
                setattr(other, name, fresh(getattr(self, name)))
        other.cells = list(self.cells)
        return other


def fresh(node: Any) -> Any:
    """Return a copy of an object of JSON that can be changed apart from it."""
    if isinstance(node, dict):
        return {key: fresh(value) for key, value in node.items()}
    return [fresh(item) for item in node] if isinstance(node, list) else node


@dataclass(frozen=True, slots=True)
class Past:
    """The last edit of people's: the spreadsheet before it, and the revision that it made."""

    before: Book
    edit: Json
    revision: int


@dataclass(slots=True)
class Book:
    """A spreadsheet, and what Drive knows of it."""

    id: str
    title: str
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    owner: str = ""  # e-mail address
    properties: Json = field(default_factory=dict)  # the other SpreadsheetProperties that someone set
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)  # developer metadata, wherever it lies
    revision: int = 1
    past: Past | None = None
    values: Any = None  # the Calculation of this revision, once something was read
    known: dict[Any, Any] = field(default_factory=dict)  # what formulas gave and from what, in one revision or another
    grids: dict[Any, Any] = field(default_factory=dict)  # the areas that they read when they were last evaluated

    def sheet(self, sheet_id: int) -> Sheet:
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """Return the tab of that title; case matters only between two that differ by it alone."""
        for same in (str, str.casefold):
            for sheet in self.sheets:
                if same(sheet.title) == same(title):
                    return sheet
        return None

    def index(self, sheet: Sheet) -> int:
        return next(i for i, other in enumerate(self.sheets) if other is sheet)

    def cell_count(self) -> int:
        return sum(sheet.rows * sheet.columns for sheet in self.sheets)

    def require_room(self) -> None:
        """Refuse a workbook that grew over Google's limit."""
        if self.cell_count() > MAX_CELLS:
            raise invalid(
                f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
            )

    def free_id(self) -> int:
        """Return an id that no object of the workbook has; Google's are random too."""
        taken = {sheet.id for sheet in self.sheets} | {item["metadataId"] for item in self.metadata}
        taken |= {int(r["namedRangeId"]) for r in self.named_ranges if r["namedRangeId"].isdigit()}
        for sheet in self.sheets:
            taken |= {value for item in objects_of(sheet) for key, value in item.items() if key.endswith("Id")}
        while True:
            candidate = random.randrange(1, 2**31)
            if candidate not in taken:
                return candidate

    def copy(self) -> Book:
        other = replace(self, values=None, sheets=[sheet.copy() for sheet in self.sheets])
        for name in ("properties", "named_ranges", "metadata"):
            setattr(other, name, fresh(getattr(self, name)))
        return other


def objects_of(sheet: Sheet) -> list[Json]:
    """Return the objects of a tab that have an id."""
    lists = (sheet.protected, sheet.filter_views, sheet.banding, sheet.charts, sheet.slicers, sheet.tables)
    return [item for objects in lists for item in objects]


def new_book(book_id: str, title: str, owner: str, locale: str = "en_US", time_zone: str = "Etc/GMT") -> Book:
    """Return what Drive makes: one tab, 1000 rows of 26 columns, its title in the workbook's language."""
    name = "Feuille 1" if locale.startswith("fr") else "Sheet1"
    return Book(book_id, title, locale, time_zone, owner, sheets=[Sheet(0, name)])
