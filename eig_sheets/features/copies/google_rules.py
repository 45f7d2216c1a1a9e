"""Converts drop-downs and colour rules of Google's JSON, where an .xlsx has the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from eig_sheets.features.copies.google_cells import colour
from eig_sheets.features.copies.model import LAST_COLUMN, LAST_ROW
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.new_xlsx.content import ColourRule, ColourScale, DropDown, Style

Json = dict[str, Any]

TICK_BOX = ("oui", "non")
"""The choices that replace a check-box; a ticked one stays a true value, and the robot reads both."""

_COMPARED = {
    "NUMBER_EQ": "==",
    "NUMBER_NOT_EQ": "!=",
    "NUMBER_GREATER": ">",
    "NUMBER_GREATER_THAN_EQ": ">=",
    "NUMBER_LESS": "<",
    "NUMBER_LESS_THAN_EQ": "<=",
}
_TESTED: Mapping[str, Callable[[str, str], str]] = {
    "TEXT_STARTS_WITH": lambda cell, text: f"LEFT({cell},{len(text)})={_literal(text)}",
    "TEXT_ENDS_WITH": lambda cell, text: f"RIGHT({cell},{len(text)})={_literal(text)}",
    "TEXT_CONTAINS": lambda cell, text: f"ISNUMBER(FIND(UPPER({_literal(text)}),UPPER({cell})))",
    "BLANK": lambda cell, _: f'{cell}=""',
    "NOT_BLANK": lambda cell, _: f'{cell}<>""',
}
_POINTS = {"MIN": "min", "MAX": "max", "NUMBER": "num", "PERCENT": "percent", "PERCENTILE": "percentile"}


def area(grid_range: Json, rows: int, columns: int) -> Area:
    """A GridRange of a tab of that size; one that reaches its last row extends to rows that people will add."""
    last_row = grid_range.get("endRowIndex", rows)
    return Area(
        grid_range.get("startRowIndex", 0) + 1,
        grid_range.get("startColumnIndex", 0),
        LAST_ROW if last_row >= rows else last_row,
        min(grid_range.get("endColumnIndex", columns), LAST_COLUMN) - 1,
    )


def choices(cell: Json) -> tuple[str, ...]:
    """The choices that a CellData offers; () when anything may be typed, or when a range of cells has them."""
    if "dataValidation" not in cell:
        return ()
    condition = cell["dataValidation"].get("condition", {})
    offered = tuple(str(value.get("userEnteredValue", "")) for value in condition.get("values", ()))
    if condition.get("type") == "BOOLEAN":
        return offered or TICK_BOX
    return offered if condition.get("type") == "ONE_OF_LIST" else ()


def drop_downs(offered: Sequence[Sequence[tuple[str, ...]]], rows: int) -> Iterator[DropDown]:
    """The drop-downs of a tab of so many rows: `offered` has the choices of each cell, by row."""
    areas_by_choices: dict[tuple[str, ...], list[Area]] = {}
    for column in range(max(map(len, offered), default=0)):
        first = 1
        current: tuple[str, ...] = ()
        cells = (line[column] if column < len(line) else () for line in offered)
        for row, offered_here in enumerate((*cells, ()), 1):
            if offered_here != current:
                if current:
                    last = LAST_ROW if row > rows else row - 1
                    areas_by_choices.setdefault(current, []).append(Area(first, column, last, column))
                first, current = row, offered_here
    for words, areas in areas_by_choices.items():
        yield DropDown(tuple(areas), words)


def colour_rule(
    rule: Json, size: tuple[int, int], theme: Mapping[str, str], sheet_id: int
) -> ColourRule | ColourScale | None:
    """A ConditionalFormatRule of a tab of that (rows, columns); None when an .xlsx has no such rule."""
    areas = tuple(area(part, *size) for part in rule.get("ranges", ()) if part.get("sheetId", 0) == sheet_id)
    if not areas:
        return None
    if "gradientRule" in rule:
        return _scale(areas, rule["gradientRule"], theme)
    return _boolean(areas, rule.get("booleanRule", {}), theme)


def _boolean(areas: tuple[Area, ...], rule: Json, theme: Mapping[str, str]) -> ColourRule | None:
    condition, look = rule.get("condition", {}), rule.get("format", {})
    kind, operands = condition.get("type", ""), condition.get("values") or [{}]
    operand, text = operands[0].get("userEnteredValue", ""), look.get("textFormat", {})
    style = Style(
        bold=text.get("bold", False),
        italic=text.get("italic", False),
        strike=text.get("strikethrough", False),
        colour=colour(text.get("foregroundColorStyle"), theme),
        background=colour(look.get("backgroundColorStyle"), theme),
    )
    if operand.startswith("="):
        return None
    if kind == "TEXT_EQ":
        return ColourRule(areas, "==", _literal(operand), style)
    if kind in _COMPARED:
        number = _number(operand)
        return None if number is None else ColourRule(areas, _COMPARED[kind], repr(number), style)
    if kind in _TESTED:
        first = a1(areas[0].first_row, areas[0].first_column)
        return ColourRule(areas, "", _TESTED[kind](first, operand), style)
    return None


def _scale(areas: tuple[Area, ...], rule: Json, theme: Mapping[str, str]) -> ColourScale | None:
    points = []
    for name in ("minpoint", "midpoint", "maxpoint"):
        if point := rule.get(name):
            kind, value = _POINTS.get(point.get("type", "")), _number(point.get("value", "0"))
            if kind is None or value is None:
                return None
            points.append((kind, value, colour(point.get("colorStyle"), theme) or "FFFFFF"))
    return ColourScale(areas, tuple(points)) if len(points) > 1 else None


def _number(text: str) -> float | None:
    """A number as rules spell it: 3, 3.5, 3,5 or =7/2; None for anything else."""
    try:
        return float(Fraction(text.removeprefix("=").replace(",", ".").strip()))
    except (ValueError, ZeroDivisionError):
        return None


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
