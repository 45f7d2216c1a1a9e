"""Converts cells of Google's JSON: values, number formats and styles, as an .xlsx holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from eig_sheets.spreadsheet.google import cells
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.spreadsheet.new_xlsx.content import FileValue, Style
from eig_sheets.spreadsheet.xlsx.cell_values import NumberKind, kind_of_format

Json = dict[str, Any]

_EPOCH = datetime(1899, 12, 30)
_FIRST_DAY, _AFTER_LEAP_DAY = 2, 61
"""Google's numbers of 1 January 1900, which Excel counts 1, and of 1 March, from which both count alike: in between,
Excel has a 29 February 1900 that never was."""
_EARLIEST = -693_593
_UNKNOWN_TO_FILES = {"#ERROR!": "#VALUE!"}

_DEFAULT_FORMATS = {
    "TEXT": "@",
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '#,##0.00"\u00a0€"',
    "DATE": "dd/mm/yyyy",
    "TIME": "hh:mm:ss",
    "DATE_TIME": "dd/mm/yyyy hh:mm:ss",
    "SCIENTIFIC": "0.00E+00",
}
"""The patterns of formats without one, which Google shows according to the spreadsheet's locale."""

DATE_TYPES = ("DATE", "DATE_TIME", "TIME")
_LITERAL = re.compile(r'("[^"]*"|\\.|[_*].|\[[^\]]*\])', re.DOTALL)
_BRACKETS = re.compile(
    r"\[(?:h+|m+|s+|black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}|\$[^\]]*|[<>=]{1,2}-?[\d.]+)\]",
    re.IGNORECASE,
)
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")
_VALID_DATE = re.compile(r"(?:[dmyhs0/:\-., ;]|am/pm|a/p)*", re.IGNORECASE)
_VALID_NUMBER = re.compile(r"(?:[#0?.,%$+\-() /:;@]|E[+-]|General)*")
_LONGEST_FORMAT, _FIRST_CUSTOM_FORMAT = 255, 164

_HORIZONTAL = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
_VERTICAL = {"TOP": "top", "MIDDLE": "vcenter"}
_LINE_STYLES = {
    "DOTTED": 4,
    "DASHED": 3,
    "SOLID": 1,
    "SOLID_MEDIUM": 2,
    "SOLID_THICK": 5,
    "DOUBLE": 6,
}
_SIDES = ("left", "right", "top", "bottom")
_LINK_COLOUR = "1155CC"
_FORMULA_STARTS = ("=", "+", "-", "@", "'")


class Remark(Enum):
    """The kinds of differences between a value and its copy."""

    OLD_DATE = "a date before 1900, written as a text"
    LOADING = "a formula that Google had not computed yet"


def value(cell: Json) -> tuple[FileValue, Remark | None]:
    """The displayed value of a CellData."""
    effective = cell.get("effectiveValue")
    if not effective:
        return None, None
    if "errorValue" in effective:
        return _error(effective["errorValue"].get("type", "ERROR"))
    copied = cells.plain(next(iter(effective.values())))
    if isinstance(copied, float) and cells.kind_of(cell) in ("DATE", "DATE_TIME"):
        return _date(copied)
    return copied, None


def _error(kind: str) -> tuple[FileValue, Remark | None]:
    error = cells.error(kind, "")
    if isinstance(error, Uncomputed):
        return CellError("#N/A"), Remark.LOADING
    return CellError(_UNKNOWN_TO_FILES.get(error.code, error.code)), None


def _date(serial: float) -> tuple[FileValue, Remark | None]:
    if serial >= _AFTER_LEAP_DAY:
        return serial, None
    if serial >= _FIRST_DAY:
        return serial - 1, None
    return (_as_text(serial), Remark.OLD_DATE) if serial >= _EARLIEST else (serial, None)


def _as_text(serial: float) -> str:
    """A date as French people type it, to the second."""
    moment = _EPOCH + timedelta(seconds=round(serial * 86_400))
    day = f"{moment:%d/%m}/{moment.year:04d}"
    if not (moment.hour or moment.minute or moment.second):
        return day
    return f"{day} {moment:%H:%M:%S}" if moment.second else f"{day} {moment:%H:%M}"


