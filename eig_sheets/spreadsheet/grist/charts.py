"""Charts of `Accueil`, on a page of their own under its page: added once each, then only their titles follow. Pure.

A page of Grist fits its window, and does not scroll: beside six charts, the table of `Accueil` would have no room left.
Blank cells under the numbers of a chart need no filter: Grist draws no row in which no series has a number
(`trimNonNumericData` in its `ChartView.ts`), nor takes « 1 » for a number in a column of texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist import pages
from eig_sheets.spreadsheet.grist.document import CHART_MARK, MARKS, ChartMark, ChartSection, Document, GristTable
from eig_sheets.spreadsheet.model.sheet import Chart, Sheet

PAGE: Final = "Graphiques"
_NEW_VIEW: Final = -1
"""Stands for the view that the same list of actions adds."""


def added(
    sheets: Sequence[Sheet], document: Document, moved: Mapping[int, float], first: int = 0
) -> Iterator[list[Any]]:
    """The actions that add the charts which the document never had; the numbers of their tables and columns are known.

    `sheets` have the charts; `moved` are the places that pages are being given, by their rows; `first` is the number of
    the first section that we may add, 0 for the one after the document's.
    """
    view = _view(document)
    drawn = [(sheet, *source) for sheet in sheets for chart in sheet.charts if (source := _source(chart, document))]
    marks = _marks([table.columns[chart.labels].ref for _, chart, table in drawn], document)
    new = [placed for placed, mark in zip(drawn, marks, strict=True) if mark is None]
    if not new or view is None:
        return
    if view == _NEW_VIEW:
        yield from _page(document.table(new[0][0].name), document, moved)
    for number, (_, chart, table) in enumerate(new, first or document.last_section + 1):
        yield from _added(chart, table, view, number)


def renamed(titles: Sequence[str], labels: Sequence[int], document: Document) -> Iterator[list[Any]]:
    """The actions that give titles to the charts of those labels (numbers of columns), unless people named them."""
    for title, mark in zip(titles, _marks(labels, document), strict=True):
        if mark is not None and mark.title != title and is_ours(mark, document):
            yield ["UpdateRecord", "_grist_Views_section", mark.section, {"title": title}]
            yield ["UpdateRecord", MARKS, mark.row_id, {"aspect": title}]


def _marks(labels: Sequence[int], document: Document) -> list[ChartMark | None]:
    """The mark of each chart by the column of its labels, 0 for none; of charts that share it, in their order."""
    left = [mark for mark in document.chart_marks if mark.labels]
    marks = []
    for ref in labels:
        marks.append(next((mark for mark in left if mark.labels == ref), None))
        left = [mark for mark in left if mark is not marks[-1]]
    return marks


def is_ours(mark: ChartMark, document: Document) -> bool:
    """Whether the section of a mark is still the chart that we added, under the title that we gave it."""
    return any(section.title == mark.title for section in _marked([mark], document))


def own_sections(document: Document) -> Iterator[ChartSection]:
    """The charts that we added and that are still there, however people renamed, restyled or moved them."""
    return _marked([mark for mark in document.chart_marks if mark.labels], document)


def _marked(marks: Sequence[ChartMark], document: Document) -> Iterator[ChartSection]:
    """The charts that these marks are about: of the same row, and of the same numbers, since rows are given again."""
    places = {(mark.section, mark.labels) for mark in marks}
    return (section for section in document.charts if (section.row_id, section.labels) in places)


def _source(chart: Chart, document: Document) -> tuple[Chart, GristTable] | None:
    """The chart with the table of its numbers, when it is there with all of their columns."""
    table = document.table(chart.tab)
    return (chart, table) if table and max(chart.labels, *chart.numbers) < len(table.columns) else None


def own_views(document: Document) -> list[int]:
    """The views to which we may add: where charts of ours are, but for pages of tables, to which people moved them."""
    of_tables = {table.primary_view for table in document.tables}
    return [section.view for section in own_sections(document) if section.view not in of_tables]


def _view(document: Document) -> int | None:
    """The view of the charts; None when we added some, and people left none of them there: they do not want any."""
    had = any(mark.labels for mark in document.chart_marks)
    return next(iter(own_views(document)), None if had else _NEW_VIEW)


def _page(home: GristTable | None, document: Document, moved: Mapping[int, float]) -> Iterator[list[Any]]:
    """A new page, below that of `Accueil` where it has one: just before the page that follows it, else the last."""
    yield ["AddRecord", "_grist_Views", _NEW_VIEW, {"name": PAGE}]
    cells: dict[str, Any] = {"viewRef": _NEW_VIEW}
    if home is not None and home.page is not None:
        cells |= {"indentation": 1} | pages.place_below(home.page, document, moved)
    yield ["AddRecord", "_grist_Pages", None, cells]


def _added(chart: Chart, table: GristTable, view: int, number: int) -> Iterator[list[Any]]:
    """One chart, in the row `number`, which makes Grist refuse the list when somebody added another view meanwhile."""
    columns = [table.columns[place].ref for place in (chart.labels, *chart.numbers)]
    section = {
        "tableRef": table.ref, "parentId": view, "parentKey": "chart", "chartType": "bar", "title": chart.title,
        "options": json.dumps(_options(chart)), "borderWidth": 1, "defaultWidth": 100,
    }  # fmt: skip
    fields = {"parentId": [number] * len(columns), "colRef": columns}
    mark = {"table_id": table.id, "col_id": table.columns[chart.labels].id, "robot": False}
    yield ["AddRecord", "_grist_Views_section", number, section]
    yield ["BulkAddRecord", "_grist_Views_section_field", [None] * len(columns), fields]
    yield ["AddRecord", MARKS, None, {**mark, "repere": f"{CHART_MARK}{number}", "aspect": chart.title}]


def _options(chart: Chart) -> dict[str, Any]:
    """Bars that go to the right have their first label at the top, as in other spreadsheets."""
    sideways = {"orientation": "h", "invertYAxis": True} if chart.sideways else {}
    return {**sideways, **({"stacked": True} if chart.stacked else {})}
