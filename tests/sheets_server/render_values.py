"""Cells as the rows of a ValueRange, by the options of a query."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.addresses import Rect
from tests.sheets_server.formatting import is_date_pattern
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import Locale
from tests.sheets_server.model import EMPTY, Cell, Formula, Json, Row, Sheet, SheetError, Value
from tests.sheets_server.render_cells import last_column, number_format, plain, shown


def value_rows(values: Calculation, sheet: Sheet, area: Rect, options: Json) -> list[list[Any]]:
    """Return the rows of a ValueRange, its trailing blanks left out; `options` as the query has them."""
    bottom = max(min(area.bottom, values.last_row(sheet)), area.top)
    window, read = Rect(area.top, bottom, area.left, area.right), Reader(values.settings.locale, options)
    rows = [
        _row_values(sheet.row(r), over, area, read) for r, over in enumerate(values.computed(sheet, window), window.top)
    ]
    if options.get("majorDimension") == "COLUMNS":
        width = max(map(len, rows), default=0)
        full = [row + [None] * (width - len(row)) for row in rows]
        rows = [list(column) for column in zip(*full, strict=True)]
    return _trimmed([_trimmed_row(row) for row in rows])


def _row_values(line: Row, over: dict[int, Value], area: Rect, read: Reader) -> list[Any]:
    columns = range(area.left, last_column(line, over, area) + 1)
    row = [cell.value if (cell := line.get(c)) else None for c in columns]
    out = [
        v
        if v is None or type(v) in read.kept or (read.as_it_is and type(v) is float and not v.is_integer())
        else read.of(line.get(c, EMPTY), v)
        for c, v in enumerate(row, area.left)
    ]
    for column, value in over.items():
        if area.left <= column < area.right:
            out[column - area.left] = None if value is None else read.of(line.get(column, EMPTY), value)
    return out


class Reader:
    """What renders the values of cells, by the options of a query.

    `kept`: the types of entered values that are given as they are; `as_it_is`: so are numbers.
    """

    def __init__(self, locale: Locale, options: Json) -> None:
        self.locale = locale
        self.render = options.get("valueRenderOption", "FORMATTED_VALUE")
        self.dates_as_text = options.get("dateTimeRenderOption", "SERIAL_NUMBER") == "FORMATTED_STRING"
        self.as_it_is = self.render == "UNFORMATTED_VALUE" and not self.dates_as_text
        texts = set() if self.render == "FORMATTED_VALUE" else {str, bool}
        self.kept = texts | ({int} if self.as_it_is else set())

    def of(self, cell: Cell, value: Value) -> Any:
        return _rendered(cell, value, self.render, self.dates_as_text, self.locale)


def _rendered(cell: Cell, value: Value, render: str, dates_as_text: bool, locale: Locale) -> Any:
    if render == "FORMULA":
        value = cell.value if cell.value is not None else value
        if isinstance(value, Formula):
            return str(value)
    if render == "FORMATTED_VALUE" or isinstance(value, SheetError) or (dates_as_text and _is_date(cell, value)):
        return shown(cell, value, locale)
    return plain(value) if isinstance(value, float) else value


def _is_date(cell: Cell, value: Value) -> bool:
    form = number_format(cell)
    if form is None or isinstance(value, (str, bool)):
        return False
    return form.get("type") in ("DATE", "TIME", "DATE_TIME") or is_date_pattern(form.get("pattern", ""))


def _trimmed_row(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    kept = row[:end]
    return ["" if value is None else value for value in kept] if None in kept else kept


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    end = len(rows)
    while end and not rows[end - 1]:
        end -= 1
    return rows[:end]