def format_code(number_format: Json) -> str:
    """The format code that shows values as Google's NumberFormat does; '' for none.

    The default of its type replaces a pattern that Excel might refuse, for which it would offer to repair the file, or
    that would make a date of a number, or a number of a date.
    """
    kind, pattern = number_format.get("type", ""), number_format.get("pattern", "")
    if pattern in ("General", "general") or not (kind or pattern):
        return ""
    return _valid_code(pattern, kind) or _DEFAULT_FORMATS.get(kind, "")


def _valid_code(pattern: str, kind: str) -> str:
    parts = _LITERAL.split(pattern)
    brackets = (part for part in parts[1::2] if part.startswith("["))
    bare = _NOT_ASCII.sub("", "".join(parts[::2]))
    allowed = _VALID_DATE if kind in DATE_TYPES else _VALID_NUMBER
    if not allowed.fullmatch(bare) or not all(map(_BRACKETS.fullmatch, brackets)):
        return ""
    parts[::2] = [_NOT_ASCII.sub(r'"\1"', part) for part in parts[::2]]
    code = "".join(parts)
    is_date = kind_of_format(_FIRST_CUSTOM_FORMAT, code) is not NumberKind.NUMBER
    return code if is_date == (kind in DATE_TYPES) and len(code) <= _LONGEST_FORMAT and code.count(";") <= 3 else ""


def theme_colours(properties: Json) -> Mapping[str, str]:
    """The colours of the spreadsheet's theme, by their names."""
    colours = properties.get("spreadsheetTheme", {}).get("themeColors", ())
    return {pair["colorType"]: _rgb(pair.get("color", {}).get("rgbColor", {})) for pair in colours}


def colour(style: Json | None, theme: Mapping[str, str]) -> str:
    """A ColorStyle as RRGGBB; '' for none."""
    if not style:
        return ""
    if "themeColor" in style:
        return theme.get(style["themeColor"], "")
    return _rgb(style.get("rgbColor", {}))


def _rgb(parts: Json) -> str:
    """Google's RGB fractions as RRGGBB; it leaves out those that are 0."""
    return "".join(f"{round(255 * parts.get(name, 0)):02X}" for name in ("red", "green", "blue"))


class StyleReader:
    """Reads the styles of cells, and caches each."""

    def __init__(self, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._styles: dict[str, Style] = {}
        self._variants: dict[tuple[Style, bool, bool], Style] = {}

    def of(self, cell: Json, value: FileValue) -> Style:
        """The style of a CellData that shows that value."""
        entered = cell.get("userEnteredFormat", {})
        number_format = cell.get("effectiveFormat", {}).get("numberFormat") or entered.get("numberFormat", {})
        key = f"{entered}{number_format}"
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._read(entered, number_format)
        quoted = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
        linked = "hyperlink" in cell and value is not None
        return self._variant(style, quoted=quoted, linked=linked) if quoted or linked else style

    def _variant(self, style: Style, *, quoted: bool, linked: bool) -> Style:
        """The style of a text that begins like a formula, or of what Google shows as a link."""
        key = (style, quoted, linked)
        if key not in self._variants:
            base = replace(style, colour=style.colour or _LINK_COLOUR, underline=True) if linked else style
            self._variants[key] = replace(base, quoted=quoted)
        return self._variants[key]

    def _read(self, entered: Json, number_format: Json) -> Style:
        text = entered.get("textFormat", {})
        return Style(
            number_format=format_code(number_format),
            bold=text.get("bold", False),
            italic=text.get("italic", False),
            underline=text.get("underline", False),
            strike=text.get("strikethrough", False),
            colour=colour(text.get("foregroundColorStyle"), self._theme),
            size=text.get("fontSize", 0),
            family=text.get("fontFamily", "").partition(",")[0],
            background=colour(entered.get("backgroundColorStyle"), self._theme),
            horizontal=_HORIZONTAL.get(entered.get("horizontalAlignment", ""), ""),
            vertical=_VERTICAL.get(entered.get("verticalAlignment", ""), ""),
            wrap=entered.get("wrapStrategy") == "WRAP",
            borders=self._borders(entered.get("borders", {})),
        )

    def _borders(self, borders: Json) -> tuple[tuple[str, int, str], ...]:
        return tuple(
            (
                side,
                _LINE_STYLES[borders[side]["style"]],
                colour(borders[side].get("colorStyle"), self._theme) or "000000",
            )
            for side in _SIDES
            if borders.get(side, {}).get("style") in _LINE_STYLES
        )
