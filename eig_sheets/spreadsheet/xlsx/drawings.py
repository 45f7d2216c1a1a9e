"""The charts of a robot's tab: the place of each in the drawing, which people share.

A chart that already draws the same cells under the same title stays as people made it: its place, its size, its look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.sheet import Chart
from eig_sheets.spreadsheet.xlsx.charts import CHART, CHART_TYPE, MAIN, drawn, namespace, part
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import (
    Element,
    escape_attribute,
    insert_inside,
    prefix_of,
    scan,
    splice,
)
from eig_sheets.spreadsheet.xlsx.package import Package, relations_part

TYPE: Final = "application/vnd.openxmlformats-officedocument.drawing+xml"
_OURS: Final = "eig-sheets "
_ANCHORS: Final = ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor")
_SPREADSHEET: Final = "spreadsheetDrawing"
_WIDTH, _HEIGHT = 540 * 9525, 320 * 9525
"""Size of a chart, in EMU: 540 by 320 pixels."""
_ROWS, _COLUMNS = 17, 3
"""Rows and columns of a tab that a chart takes."""
_GAP: Final = 12 * 9525
"""Margin above a chart, so that its frame is not on the page before."""


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """One chart of ours in a drawing: the name of its frame, the part of the chart, its first row (1-based) and column.

    The column is 0-based, as that of `Chart.at`.
    """

    name: str
    chart: str
    row: int
    column: int
    element: Element

    def covers(self, chart: Chart) -> bool:
        """Whether it would stand over a chart, or under it, where that one is to be drawn."""
        row, column = chart.at
        return abs(self.row - row) < _ROWS and abs(self.column - column) < _COLUMNS


def frames(package: Package, drawing: str) -> list[ChartFrame]:
    """The charts of ours in a drawing."""
    targets = {relation.id: relation.target for relation in package.relations(drawing)}
    return [frame for anchor in _anchors(package.read(drawing)) if (frame := _frame(anchor, targets))]


def others(package: Package, drawing: str) -> list[bytes]:
    """The XML of people's own drawings."""
    data, ours = package.read(drawing), {frame.element.start for frame in frames(package, drawing)}
    return [data[anchor.start : anchor.end] for anchor in _anchors(data) if anchor.start not in ours]


def parts_of(package: Package, drawing: str) -> Iterator[str]:
    """The parts of the charts of ours, with those that only they use."""
    for frame in frames(package, drawing):
        yield from (frame.chart, relations_part(frame.chart))
        yield from (relation.target for relation in package.relations(frame.chart) if relation.target in package)


def with_charts(contents: Contents, sheet_part: str, wanted: Sequence[Chart], own_tab: str, first_free_row: int) -> str:
    """Replace our charts in the drawing of a sheet.

    Returns the id of a new relationship when the sheet had no drawing, else ''. `first_free_row`: charts above it are
    moved under the rows of the tab.
    """
    package = contents.package
    drawing = next((r.target for r in package.relations(sheet_part) if r.kind == "drawing"), None)
    if drawing is None and not wanted:
        return ""
    relation = ""
    if drawing is None:
        drawing = package.free_name("xl/drawings/drawing{}.xml")
        package.write(drawing, _empty(strict=contents.is_strict))
        package.declare(drawing, TYPE)
        relation = package.relate(sheet_part, f"{contents.office}/drawing", drawing)
    names = [f"{_OURS}{number}" for number in range(1, len(wanted) + 1)]
    parts = {
        name: part(chart, chart.tab or own_tab, strict=contents.is_strict)
        for name, chart in zip(names, wanted, strict=True)
    }
    same = [
        frame
        for frame in frames(package, drawing)
        if frame.row >= first_free_row and frame.name in parts and _is_same(package, frame, parts[frame.name])
    ]
    kept = _uncovered(same, dict(zip(names, wanted, strict=True)))
    _remove(package, drawing, kept)
    for name, chart in zip(names, wanted, strict=True):
        if name not in kept:
            _add(contents, drawing, name, chart, parts[name])
    return relation


def _uncovered(same: Sequence[ChartFrame], wanted: Mapping[str, Chart]) -> set[str]:
    """The charts that stay where they are, people's place or ours: those that cover none of which is drawn again."""
    kept = {frame.name for frame in same}
    while covering := {
        frame.name
        for frame in same
        if frame.name in kept and any(frame.covers(chart) for name, chart in wanted.items() if name not in kept)
    }:
        kept -= covering
    return kept


