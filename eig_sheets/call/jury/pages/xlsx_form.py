"""Writes a page as an .xlsx file that Excel, LibreOffice and phones fill. The same form gives the same bytes."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from eig_sheets.spreadsheet.forms import Form, FormCell, FormTab, Look, Paint
from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.cells import Formula, a1, is_too_long, shortened
from eig_sheets.spreadsheet.model.sheet import Tone
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.package import Package

MADE: Final = datetime(2000, 1, 1)
"""The date of every file as it is made, so that equal pages are equal files: whoever saves one puts the real date."""
_A4: Final = 9
_SCALE: Final = 145
"""Percentage by which the narrow columns are printed across a page."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_FILLED_ONLY: Final = {"format_columns": True, "format_rows": True}
_CUSTOM_HEIGHT: Final = b' customHeight="1"'


def xlsx_page(form: Form, saved: datetime = MADE) -> bytes:
    """The file of a page; `saved` is when its juror last did, in UTC."""
    data = io.BytesIO()
    workbook = Workbook(data, {"in_memory": True})  # its temporary files would hold people's data
    workbook.set_properties({"author": "eig-sheets", "created": saved})
    looks = Looks(workbook)
    for tab in (form.page, form.descriptions):
        _TabWriter(tab, workbook.add_worksheet(tab.name), looks).write()
    workbook.close()
    return _with_fitted_lines(data.getvalue(), form.page.name)


def _with_fitted_lines(data: bytes, name: str) -> bytes:
    """The file whose lines grow with what is typed: their heights are ours until then, not for ever."""
    package = Package(data)
    tab = Contents(package).tab(name)
    if tab:
        package.write(tab.part, package.read(tab.part).replace(_CUSTOM_HEIGHT, b""))
    return package.to_bytes()


class _TabWriter:
    """Writes one tab."""

    def __init__(self, tab: FormTab, sheet: Worksheet, looks: Looks) -> None:
        self._tab, self._sheet, self._looks = tab, sheet, looks

    def write(self) -> None:
        """Its view, its cells, what they offer, their colours."""
        self._view()
        for row, column, cell in self._tab.cells():
            self._cell(row - 1, column, cell)
        self._drop_downs()
        for paint in self._tab.paints:
            self._paint(paint)

    def _view(self) -> None:
        sheet, tab = self._sheet, self._tab
        for column, width in enumerate(tab.widths):
            sheet.set_column(column, column, width, None, {"hidden": column in tab.hidden_columns})
        for row, cells in enumerate(tab.rows, 1):
            heights = [
                height(cell, tab.widths[column])
                for column, cell in enumerate(cells)
                if cell is not None and column not in tab.hidden_columns
            ]
            if not tab.hidden:
                sheet.set_row(row - 1, max(heights, default=8.0), None, {"hidden": row in tab.hidden_rows})
        sheet.protect("", _FILLED_ONLY)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if tab.hidden:
            sheet.hide()
            return
        sheet.hide_gridlines(2)
        sheet.hide_row_col_headers()
        sheet.set_paper(_A4)
        sheet.set_portrait()
        sheet.set_print_scale(_SCALE)
        sheet.center_horizontally()
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.set_footer("&L&F&Rpage &P / &N", {"margin": 0.3})

    def _cell(self, row: int, column: int, cell: FormCell) -> None:
        look, value = self._looks.cell(cell.look), cell.value
        if cell.row:
            self._sheet.write_url(row, column, f"internal:'{self._tab.name}'!A{cell.row}", None, "")
        if isinstance(value, Formula):
            self._sheet.write_formula(row, column, f"={value.text}", look, _text(value.value))
        elif value is None:
            self._sheet.write_blank(row, column, None, look)
        elif cell.small:
            parts = (self._looks.label(), _text(value), self._looks.small(), f"\n{_text(cell.small)}")
            self._sheet.write_rich_string(row, column, *parts, look)
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, look)
        elif isinstance(value, (int, float)):
            self._sheet.write_number(row, column, value, look)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, self._looks.cell(Look.ANSWER_DATE))
        else:
            self._sheet.write_string(row, column, _text(value), look)

    def _drop_downs(self) -> None:
        """One rule for all cells that offer the same; what is not offered, such as 3,7, can be typed without a word."""
        offered: dict[str | tuple[str, ...], list[str]] = {}
        for row, column, cell in self._tab.cells():
            if cell.choices or cell.choices_from:
                offered.setdefault(cell.choices_from or cell.choices, []).append(a1(row, column))
        for source, cells in offered.items():
            options = {
                "validate": "list",
                "source": f"={source}" if isinstance(source, str) else [*source],
                "show_error": False,
                "multi_range": " ".join(cells),
            }
            self._sheet.data_validation(cells[0], options)

    def _paint(self, paint: Paint) -> None:
        areas = [f"{a1(first, left)}:{a1(last, right)}" for first, last, left, right in paint.areas]
        tested: dict[str, object] = {"type": "cell", "criteria": "==", "value": f'"{paint.text}"'}
        if paint.formula:
            tested = {"type": "formula", "criteria": f"={paint.formula}"}
        options = {**tested, "format": self._looks.tone(paint.tone), "multi_range": " ".join(areas)}
        self._sheet.conditional_format(areas[0], options)


def _text(value: object) -> str:
    """A value as the text of a cell, which no writer takes for anything else."""
    text = "" if value is None else _SURROGATE.sub("\ufffd", str(value))
    text = shortened(text, "…") if is_too_long(text) else text
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


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
