"""Columns of authors: a trigger by which Grist itself writes who typed a cell, and whether one is as we made it. Pure.

The trigger's formula has no access but to the row and to the account that changes it. A mark says which column names
the authors of which field, what it signs and what makes it sign again, by the stable numbers of the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.grist.document import GristColumn, GristTable, Mark
from eig_sheets.spreadsheet.grist.own_tables import Places
from eig_sheets.spreadsheet.model.signing import LENGTH, MARK, MOMENT, AuthorColumn

ON_NEW_ROWS_AND_CHANGES: Final = 0
"""When the trigger runs (`recalcWhen`): when a row is added or one of its columns changes."""
_FORMULA: Final = f"""\
import datetime, hashlib, json
if $OWN is None or $OWN is False or $OWN == "":
  return ""
def said(value):
  if isinstance(value, bool):
    return "oui" if value else ""
  if isinstance(value, (int, float)):
    return "%.15g" % value
  if isinstance(value, datetime.date):
    return value.strftime("%Y-%m-%d %H:%M:%S")
  if isinstance(value, (list, tuple)):
    return " ; ".join(said(one) for one in value)
  return "" if value is None else str(value)
signed = json.dumps([SIGNED])
digest = hashlib.sha256(signed.encode()).hexdigest()[:{LENGTH}]
return "%s, %s · %s" % (user.Email, NOW().strftime("{MOMENT}"), digest)"""


def trigger_of(signed: Sequence[GristColumn]) -> str:
    """The formula that signs these columns, of which the last is the one that it is about: what people see of them."""
    return formula([column.shown_by or column.id for column in signed])


def formula(signed: Sequence[str]) -> str:
    """The formula of the trigger that signs the columns of these ids."""
    said = ", ".join(f"said(${column})" for column in signed)
    return _FORMULA.replace("OWN", signed[-1]).replace("SIGNED", said)


@dataclass(frozen=True, slots=True)
class Definition:
    """What the mark of a column of authors says: the numbers of what it signs, and of what makes it sign again."""

    signs: tuple[int, ...]
    triggers: tuple[int, ...]

    def __str__(self) -> str:
        """The text of the mark."""
        return ";".join(",".join(map(str, refs)) for refs in (self.signs, self.triggers))


def definition_in(text: str) -> Definition | None:
    """The definition in the text of a mark; None in anything else."""
    try:
        signs, triggers = (tuple(map(int, part.split(","))) for part in text.split(";"))
    except ValueError:
        return None
    return Definition(signs, triggers)


def author_columns(table: GristTable, marks: Places) -> Iterator[tuple[Mark, GristColumn]]:
    """The columns of authors of a table, with the mark of each, those that somebody altered too."""
    for column in table.columns:
        mark = marks.get((table.ref, column.ref))
        if mark is not None and mark.id.startswith(MARK):
            yield mark, column


def sound_columns(table: GristTable, marks: Places) -> dict[str, AuthorColumn]:
    """The columns of authors of a table that are as we made them, by the id of the field that each is about."""
    places = {column.ref: place for place, column in enumerate(table.columns)}
    sound: dict[str, AuthorColumn] = {}
    for mark, column in author_columns(table, marks):
        definition = definition_in(mark.look)
        if definition is not None and _is_sound(column, definition, table.columns, places):
            signs = tuple(places[ref] for ref in definition.signs)
            sound[mark.id.removeprefix(MARK)] = AuthorColumn(places[column.ref], signs)
    return sound


def _is_sound(
    column: GristColumn, definition: Definition, columns: Sequence[GristColumn], places: Mapping[int, int]
) -> bool:
    """Whether a column has the trigger of that definition, and no other."""
    if not {*definition.signs, *definition.triggers} <= places.keys():
        return False
    expected = trigger_of([columns[places[ref]] for ref in definition.signs])
    is_trigger = (column.type, column.is_formula, column.recalc_when) == ("Text", False, ON_NEW_ROWS_AND_CHANGES)
    return is_trigger and column.formula == expected and {*column.recalc_on} == {*definition.triggers}
