"""Conditional styles of Grist, where other spreadsheets have a scale of colours or a bar. Pure.

Each step is a column that Grist hides, which says in which rows it holds; Grist names them in their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from eig_sheets.spreadsheet.grist.document import GristTable
from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.sheet import Column, Tone

RULES: Final = "rulesOptions"
"""The styles of the rules, in the options of their column."""
_HELPER: Final = "gristHelper_ConditionalRule"
_PALE_BAR: Final = "DCE4FB"
_WRONG: Final = palette.TONES[Tone.BAD][1]


def _between(colour: str, share: float) -> str:
    """The colour at that share of the way from the middle of a scale."""
    pairs = zip(bytes.fromhex(palette.MIDDLE), bytes.fromhex(colour), strict=True)
    return bytes(round(middle + (end - middle) * share) for middle, end in pairs).hex().upper()


_PARTS: Final = 7
_SHADES: Final = (
    *(_between(palette.LOW, share) for share in (1, 2 / 3, 1 / 3)),
    "",
    *(_between(palette.HIGH, share) for share in (1 / 3, 2 / 3, 1)),
)
"""Of the parts of a scale, from its low end; none in the middle."""
_VALUE: Final = "«value»"
"""Stands for the cell in a condition."""
_IS_NUMBER: Final = f"isinstance({_VALUE}, (int, float))"


def actions(table: GristTable, looks: Mapping[int, Column], *, robots: bool) -> Iterator[list[Any]]:
    """The actions that add the rules of a new table; `looks` are those of its columns, by their refs.

    `robots`: whether the table is the robot's; in people's, only numbers out of their limits have a colour.
    """
    numbers = count(1)
    for column in table.columns:
        look = looks.get(column.ref)
        steps = [*_steps(look)] if look is not None and (robots or look.limits) else []
        for condition, _ in steps:
            number = next(numbers)
            yield ["AddEmptyRule", table.id, 0, column.ref]
            helper = _HELPER if number == 1 else f"{_HELPER}{number}"
            yield ["ModifyColumn", table.id, helper, {"formula": condition.replace(_VALUE, f"${column.id}")}]
        if steps:
            styles = [{"fillColor": f"#{shade}"} for _, shade in steps]
            options = json.dumps({**column.options, RULES: styles}, ensure_ascii=False)
            yield ["ModifyColumn", table.id, column.id, {"widgetOptions": options}]


def _steps(look: Column) -> Iterator[tuple[str, str]]:
    """Condition and shade: of a scale on both sides of its middle, of a share, of a number out of its limits.

    Few, since Grist writes all of its code again for each.
    """
    if look.limits:
        yield f"{_IS_NUMBER} and not {look.limits.low:g} <= {_VALUE} <= {look.limits.high:g}", _WRONG
    elif look.scale:
        low, high = look.scale
        places = [None, *(round(low + (high - low) * step / _PARTS, 2) for step in range(1, _PARTS)), None]
        for place, shade in enumerate(_SHADES):
            if shade:
                yield _between_places(places[place], places[place + 1]), shade
    elif look.bar:
        yield _between_places(0.33, 0.67), _PALE_BAR
        yield _between_places(0.67, None), palette.BAR


def _between_places(least: float | None, limit: float | None) -> str:
    """From a number (included) to another one (not included)."""
    lower, upper = "" if least is None else f"{least:g} <= ", "" if limit is None else f" < {limit:g}"
    return f"{_IS_NUMBER} and {lower}{_VALUE}{upper}"
