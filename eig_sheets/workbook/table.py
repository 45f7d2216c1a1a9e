"""A table of results: the key, the header, the value and the look of each column, declared in one place.

From it come JSON and CSV (`records`), what people see on a terminal (`lines`), the columns and cells of a robot's tab
(`sheet_columns`, `cells`), and what stands in that tab, read back by key (`read`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

import pandas as pd

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.cells import Rows, written
from eig_sheets.workbook.quoting import shown
from eig_sheets.workbook.read_back import records as rows_by_header

Row = TypeVar("Row")
Whole = TypeVar("Whole")


@dataclass(frozen=True, slots=True)
class Col(Generic[Row]):
    """A column of a table.

    `key`: its name in JSON and CSV. `header`: what people read above it on a terminal; '' where they do not see it.
    `value`: of a row; by default what the row has under that key, or its attribute of that name. `people`: what a
    terminal shows instead. `for_programs`: whether JSON and CSV have it. `first`: on a terminal, whatever its place.
    `tab`: its header and look in a robot's tab, where it is in one, and `cell` what stands there instead of the value.
    `csv`: what CSV has instead, of a list that is more than a cell is read for.
    """

    key: str
    header: str = ""
    value: Callable[[Row], Any] | None = None
    people: Callable[[Row], Any] | None = None
    for_programs: bool = True
    first: bool = False
    tab: Column | None = None
    cell: Callable[[Row], Any] | None = None
    csv: Callable[[Row], Any] | None = None

    def of(self, row: Row) -> Any:
        """The value of a row."""
        if self.value is not None:
            return self.value(row)
        return row[self.key] if isinstance(row, Mapping) else getattr(row, self.key)

    def over(self, part: Callable[[Whole], Row]) -> Col[Whole]:
        """The same column, of rows of which a part is what this one is about."""
        people, cell, csv = (_after(part, function) for function in (self.people, self.cell, self.csv))
        return Col(
            self.key, self.header, lambda whole: self.of(part(whole)), people, self.for_programs, self.first, self.tab,
            cell, csv,
        )  # fmt: skip


def _after(part: Callable[[Whole], Row], function: Callable[[Row], Any] | None) -> Callable[[Whole], Any] | None:
    return None if function is None else lambda whole: function(part(whole))


class Table(Generic[Row]):
    """Columns in the order of JSON, of CSV and of a tab; on a terminal, some come before."""

    def __init__(self, *columns: Col[Row]) -> None:
        self.columns = columns
        self._for_programs = [column for column in columns if column.for_programs]
        self._for_people = sorted((column for column in columns if column.header), key=lambda column: not column.first)
        self._of_tab = [(column, column.tab) for column in columns if column.tab is not None]

    def __iter__(self) -> Iterator[Col[Row]]:
        return iter(self.columns)

    def over(self, part: Callable[[Whole], Row]) -> Table[Whole]:
        """The same table, of rows of which a part is what this one is about."""
        return Table(*(column.over(part) for column in self.columns))

    def records(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The rows as JSON has them."""
        return [{column.key: plain(column.of(row)) for column in self._for_programs} for row in rows]

    def csv_records(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The rows as CSV has them."""
        return [{column.key: plain((column.csv or column.of)(row)) for column in self._for_programs} for row in rows]

    @property
    def headers(self) -> dict[str, str]:
        """The headers that a terminal shows, by key."""
        return {column.key: column.header for column in self._for_people}

    def lines(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The rows as a terminal shows them, by key: texts, numbers, lists of texts, None where there is nothing."""
        return [
            {column.key: plain((column.people or column.of)(row), shown) for column in self._for_people} for row in rows
        ]

    @property
    def sheet_keys(self) -> tuple[str, ...]:
        """The keys of the columns of the robot's tab."""
        return tuple(column.key for column, _ in self._of_tab)

    def sheet_header(self, key: str) -> str:
        """The header of a column of the robot's tab."""
        return self.sheet_headers[self.sheet_keys.index(key)]

    @property
    def sheet_headers(self) -> tuple[str, ...]:
        """The headers of the robot's tab."""
        return tuple(look.header for _, look in self._of_tab)

    @property
    def sheet_columns(self) -> tuple[Column, ...]:
        """The columns of the robot's tab."""
        return tuple(look for _, look in self._of_tab)

    def cells(self, rows: Iterable[Row]) -> Rows:
        """The cells of the robot's tab."""
        return tuple(tuple(written((column.cell or column.of)(row)) for column, _ in self._of_tab) for row in rows)

    def read(self, tab: TabSnapshot | None) -> Iterator[Mapping[str, CellValue]]:
        """What stands in each filled row of the robot's tab, by key; nothing when the tab or its headers are gone."""
        for row in rows_by_header(tab, self.sheet_headers):
            yield {column.key: row[look.header] for column, look in self._of_tab}

    def read_stored(self, output: Sequence[Sequence[Any]]) -> Iterator[Mapping[str, Any]]:
        """What each row of the robot's tab says, by key, as a run stored it: its own headers, then its rows."""
        headers = output[0] if output else ()
        for row in output[1:]:
            cells = dict(zip(headers, row, strict=False))
            yield {column.key: cells.get(look.header) for column, look in self._of_tab}


def _iso(value: date) -> str:
    return value.isoformat()


def plain(value: Any, to_text: Callable[[date], str] = _iso) -> Any:
    """A value without types of frames: missing ones None, codes and days texts, sequences lists."""
    if value is None or isinstance(value, (bool, int, Mapping)):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Sequence):
        return [plain(item, to_text) for item in value]
    if pd.isna(value):
        return None
    if isinstance(value, date):
        return to_text(value)
    return value.item() if hasattr(value, "item") else value
