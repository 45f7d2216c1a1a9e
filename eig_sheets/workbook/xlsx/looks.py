"""What tabs that we make look like: a few colours, French number formats, each said once."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from eig_sheets.workbook import palette
from eig_sheets.workbook.cells import Formula, Link, WrittenValue
from eig_sheets.workbook.sheet import Column, Format, Tone
from eig_sheets.workbook.xlsx.dates import Shown
from eig_sheets.workbook.xlsx.styles import Node, Styles, node

_BUILT_IN = {Format.GENERAL: 0, Format.WRAPPED: 0, Format.TEXT: 0, Format.NOTE: 2, Format.INTEGER: 3}
_TEXT_FORMAT = 49

ROOM = 2
"""Characters that a column is wider than its text needs: the indent, and the filter's button in the header."""

_RISKY_STARTS = ("=", "+", "-", "@", "'")


def opaque(colour: str) -> str:
    """A colour as files write it."""
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
    """Numbers of cell styles, made in the workbook's styles the first time that each is asked for."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.header = cache(self._header)
        self.body = cache(self._body)
        self.banner = cache(self._banner)
        self.tone = cache(self._tone)
        self.fitted = cache(self._fitted)
        self._shows = cache(styles.shows)

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
        """A cell under the header; `unlocked` in a protected tab, `typed` where people type."""
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

    def _banner(self, alarm: bool) -> int:
        font = self._font(palette.RED if alarm else palette.GREY, bold=alarm)
        fill = self.styles.fill(_solid(palette.PALE_RED)) if alarm else 0
        return self._style(font=font, fill=fill, children=(node("alignment", vertical="center"),))

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

    def alarm(self) -> int:
        """The rule that shows a banner line in red."""
        return self._rule(palette.RED, palette.PALE_RED, bold=True)

    def _rule(self, colour: str, background: str, *, bold: bool = False) -> int:
        font = node("font", *([node("b")] if bold else []), node("color", rgb=opaque(colour)))
        fill = node("fill", node("patternFill", node("bgColor", rgb=opaque(background)), patternType="solid"))
        return self.styles.difference(node("dxf", font, fill))

    def for_value(self, style: int, look: Column, value: WrittenValue) -> int:
        """The style, changed only where the value would otherwise be read as something else.

        A date needs a format of dates and a number none of them; a text that begins like a formula is
        kept a text when somebody edits it.
        """
        if isinstance(value, str) and value.startswith(_RISKY_STARTS):
            return self.fitted(style, look.format, "quoted")
        if isinstance(value, datetime):
            return style if self._shows(style) is Shown.DATE else self.fitted(style, look.format, "date")
        if _is_number(value) and self._shows(style) is not Shown.NUMBER:
            return self.fitted(style, look.format, "number")
        return style

    def _fitted(self, style: int, look: Format, kind: str) -> int:
        base = self.styles.of(style)
        if kind == "quoted":
            return self.styles.style(base.having(quotePrefix="1"))
        if kind == "date":
            look = look if look in (Format.DATE, Format.DATETIME) else Format.DATETIME
        elif look in (Format.DATE, Format.DATETIME):
            look = Format.GENERAL
        number = str(self._number_format(look))
        return self.styles.style(base.having(numFmtId=number, applyNumberFormat="1"))


def _alignment(look: Format, *, typed: bool) -> dict[str, str]:
    """Texts and numbers stand off the next column; where people type, the side of a value still tells its kind."""
    if look in (Format.TEXT, Format.WRAPPED):
        return {"horizontal": "left", "indent": "1", "wrapText": "1"}
    return {} if typed or look is Format.GENERAL else {"horizontal": "right", "indent": "1"}


def _is_number(value: WrittenValue) -> bool:
    if isinstance(value, Formula):
        return _is_number(value.value)
    return isinstance(value, (int, float)) and not isinstance(value, (bool, datetime, Link))
