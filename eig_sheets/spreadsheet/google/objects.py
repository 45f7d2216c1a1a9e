"""Requests for the marks, objects and charts of a tab: protections, filter views, tables, merges, links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import cycle

from eig_sheets.spreadsheet.google import marks
from eig_sheets.spreadsheet.google.areas import Json, extend, grid_coordinate, grid_range
from eig_sheets.spreadsheet.google.formatting import colour
from eig_sheets.spreadsheet.google.reading import TabProperties, protection_description
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.palette import SERIES
from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.spreadsheet.model.sheet import Chart, FilterView, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

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


def views(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """The requests for the filter views that a new tab gets once: they are people's from then on."""
    where = grid_range(sheet_id, (sheet.header_row - 1, None), (0, len(sheet.columns)))
    for view in sheet.views:
        hidden = {"columnIndex": view.column, "filterCriteria": {"hiddenValues": [view.left_out]}}
        yield {"addFilterView": {"filter": {"title": view.title, "range": where, "filterSpecs": [hidden]}}}


def named_view(view: FilterView, sheet_id: int, header_row: int, view_id: int) -> Json:
    """The request for the filter view of the rows that have a text, which anyone may open for themselves."""
    shown = {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": view.text}]}}
    made = {
        "filterViewId": view_id,
        "title": view.title,
        "range": {"sheetId": sheet_id, "startRowIndex": header_row - 1, "startColumnIndex": 0},
        "filterSpecs": [{"columnIndex": view.column, "filterCriteria": shown}],
    }
    return {"addFilterView": {"filter": made}}


def delete_tables(tab: TabProperties) -> Iterator[Json]:
    """The requests that delete the tables that people made of a robot's tab, and what they hold."""
    for table_id in tab.tables:
        yield {"deleteTable": {"tableId": table_id}}


def unmerge(tab: TabSnapshot, sheet_id: int) -> Iterator[Json]:
    """The requests that undo the merges that people made on a robot's tab, which hide what it writes."""
    for area in tab.merges:
        rows, columns = (area.first_row - 1, area.last_row), (area.first_column, area.last_column + 1)
        yield {"unmergeCells": {"range": grid_range(sheet_id, rows, columns)}}


def grid_size(sheet: Sheet) -> tuple[int, int]:
    """The rows and columns that a tab needs for its table and its charts."""
    height, width = extent(sheet)
    return max(len(sheet.grid()), sheet.header_row + 1, height), max(len(sheet.columns), 1, width)


def enlarged(properties: TabProperties, height: int, width: int) -> Iterator[Json]:
    """The requests that give a tab the rows and columns that it lacks."""
    if height > properties.rows:
        yield extend(properties.id, "ROWS", properties.rows, height)
    if width > properties.columns:
        yield extend(properties.id, "COLUMNS", properties.columns, width)


def is_blank(tab: TabSnapshot) -> bool:
    """Whether a tab holds nothing in any cell."""
    return all(value is None for row in tab.rows for value in row)


def link_address(link: Link, tabs: Mapping[str, TabProperties]) -> str | None:
    """The address of a link within the spreadsheet, on its filter view where there is; None without its tab."""
    tab = tabs.get(link.tab)
    if tab is None:
        return None
    view = tab.views.get(link.view)
    return f"#gid={tab.id}&range={link.cell}" if view is None else f"#gid={tab.id}&fvid={view}"


def tab_marks(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """The requests that mark a new tab and its columns, and record its look."""
    yield marks.mark_tab(sheet_id, sheet.id)
    yield marks.mark_look(sheet_id, sheet.look, None)
    for place, name in (*enumerate(sheet.fields), *sheet.robot_columns):
        yield marks.mark_column(sheet_id, place, name)


def tab_protections(sheet: Sheet, sheet_id: int, editors: Sequence[str], officers: Sequence[str]) -> Iterator[Json]:
    """Protect a robot's tab as a whole, in other tabs the guarded columns, for the officers if there are any."""
    if sheet.owner is Owner.ROBOT:
        yield protection(sheet_id, "", editors)
        yield filter_view(sheet, sheet_id)
    elif officers:
        for place, column in enumerate(sheet.columns):
            if column.guarded:
                yield protection(sheet_id, sheet.fields[place], editors, (place, sheet.header_row))


def equip(operation: Equip, tab: TabProperties, editors: Sequence[str]) -> Iterator[Json]:
    """The requests that give a tab the marks and protections that it lacks, and take marks off columns of people's."""
    if operation.mark:
        yield marks.mark_tab(tab.id, operation.mark)
    for column, name in operation.columns:
        yield marks.mark_column(tab.id, column, name)
    for column, name in operation.released:
        mark_id = tab.column_ids.get((name, column))
        if mark_id is not None:
            yield marks.delete_mark(mark_id)
    for place, name in operation.guarded:
        where = None if place is None else (place, operation.header_row)
        known = tab.protections.get(name)
        if known is None:
            yield protection(tab.id, name, editors, where)
        else:
            yield share_protection(known[0], [*known[1], *editors])
