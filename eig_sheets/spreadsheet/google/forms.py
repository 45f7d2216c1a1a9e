"""Requests that create or update a juror's page, in one batch, and the formats of its cells. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from eig_sheets.spreadsheet.forms import Form, FormCell, FormTab, Look, PageUpdate, Paint
from eig_sheets.spreadsheet.google.areas import (
    Json,
    dimension_range,
    grid_coordinate,
    grid_range,
    insert_dimension,
    update_cells,
)
from eig_sheets.spreadsheet.google.cells import written
from eig_sheets.spreadsheet.google.formatting import colour, column_width
from eig_sheets.spreadsheet.google.objects import protection
from eig_sheets.spreadsheet.google.reading import SpreadsheetProperties
from eig_sheets.spreadsheet.model import formulas, palette
from eig_sheets.spreadsheet.model.cells import Formula
from eig_sheets.spreadsheet.model.sheet import Tone

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


PAGE_ID, DESCRIPTIONS_ID = 1_163_415_001, 1_163_415_002
"""Ids of the two tabs, ours to choose: a batch that is delivered twice fails whole."""
_CELL_FIELDS: Final = "userEnteredValue,userEnteredFormat,dataValidation,textFormatRuns"
_PIXELS_OF_A_CHARACTER, _PIXELS_AROUND = 7, 5


def creation(form: Form, properties: SpreadsheetProperties, editors: Sequence[str], zone: str) -> list[Json]:
    """The requests that make a blank spreadsheet the form. What is typed there is read as in France."""
    settings = {"properties": {"locale": "fr_FR", "timeZone": zone}, "fields": "locale,timeZone"}
    requests: list[Json] = [{"updateSpreadsheetProperties": settings}]
    for place, (tab, sheet_id) in enumerate(((form.page, PAGE_ID), (form.descriptions, DESCRIPTIONS_ID))):
        requests += _add_tab(tab, sheet_id, place)
    requests += [{"deleteSheet": {"sheetId": tab.id}} for tab in properties.tabs.values()]
    requests += _tab_cells(form.descriptions, DESCRIPTIONS_ID, (1, len(form.descriptions.rows)))
    requests += _tab_cells(form.page, PAGE_ID, (1, len(form.page.rows)))
    for tab, sheet_id in ((form.page, PAGE_ID), (form.descriptions, DESCRIPTIONS_ID)):
        requests += [*_dimensions(tab, sheet_id), *_paints(tab, sheet_id)]
        made = protection(sheet_id, "", editors)
        free = [*_unprotected(tab, sheet_id)]
        made["addProtectedRange"]["protectedRange"] |= {"unprotectedRanges": free} if free else {}
        requests.append(made)
    return requests


def update(change: PageUpdate, properties: SpreadsheetProperties) -> list[Json]:
    """The requests of an update: rows are inserted in the page, the hidden tab is written by position."""
    page, hidden = properties.tabs[change.tab], properties.tabs[change.form.descriptions.name]
    tab = change.form.page
    requests: list[Json] = [*_described(change, hidden.id, hidden.rows)]
    requests += [
        insert_dimension(page.id, "ROWS", first - 1, last, like_before=True) for first, last in change.inserted
    ]
    for rows in change.inserted:  # once all are there: a formula of one refers to another
        requests += _tab_cells(tab, page.id, rows)
    if change.inserted:
        rule = {"deleteConditionalFormatRule": {"sheetId": page.id, "index": 0}}
        requests += [*[rule] * page.colour_rules, *_paints(tab, page.id)]
        whole = page.protections.get("")
        if whole:
            free = {"protectedRangeId": whole[0], "unprotectedRanges": [*_unprotected(tab, page.id)]}
            requests.append({"updateProtectedRange": {"protectedRange": free, "fields": "unprotectedRanges"}})
    return requests


def _add_tab(tab: FormTab, sheet_id: int, place: int) -> Iterator[Json]:
    grid = {"rowCount": len(tab.rows), "columnCount": len(tab.widths), "hideGridlines": not tab.hidden}
    made = {"sheetId": sheet_id, "title": tab.name, "index": place, "hidden": tab.hidden, "gridProperties": grid}
    yield {"addSheet": {"properties": made}}


def _tab_cells(tab: FormTab, sheet_id: int, rows: tuple[int, int]) -> Iterator[Json]:
    """The request that writes whole rows, from a first to a last one."""
    first, last = rows
    lines = [[cell_data(cell, _link(cell, sheet_id)) for cell in line] for line in tab.rows[first - 1 : last]]
    if any(lines):
        yield update_cells(grid_coordinate(sheet_id, first - 1, 0), lines, _CELL_FIELDS)


def _link(cell: FormCell | None, sheet_id: int) -> str:
    """The formula of a cell that leads to a row, which follows that row; '' for any other."""
    if cell is None or not cell.row or not isinstance(cell.value, Formula):
        return ""
    target = f'"#gid={sheet_id}&range=A"&ROW(A{cell.row})'
    return f"={formulas.with_semicolons(f'HYPERLINK({target},{cell.value.text})')}"


def _described(change: PageUpdate, sheet_id: int, height: int) -> Iterator[Json]:
    """The requests that write the hidden tab anew where it differs, one for each run of cells of a row."""
    missing = max((row for row, _, _ in change.descriptions), default=0) - height
    if missing > 0:
        yield insert_dimension(sheet_id, "ROWS", height, height + missing, like_before=True)
    for row, cells in groupby(change.descriptions, lambda cell: cell[0]):
        for _, column, cell in cells:
            yield update_cells(grid_coordinate(sheet_id, row - 1, column), [[value_only(cell)]])


def _dimensions(tab: FormTab, sheet_id: int) -> Iterator[Json]:
    for column, width in enumerate(tab.widths):
        pixels = round(width * _PIXELS_OF_A_CHARACTER + _PIXELS_AROUND)
        yield column_width(sheet_id, (column, column + 1), pixels)
    hidden = [("COLUMNS", column) for column in tab.hidden_columns] + [("ROWS", row - 1) for row in tab.hidden_rows]
    for dimension, place in hidden:
        properties = {"range": dimension_range(sheet_id, dimension, place, place + 1), "fields": "hiddenByUser"}
        yield {"updateDimensionProperties": {**properties, "properties": {"hiddenByUser": True}}}


def _paints(tab: FormTab, sheet_id: int) -> Iterator[Json]:
    """The requests of the colours, so that the first one comes first."""
    for paint in reversed(tab.paints):
        rule = {"ranges": [_range(area, sheet_id) for area in paint.areas], "booleanRule": _rule(paint)}
        yield {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _rule(paint: Paint) -> Json:
    if paint.formula:
        kind, text = "CUSTOM_FORMULA", f"={formulas.with_semicolons(paint.formula)}"
    else:
        kind, text = "TEXT_EQ", paint.text
    condition = {"type": kind, "values": [{"userEnteredValue": text}]}
    return {"condition": condition, "format": paint_format(paint.tone)}


def _range(area: tuple[int, int, int, int], sheet_id: int) -> Json:
    first_row, last_row, first_column, last_column = area
    return grid_range(sheet_id, (first_row - 1, last_row), (first_column, last_column + 1))


def _unprotected(tab: FormTab, sheet_id: int) -> Iterator[Json]:
    """The cells to fill, as ranges of one column."""
    answers = [(column, row) for row, column, cell in tab.cells() if cell.is_answer]
    start: tuple[int, int] | None = None
    previous: tuple[int, int] | None = None
    for column, row in [*sorted(answers), (-1, -1)]:
        if start and previous and (column, row) != (previous[0], previous[1] + 1):
            yield _range((start[1], previous[1], start[0], start[0]), sheet_id)
            start = None
        start = start or (column, row)
        previous = (column, row)
