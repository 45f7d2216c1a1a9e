"""The part of a chart in a package: its title, its cells, its axes."""

from __future__ import annotations

from itertools import cycle
from typing import Final

from eig_sheets.spreadsheet.model.cells import column_letters
from eig_sheets.spreadsheet.model.palette import GREY, PATTERNS, RULE, SERIES
from eig_sheets.spreadsheet.model.sheet import Chart, Format
from eig_sheets.spreadsheet.xlsx.contents import quoted
from eig_sheets.spreadsheet.xlsx.markup import Element, escape_text, scan

CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART, MAIN = "chart", "main"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_STRICT: Final = "http://purl.oclc.org/ooxml/drawingml"
_LABELS_AXIS, _NUMBERS_AXIS = 111, 222
_TITLE_SIZE, _AXIS_SIZE, _LABEL_SIZE = 1200, 900, 800
"""Hundredths of a point."""


def namespace(name: str, *, strict: bool) -> str:
    """A namespace of drawings, in the family of the workbook's own."""
    return f"{_STRICT if strict else _TRANSITIONAL}/{name}"


def part(chart: Chart, tab: str, *, strict: bool) -> bytes:
    """The bytes of the part of a chart whose cells are in that tab."""
    direction = "bar" if chart.sideways else "col"
    grouping = "stacked" if chart.stacked else "clustered"
    overlap = '<c:overlap val="100"/>' if chart.stacked else ""
    labels, numbers = ("l", "b") if chart.sideways else ("b", "l")
    order = "maxMin" if chart.sideways else "minMax"  # the first label on top, as in the tab
    several = len(chart.numbers) > 1
    series = "".join(
        _series(chart, tab, place, column, shade, named=several)
        for place, (column, shade) in enumerate(zip(chart.numbers, cycle(SERIES), strict=False))
    )
    pieces = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<c:chartSpace xmlns:c="{namespace(CHART, strict=strict)}" xmlns:a="{namespace(MAIN, strict=strict)}">',
        '<c:roundedCorners val="0"/><c:chart>',
        _title(chart.title, _TITLE_SIZE, bold=True),
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>',
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>',
        series,
        f'<c:gapWidth val="60"/>{overlap}<c:axId val="{_LABELS_AXIS}"/><c:axId val="{_NUMBERS_AXIS}"/></c:barChart>',
        _labels_axis(chart, labels, order),
        _numbers_axis(chart, numbers),
        "</c:plotArea>",
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if several else "",
        '<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>',
    )
    return "".join(pieces).encode()


def _series(chart: Chart, tab: str, place: int, column: int, shade: str, *, named: bool) -> str:
    header = f"{quoted(tab)}!${column_letters(column)}${chart.first_row - 1}"
    name = f"<c:tx><c:strRef><c:f>{escape_text(header)}</c:f></c:strRef></c:tx>" if named else ""
    outline = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{SERIES[0]}"/></a:solidFill></a:ln>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name}'
        f'<c:spPr><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill>{outline}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:cat><c:strRef><c:f>{escape_text(_area(chart, tab, chart.labels))}</c:f></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{escape_text(_area(chart, tab, column))}</c:f></c:numRef></c:val></c:ser>"
    )


def _area(chart: Chart, tab: str, column: int) -> str:
    letters = column_letters(column)
    return f"{quoted(tab)}!${letters}${chart.first_row}:${letters}${chart.last_row}"


def _labels_axis(chart: Chart, side: str, order: str) -> str:
    return (
        f"<c:catAx>{_axis(_LABELS_AXIS, side, order, chart.axes[0])}"
        f'<c:crossAx val="{_NUMBERS_AXIS}"/><c:crosses val="autoZero"/></c:catAx>'
    )


def _numbers_axis(chart: Chart, side: str) -> str:
    """The axis of numbers; that of sideways bars stays at the bottom, below the last label."""
    lines = f"<c:majorGridlines><c:spPr>{_line(RULE)}</c:spPr></c:majorGridlines>"
    step = f'<c:majorUnit val="{chart.step}"/>' if chart.step else ""
    crosses = "max" if chart.sideways else "autoZero"
    return (
        f"<c:valAx>{_axis(_NUMBERS_AXIS, side, 'minMax', chart.axes[1], lines)}"
        f'<c:crossAx val="{_LABELS_AXIS}"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _axis(number: int, side: str, order: str, title: str, lines: str = "") -> str:
    """What both axes have, in the order of the schema."""
    return (
        f'<c:axId val="{number}"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>{lines}{_title(title, _AXIS_SIZE) if title else ""}'
        f'<c:numFmt formatCode="{PATTERNS[Format.INTEGER]}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr>{_line(GREY)}</c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{_LABEL_SIZE}"/></a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )


def _line(shade: str) -> str:
    return f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:ln>'


def _title(text: str, size: int, *, bold: bool = False) -> str:
    weight = f'b="{int(bold)}"'
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}" {weight}/></a:pPr>'
        f'<a:r><a:rPr lang="fr-FR" sz="{size}" {weight}/><a:t>{escape_text(text)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def drawn(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The title of a chart's part and the areas of its cells, whichever program saved it last."""
    root = scan(data)
    title = root.find("chart", "title")
    words = [element.text for element in title.walk() if element.name == "t"] if title else []
    return "".join(words), tuple(sorted({_spelled(element) for element in root.walk() if element.name == "f"}))


def _spelled(element: Element) -> str:
    return element.text.replace("'", "").replace("$", "")
