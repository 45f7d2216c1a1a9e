"""Writes a page as an .xlsx file that Excel, LibreOffice and phones fill. The same form gives the same bytes."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from eig_sheets.jury.form import Form, FormCell, FormTab, Look, Paint
from eig_sheets.jury.xlsx_looks import Looks, height
from eig_sheets.workbook.model.cells import Formula, a1, is_too_long, shortened
from eig_sheets.workbook.xlsx.contents import Contents
from eig_sheets.workbook.xlsx.package import Package

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
