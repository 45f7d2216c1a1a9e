"""How a cell looks, from Google's JSON: what people or the robot wished, without what colour rules add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eig_sheets.copying.book import CopiedValue, Style
from eig_sheets.copying.formats import code

Json = dict[str, Any]

_HORIZONTAL = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
_VERTICAL = {"TOP": "top", "MIDDLE": "center", "BOTTOM": "bottom"}
_LINES = {
    "DOTTED": "dotted",
    "DASHED": "dashed",
    "SOLID": "thin",
    "SOLID_MEDIUM": "medium",
    "SOLID_THICK": "thick",
    "DOUBLE": "double",
}
_SIDES = ("left", "right", "top", "bottom")
_LINK = "1155CC"
_RISKY_STARTS = ("=", "+", "-", "@", "'")


def theme_of(properties: Json) -> Mapping[str, str]:
    """The colours of the spreadsheet's theme, by their names."""
    named = properties.get("spreadsheetTheme", {}).get("themeColors", ())
    return {one["colorType"]: _rgb(one.get("color", {}).get("rgbColor", {})) for one in named}


def colour(style: Json | None, theme: Mapping[str, str]) -> str:
    """A ColorStyle as RRGGBB; '' for none."""
    if not style:
        return ""
    if "themeColor" in style:
        return theme.get(style["themeColor"], "")
    return _rgb(style.get("rgbColor", {}))


def _rgb(parts: Json) -> str:
    """Google leaves out what is 0."""
    return "".join(f"{round(255 * parts.get(name, 0)):02X}" for name in ("red", "green", "blue"))


class Looks:
    """The styles of cells, each read once."""

    def __init__(self, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._known: dict[str, Style] = {}
        self._others: dict[tuple[Style, bool, bool], Style] = {}

    def of(self, cell: Json, value: CopiedValue) -> Style:
        """The style of a CellData that shows that value."""
        wished = cell.get("userEnteredFormat", {})
        shown = cell.get("effectiveFormat", {}).get("numberFormat") or wished.get("numberFormat", {})
        key = f"{wished}{shown}"
        style = self._known.get(key)
        if style is None:
            style = self._known[key] = self._read(wished, shown)
        quoted = isinstance(value, str) and value.startswith(_RISKY_STARTS)
        linked = "hyperlink" in cell and value is not None
        return self._other(style, quoted=quoted, linked=linked) if quoted or linked else style

    def _other(self, style: Style, *, quoted: bool, linked: bool) -> Style:
        """The style of a text that begins like a formula, or of what Google shows as a link."""
        key = (style, quoted, linked)
        if key not in self._others:
            shown = replace(style, colour=style.colour or _LINK, underline=True) if linked else style
            self._others[key] = replace(shown, quoted=quoted)
        return self._others[key]

    def _read(self, wished: Json, number_format: Json) -> Style:
        text = wished.get("textFormat", {})
        return Style(
            number_format=code(number_format),
            bold=text.get("bold", False),
            italic=text.get("italic", False),
            underline=text.get("underline", False),
            strike=text.get("strikethrough", False),
            colour=colour(text.get("foregroundColorStyle"), self._theme),
            size=text.get("fontSize", 0),
            family=text.get("fontFamily", "").partition(",")[0],
            background=colour(wished.get("backgroundColorStyle"), self._theme),
            horizontal=_HORIZONTAL.get(wished.get("horizontalAlignment", ""), ""),
            vertical=_VERTICAL.get(wished.get("verticalAlignment", ""), ""),
            wrap=wished.get("wrapStrategy") == "WRAP",
            borders=self._borders(wished.get("borders", {})),
        )

    def _borders(self, borders: Json) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (side, _LINES[borders[side]["style"]], colour(borders[side].get("colorStyle"), self._theme) or "000000")
            for side in _SIDES
            if borders.get(side, {}).get("style") in _LINES
        )