def _is_same(package: Package, frame: ChartFrame, part: bytes) -> bool:
    return drawn(package.read(frame.chart)) == drawn(part)


def _remove(package: Package, drawing: str, kept: set[str]) -> None:
    gone = [frame for frame in frames(package, drawing) if frame.name not in kept]
    package.write(drawing, splice(package.read(drawing), [(f.element.start, f.element.end, b"") for f in gone]))
    for frame in gone:
        for relation in package.relations(frame.chart):
            if relation.target in package:
                package.drop(frame.chart, relation.target)
        package.drop(drawing, frame.chart)


def _add(contents: Contents, drawing: str, name: str, chart: Chart, data: bytes) -> None:
    package = contents.package
    part = package.free_name("xl/charts/chart{}.xml")
    package.write(part, data)
    package.declare(part, CHART_TYPE)
    relation = package.relate(drawing, f"{contents.office}/chart", part)
    now = package.read(drawing)
    root = scan(now)
    number = 1 + max((_number(element) for element in root.walk() if element.name == "cNvPr"), default=1)
    anchor = _anchor(contents, name, chart, (relation, number), prefix_of(now, root))
    package.write(drawing, splice(now, [insert_inside(now, root, anchor.encode())]))


def _number(element: Element) -> int:
    number = element.attributes.get("id", "")
    return int(number) if number.isdigit() else 0


def _anchors(data: bytes) -> list[Element]:
    return [child for child in scan(data).children if child.name in _ANCHORS]


def _frame(anchor: Element, targets: dict[str, str]) -> ChartFrame | None:
    name = next((element.attributes.get("name", "") for element in anchor.walk() if element.name == "cNvPr"), "")
    ids = (value for element in anchor.walk() if element.name == "chart" for key, value in element.attributes.items())
    chart = next((targets[value] for value in ids if value in targets), None)
    if chart is None or not name.startswith(_OURS):
        return None
    row, column = (_corner(anchor, side) for side in ("row", "col"))
    return ChartFrame(name, chart, row + 1, column, anchor)


def _corner(anchor: Element, side: str) -> int:
    """The 0-based row or column where it begins; 0 where nothing says so."""
    found = anchor.find("from", side)
    return int(found.text) if found and found.text.isdigit() else 0


def _empty(*, strict: bool) -> bytes:
    own, main = (namespace(name, strict=strict) for name in (_SPREADSHEET, MAIN))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<xdr:wsDr xmlns:xdr="{own}" xmlns:a="{main}"></xdr:wsDr>'.encode()


def _anchor(contents: Contents, name: str, chart: Chart, ids: tuple[str, int], p: str) -> str:
    """The anchor of a chart; it declares its namespaces, which are not those of every drawing. `p`: its prefix."""
    relation, number = ids
    main, graph = (namespace(part, strict=contents.is_strict) for part in (MAIN, CHART))
    row, column = chart.at
    return (
        f"<{p}oneCellAnchor><{p}from><{p}col>{column}</{p}col><{p}colOff>0</{p}colOff>"
        f"<{p}row>{row - 1}</{p}row><{p}rowOff>{_GAP}</{p}rowOff></{p}from>"
        f'<{p}ext cx="{_WIDTH}" cy="{_HEIGHT}"/><{p}graphicFrame macro=""><{p}nvGraphicFramePr>'
        f'<{p}cNvPr id="{number}" name="{name}" descr="{escape_attribute(chart.title)}"/><{p}cNvGraphicFramePr/>'
        f'</{p}nvGraphicFramePr><{p}xfrm><a:off xmlns:a="{main}" x="0" y="0"/>'
        f'<a:ext xmlns:a="{main}" cx="0" cy="0"/></{p}xfrm><a:graphic xmlns:a="{main}"><a:graphicData uri="{graph}">'
        f'<c:chart xmlns:c="{graph}" xmlns:r="{contents.office}" r:id="{relation}"/></a:graphicData></a:graphic>'
        f"</{p}graphicFrame><{p}clientData/></{p}oneCellAnchor>"
    )
