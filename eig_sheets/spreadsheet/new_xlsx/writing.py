"""Writes a new .xlsx file with XlsxWriter."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import quote

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from eig_sheets.spreadsheet.model.cells import a1, column_letters
from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.new_xlsx.completion import completed, needs_completion
from eig_sheets.spreadsheet.new_xlsx.content import (
    BLANK,
    Book,
    Cell,
    ColourRule,
    ColourScale,
    DropDown,
    FileValue,
    Style,
    Tab,
    tab_names,
)
from eig_sheets.spreadsheet.xlsx import notes, ranges
from eig_sheets.spreadsheet.xlsx.contents import quoted
from eig_sheets.spreadsheet.xlsx.formatting import LISTS_TAB, NOT_OFFERED, UNEXPECTED_ANSWER, fits_in_rule

_A4, _WIDTH_OF_A_PAGE = 9, 230
_TEXT_FORMAT, _LARGEST_FONT = 49, 409
_PIXELS_OF_A_CHARACTER, _PIXELS_OF_A_POINT = 7, 96 / 72
_MOST_LINKS, _LONGEST_LINK = 65_530, 2_000
_KEPT_IN_LINKS = ";/?:@&=+$,#%!~*'()-._"
_SURROGATE = re.compile("[\ud800-\udfff]")


def xlsx_file(book: Book) -> bytes:
    """The file: typed values, no formula, and the marks by which the .xlsx backend knows tabs and columns."""
    data = io.BytesIO()
    workbook = Workbook(data, {"in_memory": True})  # its temporary files would hold people's data
    formats = _formats(workbook)
    lists = _Lists(tab_names([*(tab.name for tab in book.tabs), LISTS_TAB])[-1])
    sheets = [_SheetWriter(tab, workbook.add_worksheet(tab.name), formats, lists) for tab in book.tabs]
    for sheet in sheets:
        sheet.write()
    next((sheet for sheet in sheets if not sheet.tab.hidden), sheets[0]).sheet.activate()
    lists.write(workbook)
    workbook.close()
    missing = {sheet.tab.name: sheet.missing for sheet in sheets}
    return completed(data.getvalue(), book, missing, lists.name if lists.columns else "")


def _formats(workbook: Workbook) -> Callable[[Style], Format]:
    """Converts styles to XlsxWriter's formats; the default style is the file's own format."""
    formats = {Style(): workbook.formats[0]}

    def format_of(style: Style) -> Format:
        if style not in formats:
            formats[style] = workbook.add_format(_properties(style))
        return formats[style]

    return format_of


def _properties(style: Style) -> dict[str, object]:
    """The properties of XlsxWriter's format for a style."""
    properties = {
        "num_format": _TEXT_FORMAT if style.number_format == "@" else style.number_format,
        "bold": style.bold,
        "italic": style.italic,
        "underline": int(style.underline),
        "font_strikeout": style.strike,
        "font_color": _colour(style.colour),
        "font_size": min(style.size, _LARGEST_FONT),
        "font_name": style.family,
        "bg_color": _colour(style.background),
        "align": style.horizontal,
        "valign": style.vertical,
        "text_wrap": style.wrap,
        "quote_prefix": style.quoted,
    }
    for side, line, colour in style.borders:
        properties |= {side: line, f"{side}_color": _colour(colour)}
    return {name: value for name, value in properties.items() if value}


def _colour(rrggbb: str) -> str:
    return rrggbb and f"#{rrggbb}"


@dataclass(slots=True)
class _Lists:
    """The hidden tab of the drop-downs that are too long for a rule, one column each."""

    name: str
    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """The choices themselves, or a reference to the cells that hold them."""
        if fits_in_rule(choices):
            return [*choices]
        letters = column_letters(self.columns.setdefault(choices, len(self.columns)))
        return f"={quoted(self.name)}!${letters}$1:${letters}${len(choices)}"

    def write(self, workbook: Workbook) -> None:
        """Add the tab, if a drop-down needs it."""
        if self.columns:
            sheet = workbook.add_worksheet(self.name)
            sheet.very_hidden()
            for choices, column in self.columns.items():
                for row, choice in enumerate(choices):  # as they are: write_column makes formulas and links of some
                    sheet.write_string(row, column, choice)


