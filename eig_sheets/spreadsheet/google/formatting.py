"""Formatting requests for tabs and columns that we make, and for the first view of a new tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from eig_sheets.spreadsheet.google.areas import (
    Json,
    dimension_range,
    grid_coordinate,
    grid_range,
    repeat_cell,
    update_cells,
)
from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet

_KINDS = {
    Format.TEXT: "TEXT",
    Format.INTEGER: "NUMBER",
    Format.NOTE: "NUMBER",
    Format.EURO: "CURRENCY",
    Format.PERCENT: "PERCENT",
    Format.PROBABILITY: "PERCENT",
    Format.PROBABILITY_1: "PERCENT",
    Format.PROBABILITY_2: "PERCENT",
    Format.DATE: "DATE",
    Format.DATETIME: "DATE_TIME",
}
_PIXELS_OF_A_CHARACTER, _PIXELS_AROUND = 7.2, 18
_LEFT = (Format.TEXT, Format.WRAPPED)

NUMBER_FORMAT_FIELD = "userEnteredFormat.numberFormat"
BODY_FIELDS = "userEnteredFormat(numberFormat,horizontalAlignment,verticalAlignment,wrapStrategy)"
_HEADER_FIELDS = "userEnteredFormat(textFormat,backgroundColorStyle,horizontalAlignment,verticalAlignment,wrapStrategy)"


def colour(rgb: str) -> Json:
    """The ColorStyle of an RRGGBB colour, whose parts Google cuts, rather than rounds, to 8 bits."""
    levels = (int(rgb[place : place + 2], 16) for place in (0, 2, 4))
    parts = (min(1.0, (level + 0.25) / 255) if level else 0.0 for level in levels)
    return {"rgbColor": dict(zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True))}


def number_format(look: Format, *, typed: bool = False) -> Json | None:
    """The NumberFormat of a Format; `typed`: where people type, text is forced, so that « 0012 » is not a number."""
    if look in palette.PATTERNS:
        return {"type": _KINDS[look], "pattern": palette.PATTERNS[look]}
    return {"type": "TEXT", "pattern": "@"} if look is Format.TEXT and typed else None


def body_format(look: Column, *, typed: bool) -> Json:
    """The CellData format of the cells under a header; where people type, numbers keep the default alignment."""
    made: Json = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP" if look.format in _LEFT else "OVERFLOW_CELL"}
    if look.format in _LEFT:
        made["horizontalAlignment"] = "LEFT"
    elif look.format is Format.MIXED:
        made["horizontalAlignment"] = "CENTER"
    elif not typed and look.format is not Format.GENERAL:
        made["horizontalAlignment"] = "RIGHT"
    shown = number_format(look.format, typed=typed)
    return {"userEnteredFormat": {**made, **({"numberFormat": shown} if shown else {})}}


def header_format(*, robot: bool) -> Json:
    """The CellData format of a header."""
    return {
        "userEnteredFormat": {
            "textFormat": {"bold": True, "foregroundColorStyle": colour(palette.WHITE if robot else palette.DARK)},
            "backgroundColorStyle": colour(palette.DARK if robot else palette.SOFT),
            "horizontalAlignment": "LEFT",
            "verticalAlignment": "MIDDLE",
            "wrapStrategy": "WRAP",
        }
    }


def tab_formatting(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """Every formatting request for a tab that we made, whatever its rows."""
    top, column_width = sheet.header_row - 1, len(sheet.columns)
    if top:
        grey = {"textFormat": {"foregroundColorStyle": colour(palette.GREY)}, "wrapStrategy": "OVERFLOW_CELL"}
        yield repeat_cell(
            grid_range(sheet_id, (0, top)), {"userEnteredFormat": grey}, "userEnteredFormat(textFormat,wrapStrategy)"
        )
        yield from _warning_rule(grid_range(sheet_id, (0, top), (0, 1)))
    robots = {place for place, _ in sheet.robot_columns}
    for robot, places in _groups(range(column_width), lambda place: sheet.owner is Owner.ROBOT or place in robots):
        yield repeat_cell(grid_range(sheet_id, (top, top + 1), places), header_format(robot=robot), _HEADER_FIELDS)
    if any(column.note for column in sheet.columns):
        notes = [[{"note": column.note} if column.note else {} for column in sheet.columns]]
        yield update_cells(grid_coordinate(sheet_id, top, 0), notes, "note")
    yield from _columns(sheet, sheet_id)


def row_formatting(sheet: Sheet, sheet_id: int, first: int) -> Iterator[Json]:
    """The requests that format the rows of a table, from the 0-based row `first` on."""
    robots = {place for place, _ in sheet.robot_columns}

    def look(place: int) -> Json:
        return body_format(sheet.columns[place], typed=sheet.owner is not Owner.ROBOT and place not in robots)

    for cell, places in _groups(range(len(sheet.columns)), look):
        yield repeat_cell(grid_range(sheet_id, (first, None), places), cell, BODY_FIELDS)


def _columns(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    under = (sheet.header_row, None)
    yield from row_formatting(sheet, sheet_id, sheet.header_row)
    for pixels, places in _groups(range(len(sheet.columns)), lambda place: _pixels(sheet.columns[place])):
        yield column_width(sheet_id, places, pixels)
    for hidden, places in _groups(range(len(sheet.columns)), lambda place: sheet.columns[place].hidden):
        if hidden:
            yield _hidden(sheet_id, places)
    for place, column in enumerate(sheet.columns):
        yield from column_rules(column, grid_range(sheet_id, under, (place, place + 1)))


def column_rules(column: Column, where: Json) -> Iterator[Json]:
    """The requests for the drop-down, check-box and conditional formats of a column's cells."""
    valid = validation(column)
    if valid:
        yield {"setDataValidation": {"range": where, "rule": valid}}
    for text, tone in column.tones:
        written, background = palette.TONES[tone]
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
        yield _colour_rule(where, {"booleanRule": {"condition": condition, "format": _shade(written, background)}})
    if column.scale or column.bar:
        yield _colour_rule(where, {"gradientRule": _gradient(column)})


