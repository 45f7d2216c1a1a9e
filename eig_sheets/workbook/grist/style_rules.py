"""Conditional styles, where other spreadsheets have a scale of colours or a bar: the nearest that Grist has. Pure.

Each step is a column that Grist hides, which says in which rows it holds; Grist names them in their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from eig_sheets.workbook.grist.document import GristColumn, GristTable
from eig_sheets.workbook.model import palette
from eig_sheets.workbook.model.sheet import Column

RULES: Final = "rulesOptions"
"""The styles of the rules, in the options of their column."""
_HELPER: Final = "gristHelper_ConditionalRule"
_PALE_BAR: Final = "DCE4FB"


def actions(table: GristTable, looks: Mapping[int, Column]) -> Iterator[list[Any]]:
    """The actions that add the rules of a new table; `looks` are those of its columns, by their refs."""
    numbers = count(1)
    for column in table.columns:
        look = looks.get(column.ref)
        steps = [] if look is None else [*_steps(look)]
        for (least, most), _ in steps:
            number = next(numbers)
            yield ["AddEmptyRule", table.id, 0, column.ref]
            helper = _HELPER if number == 1 else f"{_HELPER}{number}"
            yield ["ModifyColumn", table.id, helper, {"formula": _formula(column, least, most)}]
        if steps:
            styles = [{"fillColor": f"#{shade}"} for _, shade in steps]
            options = json.dumps({**column.options, RULES: styles}, ensure_ascii=False)
            yield ["ModifyColumn", table.id, column.id, {"widgetOptions": options}]


def _steps(look: Column) -> Iterator[tuple[tuple[float | None, float | None], str]]:
    """Least value (included), limit (not included), and shade: the outer thirds of a scale, the upper two of a share.

    Few, since Grist writes all of its code again for each.
    """
    if look.scale:
        low, high = look.scale
        first, second = (round(low + (high - low) * third / 3, 2) for third in (1, 2))
        yield (None, first), palette.LOW
        yield (second, None), palette.HIGH
    elif look.bar:
        yield (0.33, 0.67), _PALE_BAR
        yield (0.67, None), palette.BAR


def _formula(column: GristColumn, least: float | None, limit: float | None) -> str:
    value = f"${column.id}"
    lower, upper = "" if least is None else f"{least:g} <= ", "" if limit is None else f" < {limit:g}"
    return f"isinstance({value}, (int, float)) and {lower}{value}{upper}"
