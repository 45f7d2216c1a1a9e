"""What is on a tab besides its cells: protections, a filter view, charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from eig_sheets.workbook.google.areas import Json, area, start
from eig_sheets.workbook.google.looks import colour
from eig_sheets.workbook.google.reading import guard
from eig_sheets.workbook.palette import BAR
from eig_sheets.workbook.sheet import Chart, Sheet

SORTED_VIEW = "Trier et filtrer"


def protection(sheet_id: int, name: str, editors: Sequence[str], column: tuple[int, int] | None = None) -> Json:
    """The request that keeps a tab, or a column (its 0-based place and that of its first row), for those editors."""
    where = {"sheetId": sheet_id} if column is None else area(sheet_id, (column[1], None), (column[0], column[0] + 1))
    made = {"range": where, "description": guard(name), "editors": {"users": list(editors)}}
    return {"addProtectedRange": {"protectedRange": made}}


def shared(protection_id: int, editors: Sequence[str]) -> Json:
    """The request that gives a protection of ours those editors."""
    made = {"protectedRangeId": protection_id, "editors": {"users": list(dict.fromkeys(editors))}}
    return {"updateProtectedRange": {"protectedRange": made, "fields": "editors.users"}}


def filter_view(sheet: Sheet, sheet_id: int) -> Json:
    """The request for a view in which anyone sorts and filters a protected tab without disturbing the others."""
    where = area(sheet_id, (sheet.header_row - 1, None), (0, len(sheet.columns)))
    return {"addFilterView": {"filter": {"title": SORTED_VIEW, "range": where}}}


_ROWS_OF_A_CHART, _COLUMNS_OF_A_CHART = 16, 8


def room(sheet: Sheet) -> tuple[int, int]:
    """Rows and columns that a tab needs, with its charts to the right of the table."""
    height, width = max(len(sheet.grid()), sheet.header_row + 1), max(len(sheet.columns), 1)
    if sheet.charts:
        height = max(height, sheet.header_row + _ROWS_OF_A_CHART * len(sheet.charts))
        width += _COLUMNS_OF_A_CHART
    return height, width


def charts(sheet: Sheet, sheet_id: int, present: frozenset[int]) -> Iterator[Json]:
    """The requests that make our charts anew, to the right of the table; other people's stay."""
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
        return {"sourceRange": {"sources": [area(sheet_id, rows, (column, column + 1))]}}

    basic = {
        "chartType": "BAR",
        "legendPosition": "NO_LEGEND",
        "domains": [{"domain": data(chart.labels)}],
        "series": [{"series": data(chart.numbers), "targetAxis": "BOTTOM_AXIS", "colorStyle": colour(BAR)}],
        "headerCount": 0,
    }
    anchor = start(sheet_id, sheet.header_row + _ROWS_OF_A_CHART * number, len(sheet.columns))
    place = {"overlayPosition": {"anchorCell": anchor, "widthPixels": 560, "heightPixels": 320, "offsetXPixels": 16}}
    return {"chartId": chart_id, "spec": {"title": chart.title, "basicChart": basic}, "position": place}
