"""Types and looks of the columns that we make: type, format, drop-down, colours, in Grist's terms. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from eig_sheets.spreadsheet.grist.reading import LINK_WIDGET
from eig_sheets.spreadsheet.model.cells import Link, WrittenValue
from eig_sheets.spreadsheet.model.palette import TONES
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone

_EXACT_PERCENT: Final[dict[str, Any]] = {"numMode": "percent", "decimals": 0, "maxDecimals": 2}
"""All four decimals of a probability: Grist has no format by which 0.03 % is « < 1 % », and 0 % would be wrong."""
_NUMBERS: Final[dict[Format, dict[str, Any]]] = {
    Format.INTEGER: {"decimals": 0, "maxDecimals": 0},
    Format.NOTE: {"decimals": 0, "maxDecimals": 2},
    Format.EURO: {"numMode": "currency", "currency": "EUR", "decimals": 2},
    Format.PERCENT: {"numMode": "percent", "decimals": 0, "maxDecimals": 0},
    **dict.fromkeys((Format.PROBABILITY, Format.PROBABILITY_1, Format.PROBABILITY_2), _EXACT_PERCENT),
}
_ANYTHING: Final = (Format.GENERAL, Format.MIXED)
_MOMENTS: Final = (Format.DATE, Format.DATETIME)
_DATE_OPTIONS: Final = {"dateFormat": "DD/MM/YYYY", "isCustomDateFormat": True}
_TIME_OPTIONS: Final = {"timeFormat": "HH:mm", "isCustomTimeFormat": True}


def people_column(look: Column, zone: str) -> dict[str, Any]:
    """The definition of a column that people fill."""
    if look.tick:
        return _definition(look, "Bool", {"widget": "Switch"})  # Grist shows no box that is not ticked
    if look.choices or look.tones:
        return _definition(look, "Choice", _choices(look))
    if look.format in _NUMBERS:
        # Grist's own default is 0, which would be a note; a formula that is no formula column's is a default.
        return _definition(look, "Numeric", _NUMBERS[look.format]) | {"formula": "None", "isFormula": False}
    if look.format in _MOMENTS:
        return _moment(look, zone, whole_days=look.format is Format.DATE)
    return _definition(look, "Text", {"wrap": True} if look.format is Format.WRAPPED else {})


def added_column(table_id: str, column_id: str, definition: dict[str, Any]) -> list[list[Any]]:
    """The actions that add a column, blank in the rows that are there.

    A default is for rows to come: in those, Grist puts the 0 of a number. As a formula, it fills them all, and stays.
    """
    whole = {**definition, "untieColIdFromLabel": True}
    if not definition["formula"]:
        return [["AddVisibleColumn", table_id, column_id, whole]]
    return [
        ["AddVisibleColumn", table_id, column_id, {**whole, "isFormula": True}],
        ["ModifyColumn", table_id, column_id, {"isFormula": False}],
    ]


def robot_column(look: Column, values: Sequence[WrittenValue], zone: str) -> dict[str, Any]:
    """The definition of a column of a robot's table, of a type that holds these values exactly."""
    kinds = {type(value) for value in values if value not in (None, "")}
    if Link in kinds and kinds <= {Link, str}:
        return _definition(look, "Text", {"widget": LINK_WIDGET})
    if kinds <= {str}:
        if look.format in _ANYTHING or (kinds and (look.format in _NUMBERS or look.format in _MOMENTS)):
            return _anything(look)
        return people_column(look, zone)
    if kinds <= {int, float} and look.format in _NUMBERS:
        return people_column(look, zone)
    if kinds == {datetime} and look.format in _MOMENTS:
        whole_days = all(value.time() == time() for value in values if isinstance(value, datetime))
        return _moment(look, zone, whole_days=whole_days and look.format is Format.DATE)
    return _anything(look)


def _anything(look: Column) -> dict[str, Any]:
    return _definition(look, "Any", {"alignment": "center"} if look.format is Format.MIXED else {})


def shown_column(look: Column) -> dict[str, Any]:
    """The definition of a robot's column in a people's table, but for its formula."""
    if look.tones:
        return _definition(look, "Choice", _choices(look))
    if look.format in (Format.INTEGER, Format.NOTE):
        return _definition(look, "Numeric", _NUMBERS[look.format])
    return _definition(look, "Text", {"wrap": True} if look.format is Format.WRAPPED else {})


def _moment(look: Column, zone: str, *, whole_days: bool) -> dict[str, Any]:
    if whole_days:
        return _definition(look, "Date", _DATE_OPTIONS)
    return _definition(look, f"DateTime:{zone}", _DATE_OPTIONS | _TIME_OPTIONS)


def _choices(look: Column) -> dict[str, Any]:
    tones = dict(look.tones)
    choices = dict.fromkeys((*look.choices, *tones))
    colours = {choice: _colours(tones[choice]) for choice in choices if choice in tones}
    return {"choices": [*choices], "choiceOptions": colours}


def _colours(tone: Tone) -> dict[str, str]:
    text, fill = TONES[tone]
    return {"textColor": f"#{text}", "fillColor": f"#{fill}"}


def _definition(look: Column, type_: str, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": type_,
        "label": look.header,
        "description": look.note,
        "isFormula": False,
        "formula": "",
        "widgetOptions": json.dumps(options, ensure_ascii=False) if options else "",
    }


_PIXELS_PER_CHARACTER: Final = 8
_PIXELS_OF_HEADER: Final = 7.3
"""Of a character of a header, in the widest of the fonts that browsers take for Grist’s."""
_NAME_OF_CELL: Final = 30
"""Characters of « ligne 12, Coût employeur 10 mois », on two lines at most."""
_MARGINS: Final = 18
_NOTE: Final = 20
"""The sign by which a header tells its description."""


def width_of(look: Column) -> int:
    """The width at which neither the header nor what the tab expects in the column is cut."""
    header = len(look.header) * _PIXELS_OF_HEADER + _MARGINS + (_NOTE if look.note else 0)
    width = max(look.width, _NAME_OF_CELL) if look.names_cells else look.width
    return round(max(width * _PIXELS_PER_CHARACTER, header))
