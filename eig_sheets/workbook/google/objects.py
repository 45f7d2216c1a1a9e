"""Requests for what is on a tab besides its cells: protections, a filter view, charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from eig_sheets.workbook.google.areas import Json, grid_coordinate, grid_range
from eig_sheets.workbook.google.formatting import colour
from eig_sheets.workbook.google.reading import TabProperties, protection_description
from eig_sheets.workbook.model.palette import BAR
from eig_sheets.workbook.model.sheet import Chart, Sheet
from eig_sheets.workbook.model.snapshot import TabSnapshot

SORTED_VIEW = "Trier et filtrer"


def protection(sheet_id: int, name: str, editors: Sequence[str], column: tuple[int, int] | None = None) -> Json:
    """The request that protects a tab, or a column (0-based column and first row), for those editors."""
    where = (
        {"sheetId": sheet_id} if column is None else grid_range(sheet_id, (column[1], None), (column[0], column[0] + 1))
    )
    made = {"range": where, "description": protection_description(name), "editors": {"users": list(editors)}}
    return {"addProtectedRange": {"protectedRange": made}}


def share_protection(protection_id: int, editors: Sequence[str]) -> Json:
    """The request that sets the editors of a protection of ours."""
    made = {"protectedRangeId": protection_id, "editors": {"users": list(dict.fromkeys(editors))}}
    return {"updateProtectedRange": {"protectedRange": made, "fields": "editors.users"}}


def filter_view(sheet: Sheet, sheet_id: int) -> Json:
    """The request for a filter view, in which anyone can sort and filter a protected tab for themselves."""
    where = grid_range(sheet_id, (sheet.header_row - 1, None), (0, len(sheet.columns)))
    return {"addFilterView": {"filter": {"title": SORTED_VIEW, "range": where}}}


def delete_tables(tab: TabProperties) -> Iterator[Json]:
    """The requests that delete the tables that people made of a robot's tab, and what they hold."""
    for table_id in tab.tables:
        yield {"deleteTable": {"tableId": table_id}}


def unmerge(tab: TabSnapshot, sheet_id: int) -> Iterator[Json]:
    """The requests that undo the merges that people made on a robot's tab, which hide what it writes."""
    for area in tab.merges:
        rows, columns = (area.first_row - 1, area.last_row), (area.first_column, area.last_column + 1)
        yield {"unmergeCells": {"range": grid_range(sheet_id, rows, columns)}}


_ROWS_OF_A_CHART, _COLUMNS_OF_A_CHART = 16, 8


def grid_size(sheet: Sheet) -> tuple[int, int]:
    """The rows and columns that a tab needs for its table and the charts to the right of it."""
    height, width = max(len(sheet.grid()), sheet.header_row + 1), max(len(sheet.columns), 1)
    if sheet.charts:
        height = max(height, sheet.header_row + _ROWS_OF_A_CHART * len(sheet.charts))
        width += _COLUMNS_OF_A_CHART
    return height, width


def charts(sheet: Sheet, sheet_id: int, present: frozenset[int]) -> Iterator[Json]:
    """The requests that replace our charts, to the right of the table; people's charts stay."""
    for number, chart in enumerate(sheet.charts):
        chart_id = _chart_id(sheet, number)
        if chart_id in present:
            yield {"deleteEmbeddedObject": {"objectId": chart_id}}
        yield {"addChart": {"chart": _chart(chart, sheet, sheet_id, chart_id, number)}}


def _chart_id(sheet: Sheet, number: int) -> int:
    return int.from_bytes(sha256(f"eig-sheets {sheet.id} {number}".encode()).digest()[:4], "big") >> 1


def _chart(chart: Chart, sheet: Sheet, sheet_id: int, chart_id: int, number: int) -> Json:
    def data(column: int) -> Json:
        rows = (chart.first_row - 1, chart.last_row)
        return {"sourceRange": {"sources": [grid_range(sheet_id, rows, (column, column + 1))]}}

    basic = {
        "chartType": "BAR",
        "legendPosition": "NO_LEGEND",
        "domains": [{"domain": data(chart.labels)}],
        "series": [{"series": data(chart.numbers), "targetAxis": "BOTTOM_AXIS", "colorStyle": colour(BAR)}],
        "headerCount": 0,
    }
    anchor = grid_coordinate(sheet_id, sheet.header_row + _ROWS_OF_A_CHART * number, len(sheet.columns))
    place = {"overlayPosition": {"anchorCell": anchor, "widthPixels": 560, "heightPixels": 320, "offsetXPixels": 16}}
    return {"chartId": chart_id, "spec": {"title": chart.title, "basicChart": basic}, "position": place}
