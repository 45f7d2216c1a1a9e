"""How the cells of a page look in an .xlsx file, and how high a line is with its text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]

from eig_sheets.jury.form import FormCell, Look
from eig_sheets.workbook.model import palette
from eig_sheets.workbook.model.cells import Formula
from eig_sheets.workbook.model.sheet import Tone

Properties = Mapping[str, object]


def colour(rrggbb: str) -> str:
    """A colour as XlsxWriter takes it."""
    return f"#{rrggbb}"


_BASE: Final[Properties] = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 11}
_BOX: Final[Properties] = {
    "border": 1, "border_color": colour(palette.BAR), "bg_color": colour(palette.SOFT), "locked": False,
}  # fmt: skip
_CHOSEN: Final[Properties] = {**_BOX, "align": "center", "valign": "vcenter", "bold": True}
_HEADING: Final[Properties] = {
    "bold": True, "font_size": 12, "font_color": colour(palette.WHITE), "bg_color": colour(palette.DARK),
    "valign": "vcenter",
}  # fmt: skip
_GREY: Final[Properties] = {"font_size": 10, "font_color": colour(palette.GREY)}
_LOOKS: Final[Mapping[Look, Properties]] = {
    Look.TITLE: {"bold": True, "font_size": 14, "font_color": colour(palette.DARK)},
    Look.STRONG: {"bold": True},
    Look.SMALL: _GREY,
    Look.INTRO: _GREY,
    Look.SECTION: {
        "bold": True, "font_color": colour(palette.DARK), "bottom": 2, "bottom_color": colour(palette.DARK),
    },
    Look.ENTRY: {"font_size": 10, "font_color": colour(palette.LINK), "underline": 1},
    Look.MARK: {"font_size": 10, "align": "center", "valign": "vcenter"},
    Look.LEFT: {"bold": True, "font_color": colour(palette.DARK)},
    Look.PROJECT: _HEADING,
    Look.PROJECT_MARK: {**_HEADING, "font_size": 10, "align": "center"},
    Look.NUMBER: {"font_size": 10, "bg_color": colour(palette.SOFT)},
    Look.TEXT: {"font_size": 10},
    Look.LINK: {"font_size": 10, "font_color": colour(palette.LINK), "underline": 1},
    Look.LABEL: {"bold": True, "valign": "vcenter", "top": 1, "top_color": colour(palette.RULE)},
    Look.ANSWER: _CHOSEN,
    Look.ANSWER_DATE: {**_CHOSEN, "num_format": "dd/mm/yyyy"},
    Look.ANSWER_TEXT: _BOX,
    Look.KEY: {"text_wrap": False, "font_size": 8, "font_color": colour(palette.GREY)},
}  # fmt: skip
_INDENT: Final[Properties] = {"align": "left", "indent": 1}
_SMALL_SIZE: Final = 9
_NOT_SEEN: Final[Properties] = {"num_format": ";;;", "font_color": colour(palette.WHITE)}


class Looks:
    """XlsxWriter's formats of one file, each made when it is first needed."""

    def __init__(self, workbook: Workbook) -> None:
        self._add: Callable[[dict[str, Any]], Format] = workbook.add_format
        self._made: dict[object, Format] = {}

    def cell(self, look: Look) -> Format:
        """The format of a cell."""
        properties = {**_BASE, **_LOOKS[look]}
        return self._format(
            look, properties if "align" in properties or look is Look.KEY else {**properties, **_INDENT}
        )

    def label(self) -> Format:
        """That of the first line of a cell which has a smaller one."""
        return self._format("label", {"font_name": "Calibri", "font_size": 11, "bold": True})

    def small(self) -> Format:
        """That of the smaller line."""
        small = {"font_name": "Calibri", "font_size": _SMALL_SIZE, "font_color": colour(palette.GREY)}
        return self._format("small", small)

    def tone(self, tone: Tone | None) -> Format:
        """That of a colour with a meaning; without one, what is in the cell is not seen."""
        if tone is None:
            return self._format("not seen", _NOT_SEEN)
        text, background = palette.TONES[tone]
        return self._format(tone, {"font_color": colour(text), "bg_color": colour(background)})

    def _format(self, key: object, properties: Properties) -> Format:
        if key not in self._made:
            self._made[key] = self._add(dict(properties))
        return self._made[key]


_POINTS_OF_A_LINE: Final = 1.36
_WIDTH_OF_A_LETTER: Final = 0.094
"""The width of an ordinary letter, in characters of a column, for each point of its size."""
_PADDING: Final = 5.0
_HIGHEST: Final = 409.0
_LOWEST_ANSWER: Final = 22.0


def height(cell: FormCell, width: float) -> float:
    """The height in points of a line with this cell, in a column so many characters wide."""
    value = cell.value.value if isinstance(cell.value, Formula) else cell.value
    size = float(str(_LOOKS[cell.look].get("font_size", _BASE["font_size"])))
    text = "" if value is None else str(value)
    points = _text_height(text, size, width) + (_text_height(cell.small, _SMALL_SIZE, width) if cell.small else 0)
    least = _LOWEST_ANSWER * (2 if cell.look is Look.ANSWER_TEXT else 1) if cell.is_answer else 0
    return min(max(points + _PADDING, least), _HIGHEST)


def _text_height(text: str, size: float, width: float) -> float:
    letters = (width - 1) / (_WIDTH_OF_A_LETTER * size)
    lines = sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))
    return round(lines * size * _POINTS_OF_A_LINE, 1)
