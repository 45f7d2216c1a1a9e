"""Styles of the copy as entries of xl/styles.xml."""

from __future__ import annotations

from functools import cache

from eig_sheets.exporting.book import Style
from eig_sheets.workbook.xlsx.looks import opaque
from eig_sheets.workbook.xlsx.styles import Node, Styles, node

_BUILT_IN = {"": 0, "@": 49}
_SIDES = ("left", "right", "top", "bottom")
_LARGEST_FONT = 409


class StyleNumbers:
    """Numbers of cell styles and of rules' styles, each made the first time that it is asked for."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.of = cache(self._cell)
        self.rule = cache(self._rule)

    def _cell(self, style: Style) -> int:
        if style == Style():
            return 0
        code = style.number_format
        number = _BUILT_IN[code] if code in _BUILT_IN else self._styles.number_format(code)
        numbers = {
            "numFmtId": number,
            "fontId": self._font(style),
            "fillId": self._styles.fill(_fill(style.background)) if style.background else 0,
            "borderId": self._styles.border(_border(style)) if style.borders else 0,
        }
        applied = dict(zip(("NumberFormat", "Font", "Fill", "Border"), numbers.values(), strict=True))
        attributes = {name: str(value) for name, value in numbers.items()}
        attributes |= {f"apply{name}": "1" for name, value in applied.items() if value}
        if style.quoted:
            attributes["quotePrefix"] = "1"
        return self._styles.style(node("xf", *_alignment(style), xfId="0", **attributes))

    def _font(self, style: Style) -> int:
        wished = (style.bold, style.italic, style.strike, style.underline, style.colour, style.size, style.family)
        if not any(wished):
            return 0
        usual = {child.name: child for child in self._styles.default_font().children}
        marks = [node(tag) for tag, on in zip(("b", "i", "strike", "u"), wished, strict=False) if on]
        size = node("sz", val=f"{min(style.size, _LARGEST_FONT):g}") if style.size else usual["sz"]
        colour = [node("color", rgb=opaque(style.colour))] if style.colour else []
        family = [node("name", val=style.family)] if style.family else [usual["name"], usual["family"]]
        return self._styles.font(node("font", *marks, size, *colour, *family))

    def _rule(self, style: Style) -> int:
        marks = [node(tag) for tag, on in (("b", style.bold), ("i", style.italic), ("strike", style.strike)) if on]
        colour = [node("color", rgb=opaque(style.colour))] if style.colour else []
        background = node("patternFill", node("bgColor", rgb=opaque(style.background)), patternType="solid")
        font = [node("font", *marks, *colour)] if marks or colour else []
        fill = [node("fill", background)] if style.background else []
        return self._styles.difference(node("dxf", *font, *fill))


def _fill(colour: str) -> Node:
    inside = (node("fgColor", rgb=opaque(colour)), node("bgColor", indexed="64"))
    return node("fill", node("patternFill", *inside, patternType="solid"))


def _border(style: Style) -> Node:
    lines = {side: (line, colour) for side, line, colour in style.borders}
    edges = [
        node(side, node("color", rgb=opaque(lines[side][1])), style=lines[side][0]) if side in lines else node(side)
        for side in _SIDES
    ]
    return node("border", *edges, node("diagonal"))


def _alignment(style: Style) -> list[Node]:
    wished = {
        "horizontal": style.horizontal,
        "vertical": style.vertical if style.vertical != "bottom" else "",
        "wrapText": "1" if style.wrap else "",
    }
    kept = {name: value for name, value in wished.items() if value}
    return [node("alignment", **kept)] if kept else []