def validation(column: Column) -> Json | None:
    """The DataValidationRule of a column; it is not strict for choices: the robot reports other answers."""
    if column.tick:
        return {"condition": {"type": "BOOLEAN"}, "strict": True}
    if not column.choices:
        return None
    values = [{"userEnteredValue": choice} for choice in column.choices]
    return {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True, "strict": False}


def column_width(sheet_id: int, places: tuple[int, int], pixels: int) -> Json:
    """The request that sets the width of columns."""
    properties = {"range": dimension_range(sheet_id, "COLUMNS", *places), "properties": {"pixelSize": pixels}}
    return {"updateDimensionProperties": {**properties, "fields": "pixelSize"}}


def _hidden(sheet_id: int, places: tuple[int, int]) -> Json:
    properties = {"range": dimension_range(sheet_id, "COLUMNS", *places), "properties": {"hiddenByUser": True}}
    return {"updateDimensionProperties": {**properties, "fields": "hiddenByUser"}}


def _pixels(column: Column) -> int:
    return round(column.width * _PIXELS_OF_A_CHARACTER + _PIXELS_AROUND)


def column_formatting(column: Column, sheet_id: int, place: int, top: int, *, robot: bool) -> Iterator[Json]:
    """Every formatting request for a column inserted in a people's tab; `top` is the 0-based header row."""
    # An inserted column inherits the format of its neighbour: it is cleared first.
    yield repeat_cell(grid_range(sheet_id, (0, None), (place, place + 1)), {}, "userEnteredFormat,dataValidation,note")
    yield repeat_cell(
        grid_range(sheet_id, (top, top + 1), (place, place + 1)), header_format(robot=robot), _HEADER_FIELDS
    )
    if column.note:
        yield update_cells(grid_coordinate(sheet_id, top, place), [[{"note": column.note}]], "note")
    yield repeat_cell(
        grid_range(sheet_id, (top + 1, None), (place, place + 1)), body_format(column, typed=not robot), BODY_FIELDS
    )
    yield column_width(sheet_id, (place, place + 1), _pixels(column))
    yield from column_rules(column, grid_range(sheet_id, (top + 1, None), (place, place + 1)))


