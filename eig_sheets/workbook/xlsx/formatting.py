"""Cell styles of the tabs that we make: colours, fonts, French number formats."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from eig_sheets.workbook.model import palette
from eig_sheets.workbook.model.cells import Formula, Link, WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.xlsx.dates import NumberKind
from eig_sheets.workbook.xlsx.styles import Node, Styles, node

_BUILT_IN = {Format.GENERAL: 0, Format.MIXED: 0, Format.WRAPPED: 0, Format.TEXT: 0, Format.NOTE: 2, Format.INTEGER: 3}
_TEXT_FORMAT = 49

PADDING = 2
"""Characters added to the width of a column, for the indent and the filter button of the header."""

_RISKY_STARTS = ("=", "+", "-", "@", "'")


def opaque(colour: str) -> str:
    """An opaque ARGB colour, as files write it."""
    return f"FF{colour}"


def _solid(colour: str) -> Node:
    inside = (node("fgColor", rgb=opaque(colour)), node("bgColor", indexed="64"))
    return node("fill", node("patternFill", *inside, patternType="solid"))


def _line(colour: str, *sides: str) -> Node:
    edges = [
        node(side, node("color", rgb=opaque(colour)), style="thin") if side in sides else node(side)
        for side in ("left", "right", "top", "bottom")
    ]
    return node("border", *edges, node("diagonal"))


class Looks:
    """Indexes of our cell styles, each added to the workbook's styles when it is first needed."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.header = cache(self._header)
        self.body = cache(self._body)
        self.banner = cache(self._banner)
        self.tone = cache(self._tone)
        self.fitted = cache(self._fitted)
        self._number_kind = cache(styles.number_kind)

    def _font(self, colour: str, *, bold: bool = False, underlined: bool = False) -> int:
        base = {child.name: child for child in self.styles.default_font().children}
        kept = [base[name] for name in ("sz",) if name in base]
        after = [base[name] for name in ("name", "family") if name in base]
        before = [node("b")] if bold else []
        line = [node("u")] if underlined else []
        return self.styles.font(node("font", *before, *line, *kept, node("color", rgb=opaque(colour)), *after))

    def _header(self, robot: bool) -> int:
        alignment = node("alignment", vertical="center", horizontal="left", indent="1", wrapText="1")
        return self._style(
            font=self._font(palette.WHITE if robot else palette.DARK, bold=True),
            fill=self.styles.fill(_solid(palette.DARK if robot else palette.SOFT)),
            border=self.styles.border(_line(palette.RULE, "right", "bottom")),
            children=(alignment,),
        )

    def _body(self, look: Format, *, unlocked: bool = False, link: bool = False, typed: bool = False) -> int:
        """The style of a cell under the header; `unlocked` in a protected tab, `typed` where people type."""
        children = [node("alignment", vertical="top", **_alignment(look, typed=typed))]
        if unlocked:
            children.append(node("protection", locked="0"))
        number = _TEXT_FORMAT if typed and look is Format.TEXT else self._number_format(look)
        return self._style(
            font=self._font(palette.LINK, underlined=True) if link else 0,
            border=self.styles.border(_line(palette.RULE, "bottom")),
            number_format=number,
            children=tuple(children),
        )

    def _banner(self, warning: bool, *, wrapped: bool = False) -> int:
        font = self._font(palette.RED if warning else palette.GREY, bold=warning)
        fill = self.styles.fill(_solid(palette.PALE_RED)) if warning else 0
        alignment = node("alignment", vertical="center", **({"wrapText": "1"} if wrapped else {}))
        return self._style(font=font, fill=fill, children=(alignment,))

    def _style(
        self, *, font: int = 0, fill: int = 0, border: int = 0, number_format: int = 0, children: tuple[Node, ...] = ()
    ) -> int:
        applied = {
            "applyFont": font, "applyFill": fill, "applyBorder": border, "applyNumberFormat": number_format,
            "applyAlignment": 1, "applyProtection": any(child.name == "protection" for child in children),
        }  # fmt: skip
        numbers = {"numFmtId": number_format, "fontId": font, "fillId": fill, "borderId": border, "xfId": 0}
        attributes = {name: str(value) for name, value in numbers.items()}
        return self.styles.style(
            node("xf", *children, **attributes, **{name: "1" for name, on in applied.items() if on})
        )

    def _number_format(self, look: Format) -> int:
        return _BUILT_IN[look] if look in _BUILT_IN else self.styles.number_format(palette.PATTERNS[look])

    def _tone(self, tone: Tone) -> int:
        colour, background = palette.TONES[tone]
        return self._rule(colour, background)

    def warning(self) -> int:
        """The index of the `dxf` that shows a banner line in red."""
        return self._rule(palette.RED, palette.PALE_RED, bold=True)

    def _rule(self, colour: str, background: str, *, bold: bool = False) -> int:
        font = node("font", *([node("b")] if bold else []), node("color", rgb=opaque(colour)))
        fill = node("fill", node("patternFill", node("bgColor", rgb=opaque(background)), patternType="solid"))
        return self.styles.difference(node("dxf", font, fill))

    def for_value(self, style: int, look: Column, value: WrittenValue) -> int:
        """The style, changed only if the value would be read as something else with it.

        A date needs a date format and a number must not have one; a text that begins like a formula must stay a text
        when somebody edits it.
        """
        if isinstance(value, str) and value.startswith(_RISKY_STARTS):
            return self.fitted(style, look.format, "quoted")
        if isinstance(value, datetime):
            return style if self._number_kind(style) is NumberKind.DATE else self.fitted(style, look.format, "date")
        if _is_number(value) and self._number_kind(style) is not NumberKind.NUMBER:
            return self.fitted(style, look.format, "number")
        return style

    def _fitted(self, style: int, look: Format, kind: str) -> int:
        base = self.styles.cell_style(style)
        if kind == "quoted":
            return self.styles.style(base.with_changes(quotePrefix="1"))
        if kind == "date":
            look = look if look in (Format.DATE, Format.DATETIME) else Format.DATETIME
        elif look in (Format.DATE, Format.DATETIME):
            look = Format.GENERAL
        number = str(self._number_format(look))
        return self.styles.style(base.with_changes(numFmtId=number, applyNumberFormat="1"))


def _alignment(look: Format, *, typed: bool) -> dict[str, str]:
    """The alignment of a format: text left, numbers right, indented; where people type, numbers keep the default."""
    if look in (Format.TEXT, Format.WRAPPED):
        return {"horizontal": "left", "indent": "1", "wrapText": "1"}
    if look is Format.MIXED:
        return {"horizontal": "center"}
    return {} if typed or look is Format.GENERAL else {"horizontal": "right", "indent": "1"}


def _is_number(value: WrittenValue) -> bool:
    if isinstance(value, Formula):
        return _is_number(value.value)
    return isinstance(value, (int, float)) and not isinstance(value, (bool, datetime, Link))
