"""What tabs and columns that we make look like on Google: formats, widths, drop-downs, boxes, colours, notes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from eig_sheets.workbook import palette
from eig_sheets.workbook.google.areas import Json, area, dress, put, span, start
from eig_sheets.workbook.sheet import Column, Format, Owner, Sheet

_KINDS = {
    Format.TEXT: "TEXT",
    Format.INTEGER: "NUMBER",
    Format.NOTE: "NUMBER",
    Format.EURO: "CURRENCY",
    Format.PERCENT: "PERCENT",
    Format.DATE: "DATE",
    Format.DATETIME: "DATE_TIME",
}
_PIXELS_OF_A_CHARACTER, _PIXELS_AROUND = 7.2, 18
_LEFT = (Format.TEXT, Format.WRAPPED)

NUMBER_FORMAT = "userEnteredFormat.numberFormat"
BODY = "userEnteredFormat(numberFormat,horizontalAlignment,verticalAlignment,wrapStrategy)"
_HEADER = "userEnteredFormat(textFormat,backgroundColorStyle,horizontalAlignment,verticalAlignment,wrapStrategy)"


def colour(rgb: str) -> Json:
    """A ColorStyle of RRGGBB."""
    parts = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return {"rgbColor": dict(zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True))}


def number_format(look: Format, *, typed: bool = False) -> Json | None:
    """The NumberFormat; a text column where people type stays a text, so that « 0012 » is not a number."""
    if look in palette.PATTERNS:
        return {"type": _KINDS[look], "pattern": palette.PATTERNS[look]}
    return {"type": "TEXT", "pattern": "@"} if look is Format.TEXT and typed else None


def body(look: Column, *, typed: bool) -> Json:
    """The format of the cells under a header; where people type, the side of a value still tells its kind."""
    made: Json = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP" if look.format in _LEFT else "OVERFLOW_CELL"}
    if look.format in _LEFT:
        made["horizontalAlignment"] = "LEFT"
    elif not typed and look.format is not Format.GENERAL:
        made["horizontalAlignment"] = "RIGHT"
    shown = number_format(look.format, typed=typed)
    return {"userEnteredFormat": {**made, **({"numberFormat": shown} if shown else {})}}


def header(*, robot: bool) -> Json:
    """The format of a header."""
    return {
        "userEnteredFormat": {
            "textFormat": {"bold": True, "foregroundColorStyle": colour(palette.WHITE if robot else palette.DARK)},
            "backgroundColorStyle": colour(palette.DARK if robot else palette.SOFT),
            "horizontalAlignment": "LEFT",
            "verticalAlignment": "MIDDLE",
            "wrapStrategy": "WRAP",
        }
    }


def whole(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """Every request that dresses a tab that we made, whatever its rows."""
    top, width = sheet.header_row - 1, len(sheet.columns)
    if top:
        grey = {"textFormat": {"foregroundColorStyle": colour(palette.GREY)}, "wrapStrategy": "OVERFLOW_CELL"}
        yield dress(area(sheet_id, (0, top)), {"userEnteredFormat": grey}, "userEnteredFormat(textFormat,wrapStrategy)")
        yield from _alarm(area(sheet_id, (0, top), (0, 1)))
    robots = {place for place, _ in sheet.robot_columns}
    for robot, places in _runs(range(width), lambda place: sheet.owner is Owner.ROBOT or place in robots):
        yield dress(area(sheet_id, (top, top + 1), places), header(robot=robot), _HEADER)
    if any(column.note for column in sheet.columns):
        notes = [[{"note": column.note} if column.note else {} for column in sheet.columns]]
        yield put(start(sheet_id, top, 0), notes, "note")
    yield from _columns(sheet, sheet_id)


def rows(sheet: Sheet, sheet_id: int, first: int) -> Iterator[Json]:
    """The requests that give the rows of a table, from a 0-based one on, the formats of their columns."""
    robots = {place for place, _ in sheet.robot_columns}

    def look(place: int) -> Json:
        return body(sheet.columns[place], typed=sheet.owner is not Owner.ROBOT and place not in robots)

    for cell, places in _runs(range(len(sheet.columns)), look):
        yield dress(area(sheet_id, (first, None), places), cell, BODY)


def _columns(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    under = (sheet.header_row, None)
    yield from rows(sheet, sheet_id, sheet.header_row)
    for pixels, places in _runs(range(len(sheet.columns)), lambda place: _pixels(sheet.columns[place])):
        yield width(sheet_id, places, pixels)
    for hidden, places in _runs(range(len(sheet.columns)), lambda place: sheet.columns[place].hidden):
        if hidden:
            yield _hidden(sheet_id, places)
    for place, column in enumerate(sheet.columns):
        yield from rules(column, area(sheet_id, under, (place, place + 1)))


def rules(column: Column, where: Json) -> Iterator[Json]:
    """The drop-down, box and colours of a column's cells."""
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
    """The DataValidationRule of a column; another answer than those offered stays possible: the robot reports it."""
    if column.tick:
        return {"condition": {"type": "BOOLEAN"}, "strict": True}
    if not column.choices:
        return None
    values = [{"userEnteredValue": choice} for choice in column.choices]
    return {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True, "strict": False}