def _warning_rule(where: Json) -> Iterator[Json]:
    condition = {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "⚠"}]}
    shade = _shade(palette.RED, palette.PALE_RED)
    shade["textFormat"]["bold"] = True
    yield _colour_rule(where, {"booleanRule": {"condition": condition, "format": shade}})


def _shade(written: str, background: str) -> Json:
    return {"textFormat": {"foregroundColorStyle": colour(written)}, "backgroundColorStyle": colour(background)}


def _gradient(column: Column) -> Json:
    low, high = column.scale or (0, 1)
    shades = (palette.LOW, palette.MIDDLE, palette.HIGH) if column.scale else (palette.WHITE, None, palette.BAR)
    ends = {
        name: {"colorStyle": colour(shade), "type": "NUMBER", "value": _locale_free_number(value)}
        for name, value, shade in (("minpoint", low, shades[0]), ("maxpoint", high, shades[2]))
    }
    middle = {"colorStyle": colour(shades[1]), "type": "PERCENT", "value": "50"} if shades[1] else None
    return {**ends, **({"midpoint": middle} if middle else {})}


def _locale_free_number(value: float) -> str:
    """A number that every locale reads alike: fractions are written as formulas."""
    return f"{value:g}" if float(value).is_integer() else f"={Fraction(value).limit_denominator(1000)}"


def _colour_rule(where: Json, rule: Json) -> Json:
    return {"addConditionalFormatRule": {"rule": {"ranges": [where], **rule}, "index": 0}}


def _groups(places: range, key_of: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Consecutive places with the same key: the key, the first place and the one after the last."""
    for key, group in groupby(places, key_of):
        members = list(group)
        yield key, (members[0], members[-1] + 1)


HIDDEN: Final = "hidden"
FROZEN_COLUMNS: Final = "gridProperties.frozenColumnCount"
CONTROL_ABOVE: Final = "gridProperties.rowGroupControlAfter"
"""The fields of a tab that these requests set, one each, so that one that Google refuses takes no other with it."""


def requests(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """The requests for a tab that the same batch makes."""
    if sheet.frozen_columns:
        yield _properties(
            {"sheetId": sheet_id, "gridProperties": {"frozenColumnCount": sheet.frozen_columns}}, FROZEN_COLUMNS
        )
    for first, end in sheet.groups:
        yield from _group(dimension_range(sheet_id, "COLUMNS", first, end))
    yield from folding(sheet, sheet_id, {})
    if sheet.hidden:
        yield _properties({"sheetId": sheet_id, "hidden": True}, HIDDEN)


def folding(sheet: Sheet, sheet_id: int, present: Mapping[tuple[int, int], bool]) -> Iterator[Json]:
    """The requests that fold its last rows together, unless people unfolded the groups that are `present`."""
    rows = sheet.folded_rows
    wanted = (rows[0] - 1, rows[1]) if rows else None
    if wanted in present or (wanted is None and not present):
        return
    for place in present:  # whether a group that goes leaves its rows hidden was never seen
        where = dimension_range(sheet_id, "ROWS", *place)
        yield from [_fold(where, collapsed=False), {"deleteDimensionGroup": {"range": where}}]
    if wanted:
        yield from _group(dimension_range(sheet_id, "ROWS", *wanted), collapsed=all(present.values()))
        above = {"sheetId": sheet_id, "gridProperties": {"rowGroupControlAfter": False}}
        yield _properties(above, CONTROL_ABOVE)


def _group(where: Json, *, collapsed: bool = True) -> Iterator[Json]:
    yield {"addDimensionGroup": {"range": where}}
    if collapsed:
        yield _fold(where, collapsed=True)


def _fold(where: Json, *, collapsed: bool) -> Json:
    group = {"range": where, "depth": 1, "collapsed": collapsed}
    return {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}}


def _properties(properties: Json, field: str) -> Json:
    return {"updateSheetProperties": {"properties": properties, "fields": field}}
