"""A computed column that tells people at once when a number they type is invalid or out of its limits.

Grist refuses no value by its column's type or limits. The cell turns red, and this column says why, in French. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist.work import WorkTable
from eig_sheets.spreadsheet.model.sheet import Column, Limits, Owner, Sheet
from eig_sheets.text.french import typographic

HEADER: Final = "À corriger"
LOOK: Final = Column(HEADER, width=40)
_NOTE: Final = "Calculé par Grist dès la saisie : la note qui ne peut pas compter, et pourquoi. Vide : rien à corriger."


def column_of(table: str) -> str:
    """The id of that column of a table."""
    return f"eig_{table}_a_corriger"


def added_column(table: WorkTable, sheet: Sheet) -> Iterator[list[Any]]:
    """The actions that add the column to a new table of people's in which numbers have limits; it is then theirs."""
    looks = zip(table.columns, sheet.columns, strict=True)
    checked = [(column.id, look.header, look.limits) for column, look in looks if look.limits]
    if not checked or sheet.owner is Owner.ROBOT:
        return
    definition = {
        "type": "Text",
        "label": HEADER,
        "isFormula": True,
        "formula": _formula(checked),
        "widgetOptions": '{"wrap": true, "textColor": "#B01A1F"}',
        "untieColIdFromLabel": True,
    }
    yield ["AddVisibleColumn", table.id, column_of(table.id), definition]
    yield ["ModifyColumn", table.id, column_of(table.id), {"description": typographic(_NOTE)}]


def _formula(checked: Sequence[tuple[str, str, Limits]]) -> str:
    rows = "".join(
        f"  (${id_}, {limits.low!r}, {limits.high!r}, {limits.words!r}, {_said(header, limits)!r}),\n"
        for id_, header, limits in checked
    )
    return (
        f"said = []\nfor value, low, high, words, limits in [\n{rows}]:\n"
        "  text = '' if value is None else str(value).strip()\n"
        "  if not text or text.upper() in words:\n    continue\n"
        "  try:\n    fits = low <= float(text.replace(',', '.')) <= high\n"
        "  except ValueError:\n    fits = False\n"
        "  if not fits:\n    said.append(limits)\n"
        "return ' ; '.join(said)"
    )


def _said(header: str, limits: Limits) -> str:
    return typographic(f"{header} : {limits.said}")