def width(sheet_id: int, places: tuple[int, int], pixels: int) -> Json:
    """The request that sets the width of columns."""
    properties = {"range": span(sheet_id, "COLUMNS", *places), "properties": {"pixelSize": pixels}}
    return {"updateDimensionProperties": {**properties, "fields": "pixelSize"}}


def _hidden(sheet_id: int, places: tuple[int, int]) -> Json:
    properties = {"range": span(sheet_id, "COLUMNS", *places), "properties": {"hiddenByUser": True}}
    return {"updateDimensionProperties": {**properties, "fields": "hiddenByUser"}}


def _pixels(column: Column) -> int:
    return round(column.width * _PIXELS_OF_A_CHARACTER + _PIXELS_AROUND)


def single(column: Column, sheet_id: int, place: int, top: int, *, robot: bool) -> Iterator[Json]:
    """Every request that dresses one column that we inserted in a people's tab; `top` is the 0-based header row."""
    # An inserted column looks like its neighbour: that look is taken off first.
    yield dress(area(sheet_id, (0, None), (place, place + 1)), {}, "userEnteredFormat,dataValidation,note")
    yield dress(area(sheet_id, (top, top + 1), (place, place + 1)), header(robot=robot), _HEADER)
    if column.note:
        yield put(start(sheet_id, top, place), [[{"note": column.note}]], "note")
    yield dress(area(sheet_id, (top + 1, None), (place, place + 1)), body(column, typed=not robot), BODY)
    yield width(sheet_id, (place, place + 1), _pixels(column))
    yield from rules(column, area(sheet_id, (top + 1, None), (place, place + 1)))


def _alarm(where: Json) -> Iterator[Json]:
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
        name: {"colorStyle": colour(shade), "type": "NUMBER", "value": _spelled(value)}
        for name, value, shade in (("minpoint", low, shades[0]), ("maxpoint", high, shades[2]))
    }
    middle = {"colorStyle": colour(shades[1]), "type": "PERCENT", "value": "50"} if shades[1] else None
    return {**ends, **({"midpoint": middle} if middle else {})}


def _spelled(value: float) -> str:
    """A number as every locale reads it: a half is a formula."""
    return f"{value:g}" if float(value).is_integer() else f"={Fraction(value).limit_denominator(1000)}"


def _colour_rule(where: Json, rule: Json) -> Json:
    return {"addConditionalFormatRule": {"rule": {"ranges": [where], **rule}, "index": 0}}


def _runs(places: range, of: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Neighbours of which `of` says the same: what it says, the first place and the one after the last."""
    for said, group in groupby(places, of):
        members = list(group)
        yield said, (members[0], members[-1] + 1)
