"""Ownership check of charts: a batch may add a page of charts of the robot's numbers, and rename its own. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from eig_sheets.workbook.grist.charts import is_ours, own_views
from eig_sheets.workbook.grist.document import Document

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
