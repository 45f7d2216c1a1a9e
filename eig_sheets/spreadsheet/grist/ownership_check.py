"""Ownership check of a batch: its actions may not change what people own (guarantee G1).

Nobody owns a table that was never used.

It reads the actions that are about to be sent, whatever made them: it only knows the document, in which marks say which
tables and columns are the robot's, and follows what the batch adds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist.access import is_ours
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.dressing import is_blank_first
from eig_sheets.spreadsheet.grist.identifiers import table_id
from eig_sheets.spreadsheet.grist.lookups import is_robot_formula
from eig_sheets.spreadsheet.grist.own_tables import TABLES, marks_of
from eig_sheets.spreadsheet.grist.page_ownership import OwnedCharts, OwnedPages

_ANYWHERE: Final = "*"
"""Stands for every column of a table."""

_RECORDS: Final = {"UpdateRecord", "BulkUpdateRecord", "RemoveRecord", "BulkRemoveRecord"}
_ADDED_RECORDS: Final = {"AddRecord", "BulkAddRecord"}
_CHARTS: Final = {"AddRecord", "BulkAddRecord", "UpdateRecord"}
_LOOKS: Final = {
    "_grist_Pages": {"pagePos"},
    "_grist_Views_section_field": {"width"},
    "_grist_Views_section": {"options"},
}
"""What may be set of pages and fields: it changes no cell."""


class ActionOwnershipError(Exception):
    """A batch would change what people own: a bug of this program, found before anything is sent."""


def check_ownership(actions: Sequence[Sequence[Any]], document: Document, made: Collection[str] = ()) -> None:
    """Raise ActionOwnershipError unless each action stays in the robot's tables and columns, or only adds.

    `made`: the titles of the tables that the run has just made, whose pages it may arrange.
    """
    owned = _Owned(document, made)
    for number, action in enumerate(actions):
        if not owned.allows(*action):
            raise ActionOwnershipError(f"actions[{number}] {action[:3]} is not ours to take")


class _Owned:
    """The (table id, column id) that the robot owns so far; `*` is a whole table."""

    def __init__(self, document: Document, made: Collection[str]) -> None:
        self._document = document
        self._pages = OwnedPages(document, made)
        self._owned: set[tuple[str, str]] = {(table, _ANYWHERE) for table in TABLES}
        marks = marks_of(document)
        for table in document.tables:
            mark = marks.get((table.ref, 0))
            if (mark is not None and mark.robot) or table.is_unused:
                self._owned.add((table.id, _ANYWHERE))
            for column in table.columns:
                column_mark = marks.get((table.ref, column.ref))
                if column_mark is not None and (column_mark.robot or is_robot_formula(column.formula)):
                    self._owned.add((table.id, column.id))
        owned_tables = {table for table, column in self._owned if column == _ANYWHERE}
        self._columns = {column.ref: table.id for table in document.tables for column in table.columns}
        self._taken = {(table.id, column.id.upper()) for table in document.tables for column in table.columns}
        ours = [section for table in document.tables if (table.ref, 0) in marks for section in table.sections]
        others = (section for table in document.tables if (table.ref, 0) not in marks for section in table.sections)
        self._views = {
            "_grist_Views": {section.view for section in ours} - {0, *(section.view for section in others)},
            "_grist_Views_section": {section.row_id for section in ours},
            "_grist_Views_section_field": {row for section in ours for row, _ in section.fields.values()},
        }
        self._charts = OwnedCharts(document, lambda table: table in owned_tables)
        self._titles = {table.title.casefold() for table in document.tables}

    def allows(self, kind: str, table: str, *rest: Any) -> bool:
        """Whether the action is allowed after those before it; records what it adds."""
        if table.startswith("_grist_"):
            return self._allows_in_structure(kind, table, *rest)
        if kind == "RemoveTable":
            return any(known.id == table and is_blank_first(known, self._document) for known in self._document.tables)
        return self._pages.allows_style(kind, table, *rest) or self._allows_in_table(kind, table, *rest)

    def _allows_in_table(self, kind: str, table: str, *rest: Any) -> bool:
        match kind:
            case "AddTable":
                return self._adds_table(table, rest[0])
            case "AddRawTable":
                return table in TABLES
            case "AddVisibleColumn" | "AddHiddenColumn":
                return self._adds_column(table, rest[0])
            case "ModifyColumn" | "RemoveColumn" | "AddEmptyRule":
                return self._owns(table, [rest[0]])
            case _ if kind in _ADDED_RECORDS:
                return self._owns(table) or all(row is None for row in _rows(rest[0]))
            case _ if kind in _RECORDS:
                return self._owns(table, rest[1] if len(rest) > 1 else None)
        return False

    def _adds_table(self, title: str, columns: Iterable[dict[str, Any]]) -> bool:
        taken = [*TABLES, *(table.id for table in self._document.tables), *(name for name, _ in self._owned)]
        created = table_id(title, taken)
        self._owned.add((created, _ANYWHERE))
        is_new = title.casefold() not in self._titles
        self._titles.add(title.casefold())
        return is_new and bool(columns)

    def _adds_column(self, table: str, column: str) -> bool:
        """Grist gives another id to a column whose id is taken: what follows would be about somebody else's."""
        is_new = (table, column.upper()) not in self._taken
        self._taken.add((table, column.upper()))
        self._owned.add((table, column))
        return is_new

    def _owns(self, table: str, columns: Iterable[str] | None = None) -> bool:
        """Whether the whole table is the robot's, or each of those columns."""
        if (table, _ANYWHERE) in self._owned:
            return True
        return columns is not None and all((table, column) in self._owned for column in columns)

    def _allows_in_structure(self, kind: str, table: str, *rest: Any) -> bool:
        if table == "_grist_ACLRules":
            ours = {rule.row_id for rule in self._document.rules if is_ours(rule.memo)}
            return is_ours(rest[1]["memo"]) if kind == "AddRecord" else kind == "RemoveRecord" and rest[0] in ours
        if table == "_grist_ACLResources":
            return kind == "AddRecord"
        if table == "_grist_Tables_column":
            moved = kind == "BulkUpdateRecord" and {*rest[1]} == {"parentPos"}
            owned = moved and all(self._owns(self._columns.get(ref, "")) for ref in rest[0])
            return owned or self._pages.allows(kind, table, *rest)
        if kind in _CHARTS and (self._pages.allows(kind, table, *rest) or self._charts.allows(kind, table, *rest)):
            return True
        return self._allows_looks(kind, table, *rest)

    def _allows_looks(self, kind: str, table: str, *rest: Any) -> bool:
        if table == "_grist_DocInfo":
            is_first = not self._document.has_settings
            return is_first and kind == "UpdateRecord" and {*rest[1]} == {"documentSettings", "timezone"}
        if kind == "BulkUpdateRecord" and self._pages.allows(kind, table, *rest):
            return True
        if table in self._views and not self._views[table] >= {*_rows(rest[0])}:
            return False
        if kind == "BulkRemoveRecord":  # a page of ours, or a column that it does not show any more
            return table in ("_grist_Views", "_grist_Views_section_field")
        return kind == "BulkUpdateRecord" and {*rest[1]} <= _LOOKS.get(table, set())


def _rows(row_ids: Any) -> Sequence[Any]:
    return row_ids if isinstance(row_ids, list) else [row_ids]
