"""Requests for the charts of a robot's tab, and the ids by which they are found again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from itertools import cycle

from eig_sheets.workbook.google.areas import Json, grid_coordinate, grid_range
from eig_sheets.workbook.google.formatting import colour
from eig_sheets.workbook.model.palette import SERIES
from eig_sheets.workbook.model.sheet import Chart, Sheet

_ROWS, _COLUMNS = 17, 6
"""Rows and columns that a chart covers, at most."""
_PIXELS = {"widthPixels": 540, "heightPixels": 320}
_MOST = 12
"""Charts that a tab of ours may have had: those that are not wanted any more go."""


def extent(sheet: Sheet) -> tuple[int, int]:
    """The rows and columns that a tab needs for its charts."""
    rows, columns = zip(*(chart.at for chart in sheet.charts), strict=True) if sheet.charts else ((0,), (0,))
    return (max(rows) - 1 + _ROWS, max(columns) + _COLUMNS) if sheet.charts else (0, 0)


def replacement(sheet: Sheet, sheet_id: int, present: Collection[int], titles: Mapping[int, str]) -> Iterator[Json]:
    """The requests that replace our charts, those of an older version of the tab too; people's charts stay.

    `titles`: of each tab, by its id.
    """
    ids = {name: tab_id for tab_id, name in titles.items()}
    ours = (_id(mark, number) for mark in sheet.marks for number in range(_MOST))
    yield from ({"deleteEmbeddedObject": {"objectId": chart_id}} for chart_id in ours if chart_id in present)
    for number, chart in enumerate(sheet.charts):
        yield {"addChart": {"chart": _chart(chart, sheet_id, ids.get(chart.tab, sheet_id), _id(sheet.id, number))}}


def _id(mark: str, number: int) -> int:
    return int.from_bytes(sha256(f"eig-sheets {mark} {number}".encode()).digest()[:4], "big") >> 1


def _chart(chart: Chart, sheet_id: int, source: int, chart_id: int) -> Json:
    """One chart of the tab `sheet_id`, of numbers that are in the tab `source`, under the header that names them."""

    def data(column: int) -> Json:
        rows = (chart.first_row - 2, chart.last_row)
        return {"sourceRange": {"sources": [grid_range(source, rows, (column, column + 1))]}}

    labels, values = ("LEFT_AXIS", "BOTTOM_AXIS") if chart.sideways else ("BOTTOM_AXIS", "LEFT_AXIS")
    titles = zip((labels, values), chart.axes, strict=True)
    basic = {
        "chartType": "BAR" if chart.sideways else "COLUMN",
        "legendPosition": "BOTTOM_LEGEND" if len(chart.numbers) > 1 else "NO_LEGEND",
        "stackedType": "STACKED" if chart.stacked else "NOT_STACKED",
        "domains": [{"domain": data(chart.labels)}],
        "series": [
            {"series": data(column), "targetAxis": values, "colorStyle": colour(shade)}
            for column, shade in zip(chart.numbers, cycle(SERIES), strict=False)
        ],
        "axis": [{"position": place, "title": title} for place, title in titles if title],
        "headerCount": 1,
    }
    row, column = chart.at
    place = {"overlayPosition": {"anchorCell": grid_coordinate(sheet_id, row - 1, column), **_PIXELS}}
    spec = {"title": chart.title, "basicChart": basic, "hiddenDimensionStrategy": "SHOW_ALL"}
    return {"chartId": chart_id, "spec": spec, "position": place}