@dataclass(slots=True)
class _SheetWriter:
    """Writes a tab; `missing` holds, by address, the values that XlsxWriter cannot write."""

    tab: Tab
    sheet: Worksheet
    formats: Callable[[Style], Format]
    lists: _Lists
    missing: dict[str, FileValue] = field(default_factory=dict)
    _links: int = 0

    def write(self) -> None:
        self._view()
        self._print_layout()
        self._columns_and_rows()
        for row, cells in enumerate(self.tab.rows):
            self._row(row, cells)
        for row, column, text in self.tab.notes:
            self.sheet.write_comment(row - 1, column, _encodable(text), _note_options(text))
        for drop_down in self.tab.drop_downs:
            self._drop_down(drop_down)
        for rule in self.tab.rules:
            options = _scale(rule) if isinstance(rule, ColourScale) else self._condition(rule)
            self.sheet.conditional_format(ranges.text(rule.areas[0]), options | {"multi_range": _areas(rule.areas)})

    def _view(self) -> None:
        if self.tab.hidden:
            self.sheet.hide()
        if self.tab.colour:
            self.sheet.set_tab_color(_colour(self.tab.colour))
        self.sheet.hide_gridlines(0 if self.tab.grid_lines else 2)
        if self.tab.frozen_rows or self.tab.frozen_columns:
            self.sheet.freeze_panes(self.tab.frozen_rows, self.tab.frozen_columns)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _print_layout(self) -> None:
        sheet, pages = self.sheet, _pages_across(self.tab)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(pages, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&Rpage &P / &N", {"margin": 0.3})
        if self.tab.frozen_rows:
            sheet.repeat_rows(0, self.tab.frozen_rows - 1)
        if repeated := max(self.tab.frozen_columns, int(pages > 1)):
            sheet.repeat_columns(0, repeated - 1)

    def _columns_and_rows(self) -> None:
        for place, width in enumerate(self.tab.widths):
            pixels = round(width.characters * _PIXELS_OF_A_CHARACTER)
            style = self.formats(width.style) if width.style != Style() else None
            options = {"hidden": width.hidden, "level": width.level, "collapsed": width.folds}
            self.sheet.set_column_pixels(place, place, pixels, style, options)
        for row in self.tab.hidden_rows:
            self.sheet.set_row(row - 1, None, None, {"hidden": True})
        for area in self.tab.merges:
            self.sheet.merge_range(ranges.text(area), "")

    def _row(self, row: int, cells: Sequence[Cell]) -> None:
        """Write each cell that has a value, a link, or another style than its column."""
        for column, (cell, width) in enumerate(zip_longest(cells, self.tab.widths)):
            written, usual = cell or BLANK, width.style if width else Style()
            if written.link:
                self._link(row, column, written)
            if written.link or written.value is not None or written.style != usual:
                self._cell(row, column, written)

    def _cell(self, row: int, column: int, cell: Cell) -> None:
        value, style = cell.value, self.formats(cell.style)
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif needs_completion(value):
            self.sheet.write_blank(row, column, None, style)
            self.missing[a1(row + 1, column)] = value
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, _encodable(value), style)
        else:
            self.sheet.write_number(row, column, value, style)

    def _link(self, row: int, column: int, cell: Cell) -> None:
        """Write a link with no text: `_cell` then writes the cell's value over it."""
        address = re.sub("^mailto:", "mailto:", quote(cell.link, safe=_KEPT_IN_LINKS), flags=re.IGNORECASE)
        if self._links < _MOST_LINKS and len(address) <= _LONGEST_LINK:
            self._links += 1
            target = f"internal:{cell.link[1:]}" if cell.link.startswith("#") else address
            self.sheet.write_url(row, column, target, None, "")

    def _drop_down(self, drop_down: DropDown) -> None:
        options = {
            "validate": "list",
            "source": self.lists.source(tuple(map(_encodable, drop_down.choices))),
            "error_type": "warning",
            "error_title": UNEXPECTED_ANSWER,
            "error_message": NOT_OFFERED,
            "multi_range": _areas(drop_down.areas),
        }
        self.sheet.data_validation(ranges.text(drop_down.areas[0]), options)

    def _condition(self, rule: ColourRule) -> dict[str, object]:
        formula = _encodable(rule.formula)
        compared: dict[str, object] = {"type": "cell", "criteria": rule.operator, "value": formula}
        tested: dict[str, object] = {"type": "formula", "criteria": f"={formula}"}
        result = {"format": self.formats(rule.style), "stop_if_true": True}
        return (compared if rule.operator else tested) | result


def _scale(rule: ColourScale) -> dict[str, object]:
    names = ("min", "mid", "max") if len(rule.points) == 3 else ("min", "max")
    options: dict[str, object] = {"type": f"{len(names)}_color_scale"}
    for name, (kind, value, shade) in zip(names, rule.points, strict=True):
        options |= {f"{name}_type": kind, f"{name}_value": value, f"{name}_color": _colour(shade)}
    return options


def _note_options(text: str) -> dict[str, object]:
    return {
        "author": notes.AUTHOR,
        "font_size": 9,
        "color": notes.BOX_COLOUR,
        "width": notes.BOX_WIDTH * _PIXELS_OF_A_POINT,
        "height": notes.box_height(text) * _PIXELS_OF_A_POINT,
    }


def _pages_across(tab: Tab) -> int:
    """The number of pages across which the tab must be printed to be readable."""
    filled = (place for row in tab.rows for place, cell in enumerate(row, 1) if cell.value is not None)
    seen = (width.characters for width in tab.widths[: max(filled, default=0)] if not width.hidden)
    return max(1, round(sum(seen) / _WIDTH_OF_A_PAGE))


def _areas(areas: Iterable[Area]) -> str:
    return " ".join(map(ranges.text, areas))


def _encodable(text: str) -> str:
    """The text without lone surrogates, which a text cut in Google may end with and no file can hold."""
    return _SURROGATE.sub("\ufffd", text)
