"""Working copy of a document's tables: what the actions of a batch leave of each, as far as later actions need it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from eig_sheets.spreadsheet.grist import values
from eig_sheets.spreadsheet.grist.document import Document, GristColumn, GristTable
from eig_sheets.spreadsheet.grist.own_tables import marks_of
from eig_sheets.spreadsheet.grist.reading import LINK_WIDGET, LONGEST_TEXT, RAW_DATA
from eig_sheets.spreadsheet.model.cell_names import row_name
from eig_sheets.spreadsheet.model.cells import Formula, Link, WrittenValue, parse_a1

Action = list[Any]
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class InapplicableOperationError(ValueError):
    """An operation names a tab, a column or a row that the document does not have, or cannot hold. In French."""


@dataclass
class WorkColumn:
    """A column: its id, label, type, options, whether it is a formula; `default`: what fills one that is none."""

    id: str
    label: str
    type: str
    is_formula: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, id_: str, definition: Mapping[str, Any]) -> WorkColumn:
        """The column that a definition makes."""
        options = json.loads(definition["widgetOptions"] or "{}")
        is_formula = bool(definition["isFormula"])
        default = "" if is_formula else definition["formula"]
        return cls(id_, definition["label"], definition["type"], is_formula, options, default)


@dataclass
class WorkTable:
    """A table: its id, title, columns, row ids; `source` is what was read of it, None for a new one.

    `is_ordered`: it is the robot's, and a row of the tab is one of the table in their order.
    """

    id: str
    title: str
    columns: list[WorkColumn]
    row_ids: list[int] = field(default_factory=list)
    source: GristTable | None = None
    is_ordered: bool = False

    def column(self, place: int) -> WorkColumn:
        """The column at a 0-based place. Raises InapplicableOperationError."""
        if not 0 <= place < len(self.columns):
            raise InapplicableOperationError(f"La table « {self.title} » n’a pas de colonne à cette place")
        return self.columns[place]

    def formula_of(self, column: WorkColumn) -> str:
        """The formula of a column that was read; '' for another."""
        known = self.source.columns if self.source else ()
        return next((other.formula for other in known if other.id == column.id), "")

    @cached_property
    def _known_ids(self) -> frozenset[int]:
        return frozenset(self.source.row_ids if self.source else ())

    def row_of(self, row: int) -> int | None:
        """The id of a row of the tab, as it was read; None when there is no such row."""
        if not self.is_ordered:
            return row - 1 if row - 1 in self._known_ids else None
        row_ids = self.source.row_ids if self.source else ()
        return row_ids[row - 2] if 1 < row <= len(row_ids) + 1 else None

    def row_id(self, row: int) -> int:
        """The id of a row of the tab, which was read. Raises InapplicableOperationError."""
        row_id = self.row_of(row)
        if row_id is None:
            raise InapplicableOperationError(
                f"Table « {self.title} » : il n’y a plus de ligne {row_name(row, by_id=True)}"
            )
        return row_id


class WorkDocument:
    """The tables of a document, those that a batch adds included. `url`: its pages' (`Address.pages`)."""

    def __init__(self, document: Document, url: str, zone: str) -> None:
        self.document, self.zone = document, zone
        self.marks = marks_of(document)
        self.tables = [self._opened(table) for table in document.tables]
        self._url = url

    def _opened(self, table: GristTable) -> WorkTable:
        mark = self.marks.get((table.ref, 0))
        columns = [*map(_opened, table.columns)]
        return WorkTable(table.id, table.title, columns, [*table.row_ids], table, mark is not None and mark.robot)

    def table(self, title: str) -> WorkTable:
        """The table of that title. Raises InapplicableOperationError."""
        table = self._find(title)
        if table is None:
            raise InapplicableOperationError(f"La table « {title} » n’existe plus")
        return table

    def _find(self, title: str) -> WorkTable | None:
        return next((table for table in self.tables if table.title == title), None)

    def column_ref(self, title: str, place: int) -> int:
        """The number of the column that is now at a 0-based place of a table; 0 when it was not read."""
        table = self._find(title)
        source = table.source.columns if table and table.source else ()
        ids = [column.id for column in table.columns] if table else []
        return next((column.ref for column in source if column.id in ids[place : place + 1]), 0)

    def shown(self, value: WrittenValue, column: WorkColumn) -> str | float | bool | datetime | None:
        """What a cell of a column holds of a value: that of a formula; of a link, its address too if the column has."""
        if isinstance(value, Link):
            has_addresses = column.options.get("widget") == LINK_WIDGET
            return f"{value.text} {self._address(value)}" if has_addresses else value.text
        return value.value if isinstance(value, Formula) else value

    def _address(self, link: Link) -> str:
        """The address of a cell, on the page of its table or among raw data; that of these when it was not read."""
        table = self._find(link.tab)
        source = table.source if table else None
        row, place = parse_a1(link.cell)
        if table is None or source is None or place >= len(source.columns):
            return f"{self._url}{RAW_DATA}"
        section = source.page_section
        page, view = (section.view, section.row_id) if section else ("data", source.raw_section)
        row_id = table.row_of(row)
        row_part = f".r{row_id}" if row_id else ""
        return f"{self._url}/p/{page}#a1.s{view}{row_part}.c{source.columns[place].ref}"

    def encoded(self, value: WrittenValue, column: WorkColumn) -> Any:
        """A value as the API takes it for a column. Raises InapplicableOperationError."""
        text = self.shown(value, column)
        if isinstance(text, str) and len(text) > LONGEST_TEXT:
            raise InapplicableOperationError(f"Un texte de {len(text)} caractères est trop long pour une cellule")
        if isinstance(text, str) and _SURROGATE.search(text):
            raise InapplicableOperationError("Un texte contient la moitié d’un caractère, qui ne s’écrit pas")
        try:
            return values.written(text, column.type, self.zone)
        except ValueError:
            raise InapplicableOperationError(f"« {text} » n’est pas un nombre") from None

    def added_rows(
        self, table: WorkTable, columns: Sequence[WorkColumn], rows: Sequence[Sequence[WrittenValue]]
    ) -> list[Action]:
        """The actions that add rows whose values are those of the columns."""
        actions: list[Action] = [
            ["BulkAddRecord", table.id, [None] * len(part), self._by_column(columns, part)]
            for part in parts(rows, lambda row: row)
        ]
        first = max(table.row_ids, default=0) + 1
        table.row_ids.extend(range(first, first + len(rows)))
        return actions

    def _by_column(self, columns: Sequence[WorkColumn], rows: Sequence[Sequence[WrittenValue]]) -> dict[str, list[Any]]:
        return {column.id: [self.encoded(row[place], column) for row in rows] for place, column in enumerate(columns)}


def _opened(column: GristColumn) -> WorkColumn:
    is_formula = column.is_formula and not column.is_empty
    default = "" if column.is_formula else column.formula
    return WorkColumn(column.id, column.label, column.type, is_formula, column.options, default)


_MOST_ROWS: Final = 500
_MOST_BYTES: Final = 50_000
"""Of one action, about: a request of at most 1 MB is filled with them, and the less each is the fuller it gets."""

Row = TypeVar("Row")


def parts(rows: Iterable[Row], values_of: Callable[[Row], Iterable[WrittenValue]]) -> Iterator[list[Row]]:
    """The rows, by as many as one action may have; `values_of` gives what it writes of each."""
    part: list[Row] = []
    total = 0
    for row in rows:
        size = sum(map(_size, values_of(row)))
        if part and (len(part) == _MOST_ROWS or total + size > _MOST_BYTES):
            yield part
            part, total = [], 0
        part.append(row)
        total += size
    if part:
        yield part


def _size(value: WrittenValue) -> int:
    text = value.text if isinstance(value, Link) else value
    return 20 + (len(text.encode(errors="replace")) if isinstance(text, str) else 0)
