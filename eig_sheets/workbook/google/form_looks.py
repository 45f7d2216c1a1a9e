"""Cell formats of a juror's page in a Google Sheet, the same as in the .xlsx file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.jury.form import FormCell, Look
from eig_sheets.workbook.google.areas import Json
from eig_sheets.workbook.google.cells import written
from eig_sheets.workbook.google.formatting import colour
from eig_sheets.workbook.model import palette
from eig_sheets.workbook.model.sheet import Tone

_LINE: Final = {"style": "SOLID", "colorStyle": colour(palette.BAR)}
_BOX: Final = {
    "backgroundColorStyle": colour(palette.SOFT),
    "borders": dict.fromkeys(("top", "bottom", "left", "right"), _LINE),
}
_RULE: Final = {"top": {"style": "SOLID", "colorStyle": colour(palette.RULE)}}
_UNDERLINE: Final = {"bottom": {"style": "SOLID_MEDIUM", "colorStyle": colour(palette.DARK)}}


def _text(rgb: str = "", size: int = 11, *, bold: bool = False, underline: bool = False) -> Json:
    style: Json = {"fontSize": size, "bold": bold, "underline": underline}
    return {"textFormat": {**style, **({"foregroundColorStyle": colour(rgb)} if rgb else {})}}


_CHOSEN: Final = {**_BOX, **_text(bold=True), "horizontalAlignment": "CENTER", "verticalAlignment": "MIDDLE"}
_LOOKS: Final[Mapping[Look, Json]] = {
    Look.TITLE: _text(palette.DARK, 14, bold=True),
    Look.STRONG: _text(bold=True),
    Look.LEFT: _text(palette.DARK, bold=True),
    Look.SMALL: _text(palette.GREY, 10),
    Look.INTRO: _text(palette.GREY, 10),
    Look.SECTION: {**_text(palette.DARK, bold=True), "borders": _UNDERLINE},
    Look.ENTRY: _text(palette.LINK, 10, underline=True),
    Look.MARK: {**_text(size=10), "horizontalAlignment": "CENTER", "verticalAlignment": "MIDDLE"},
    Look.PROJECT: {
        **_text(palette.WHITE, 12, bold=True),
        "backgroundColorStyle": colour(palette.DARK),
        "verticalAlignment": "MIDDLE",
    },
    Look.PROJECT_MARK: {
        **_text(palette.WHITE, 10, bold=True),
        "backgroundColorStyle": colour(palette.DARK),
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
    },
    Look.NUMBER: {**_text(size=10), "backgroundColorStyle": colour(palette.SOFT)},
    Look.TEXT: _text(size=10),
    Look.LINK: _text(palette.LINK, 10, underline=True),
    Look.LABEL: {**_text(bold=True), "borders": _RULE, "verticalAlignment": "MIDDLE"},
    Look.ANSWER: _CHOSEN,
    Look.ANSWER_DATE: {**_CHOSEN, "numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}},
    Look.ANSWER_TEXT: _BOX,
    Look.KEY: {**_text(palette.GREY, 8), "wrapStrategy": "OVERFLOW_CELL"},
}
_SMALL: Final = {"fontSize": 9, "bold": False, "foregroundColorStyle": colour(palette.GREY)}


def cell_data(cell: FormCell | None, link: str = "") -> Json:
    """The CellData of a cell: its value, its look, what it offers; `link` is the formula that shows it as a link."""
    if cell is None:
        return {}
    shown = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP", **_LOOKS[cell.look]}
    return {**_value(cell, link), "userEnteredFormat": shown, **_offered(cell)}


def value_only(cell: FormCell | None) -> Json:
    """The CellData of a value alone."""
    return {} if cell is None else _value(cell, "")


def _value(cell: FormCell, link: str) -> Json:
    if link:
        return {"userEnteredValue": {"formulaValue": link}}
    value = cell.value
    if cell.small:
        text = f"{value}\n{cell.small}"
        runs = [{"format": {}}, {"startIndex": len(str(value).encode("utf-16-le")) // 2 + 1, "format": _SMALL}]
        return {"userEnteredValue": {"stringValue": text}, "textFormatRuns": runs}
    return written(value, lambda _: None)  # type: ignore[arg-type]  # a page has no error, time or duration


def _offered(cell: FormCell) -> Json:
    if cell.choices:
        values = [{"userEnteredValue": choice} for choice in cell.choices]
        condition: Json = {"type": "ONE_OF_LIST", "values": values}
    elif cell.choices_from:
        condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"={cell.choices_from}"}]}
    else:
        return {}
    return {"dataValidation": {"condition": condition, "showCustomUi": True, "strict": False}}


def paint_format(tone: Tone | None) -> Json:
    """The CellFormat of a colour with a meaning; without one, what is in the cell is not seen."""
    text, background = palette.TONES[tone] if tone else (palette.WHITE, palette.WHITE)
    return {"textFormat": {"foregroundColorStyle": colour(text)}, "backgroundColorStyle": colour(background)}
