"""Ownership check of pages and charts: a batch may add some, and arrange those of tables just made. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist.charts import is_ours, own_views
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.pages import own_section

_SECTION: Final = {
    "tableRef", "parentId", "parentKey", "title", "options", "borderWidth", "defaultWidth", "linkSrcSectionRef",
    "layoutSpec",
}  # fmt: skip
_FIELDS: Final = frozenset({"parentId", "colRef", "width", "widgetOptions"})
_RULES: Final = "gristHelper_"


class OwnedPages:
    """The pages and columns of the tables `made` by the batch before this one, by their titles; what this one adds."""

    def __init__(self, document: Document, made: Collection[str]) -> None:
        tables = [table for table in document.tables if table.title in made]
        sections = [section for table in tables if (section := own_section(table, document))]
        self._names = {table.id for table in tables}
        self._tables = {table.ref for table in tables}
        self._columns = {column.ref: table.ref for table in tables for column in table.columns}
        self._views = {section.view for section in sections}
        self._sections = {section.row_id for section in sections}
        self._fields = {row for section in sections for row, _ in section.fields.values()}
        self._last, self._last_field = document.last_section, document.last_field
        self._added: dict[Any, int] = {}
        self._kinds: dict[tuple[str, str], Callable[[Any, Mapping[str, Any]], bool]] = {
            ("AddRecord", "_grist_Views"): self._adds_view,
            ("UpdateRecord", "_grist_Views"): lambda row, cells: row in self._views and {*cells} == {"layoutSpec"},
            ("AddRecord", "_grist_Pages"): self._adds_page,
            ("AddRecord", "_grist_Views_section"): self._adds_section,
            ("UpdateRecord", "_grist_Views_section"): lambda row, cells: (
                row in self._sections and {*cells} == {"title"}
            ),
            ("BulkAddRecord", "_grist_Views_section_field"): self._adds_fields,
            ("BulkUpdateRecord", "_grist_Views_section_field"): self._moves_fields,
            ("AddRecord", "_grist_Filters"): self._adds_filter,
            ("BulkUpdateRecord", "_grist_Tables_column"): lambda rows, cells: (
                {*rows} <= self._columns.keys() and {*cells} == {"untieColIdFromLabel"}
            ),
        }

    def allows(self, kind: str, table: str, row: Any, cells: Mapping[str, Any]) -> bool:
        """Whether the action is of these; records what it adds."""
        allowed = self._kinds.get((kind, table))
        return allowed is not None and allowed(row, cells)

    def allows_style(self, kind: str, table: str, *rest: Any) -> bool:
        """Whether the action adds a conditional style to a column of such a table: it changes no cell."""
        if table not in self._names or len(rest) != 2:
            return False
        column, more = rest
        if kind == "AddEmptyRule":
            return column == 0 and more in self._columns
        is_rule = str(column).startswith(_RULES)
        return kind == "ModifyColumn" and {*more} == ({"formula"} if is_rule else {"widgetOptions"})

    def _adds_view(self, row: Any, cells: Mapping[str, Any]) -> bool:
        return bool(self._views) and _is_new_view(row) and {*cells} == {"name", "layoutSpec"}

    def _adds_page(self, row: Any, cells: Mapping[str, Any]) -> bool:
        is_ours = row is None and bool(self._views) and _is_new_view(cells["viewRef"])
        return is_ours and {*cells} <= {"viewRef", "indentation", "pagePos"}

    def _adds_section(self, row: Any, cells: Mapping[str, Any]) -> bool:
        is_new = isinstance(row, int) and row > self._last and row not in self._added
        is_there = cells["parentId"] in self._views or _is_new_view(cells["parentId"])
        source = cells.get("linkSrcSectionRef")
        follows = source is None or source in self._sections or source in self._added
        is_known = {*cells} <= _SECTION and cells["parentKey"] in ("record", "single")
        allowed = is_new and is_there and follows and is_known and cells["tableRef"] in self._tables
        if allowed:
            self._added[row] = cells["tableRef"]
        return allowed

    def _adds_fields(self, rows: Sequence[Any], cells: Mapping[str, Any]) -> bool:
        are_new = all(row is None or row > self._last_field for row in rows)
        if not are_new or not {*cells} <= _FIELDS:
            return False
        pairs = zip(cells["parentId"], cells["colRef"], strict=True)
        return all(
            section in self._added and self._columns.get(column) == self._added[section] for section, column in pairs
        )

    def _moves_fields(self, rows: Sequence[Any], cells: Mapping[str, Any]) -> bool:
        return {*rows} <= self._fields and {*cells} == {"parentPos"}

    def _adds_filter(self, row: Any, cells: Mapping[str, Any]) -> bool:
        is_ours = cells["viewSectionRef"] in self._sections or cells["viewSectionRef"] in self._added
        known = {*cells} == {"viewSectionRef", "colRef", "filter"}
        return row is None and known and is_ours and cells["colRef"] in self._columns


def _is_new_view(view: Any) -> bool:
    """Whether the number stands for a view that the same list of actions adds."""
    return isinstance(view, int) and view < 0


_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "_grist_Views": frozenset({"name"}),
    "_grist_Pages": frozenset({"viewRef", "indentation", "pagePos"}),
    "_grist_Views_section": frozenset(
        {"tableRef", "parentId", "parentKey", "chartType", "title", "options", "borderWidth", "defaultWidth"}
    ),
    "_grist_Views_section_field": frozenset({"parentId", "colRef"}),
}
"""The fields that each added object may have."""


class OwnedCharts:
    """The views and charts that the robot added, and those that the batch adds. `owns` tells a table by its id."""

    def __init__(self, document: Document, owns: Callable[[str], bool]) -> None:
        tables = {table.ref: table.id for table in document.tables}
        self._tables = {ref for ref, id_ in tables.items() if owns(id_)}
        self._columns = {column.ref: table.ref for table in document.tables for column in table.columns}
        self._renamed = {mark.section for mark in document.chart_marks if is_ours(mark, document)}
        self._views = {*own_views(document)}
        self._last = document.last_section
        self._added: dict[int, int] = {}

    def allows(self, kind: str, table: str, row: Any, cells: Mapping[str, Any]) -> bool:
        """Whether the action is of these; records what it adds."""
        if kind == "UpdateRecord":
            return table == "_grist_Views_section" and row in self._renamed and {*cells} == {"title"}
        if kind not in ("AddRecord", "BulkAddRecord") or not {*cells} <= _KEYS.get(table, frozenset()):
            return False
        match table, kind:
            case "_grist_Views", "AddRecord":
                self._views.add(row)
                return isinstance(row, int) and row < 0  # which stands for the new one, whatever its number
            case "_grist_Pages", "AddRecord":
                return row is None and cells["viewRef"] in self._views
            case "_grist_Views_section", "AddRecord":
                return self._adds_chart(row, cells)
            case "_grist_Views_section_field", "BulkAddRecord":
                return {*row} == {None} and self._adds_fields(cells["parentId"], cells["colRef"])
        return False

    def _adds_chart(self, row: Any, cells: Mapping[str, Any]) -> bool:
        self._added[row] = cells["tableRef"]
        is_new = isinstance(row, int) and row > self._last
        is_chart = cells["parentKey"] == "chart" and cells["parentId"] in self._views
        return is_new and is_chart and cells["tableRef"] in self._tables

    def _adds_fields(self, sections: Sequence[int], columns: Sequence[int]) -> bool:
        pairs = zip(sections, columns, strict=True)
        return all(
            section in self._added and self._columns.get(column) == self._added[section] for section, column in pairs
        )
