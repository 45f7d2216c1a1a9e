"""Kinds of damage to a cell of people's: each is the cells that it changes, and the values they then have. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, a1
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import quoted

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Damage:
    """What became of a cell: `edits`, the new value by (row, column), whose first is the cell that is meant.

    `origin`: those of before. `field` is of its column, `neighbour` of the next one; `kind` one of `KINDS`.
    """

    kind: str
    tab: str
    field: Field
    edits: Mapping[Place, CellValue]
    origin: Mapping[Place, CellValue]
    neighbour: Field | None

    @property
    def before(self) -> CellValue:
        """What the cell had."""
        return next(iter(self.origin.values()))

    @property
    def after(self) -> CellValue:
        """What it has."""
        return next(iter(self.edits.values()))

    @property
    def cells(self) -> tuple[str, ...]:
        """The addresses of the cells that changed."""
        return tuple(a1(*place) for place in self.edits)


def damage(kind: str, layout: TabLayout, field: Field, row: int) -> Damage | None:
    """That damage to the cell of a field in a row; None where it cannot happen."""
    edits = KINDS[kind](layout, field, row)
    if not edits:
        return None
    origin = {place: layout.tab.value(*place) for place in edits}
    return None if edits == origin else Damage(kind, layout.name, field, edits, origin, _neighbour(layout, field))


def _neighbour(layout: TabLayout, field: Field) -> Field | None:
    """The field of the column at the right of this one."""
    here = layout.columns[field.id]
    return next((one for one in layout.schema.fields if layout.columns.get(one.id) == here + 1), None)


Edits = Mapping[Place, CellValue]
Change = Callable[[TabLayout, Field, int], Edits]


def _changed(change: Callable[[CellValue, Field], CellValue]) -> Change:
    """The damage that changes a value into another, where there is one."""

    def edits(layout: TabLayout, field: Field, row: int) -> Edits:
        place = (row, layout.columns[field.id])
        value = layout.tab.value(*place)
        changed = None if value is None else change(value, field)
        return {} if value is None or changed is value else {place: changed}

    return edits


def _error(layout: TabLayout, field: Field, row: int) -> Edits:
    """A column that a formula named was deleted."""
    return {(row, layout.columns[field.id]): CellError("#REF!")}


def _typo(value: CellValue, field: Field) -> CellValue:
    """A digit that became the letter that looks like it; else two letters in the wrong order."""
    words = shown(value)
    if field.kind is not Kind.EMAIL and (found := next((one for one in reversed(words) if one in _ALIKE), "")):
        before, _, after = words.rpartition(found)
        return f"{before}{_ALIKE[found]}{after}"
    pairs = [place for place in range(len(words) - 1) if words[place : place + 2].isalpha()]
    swaps = [place for place in pairs if words[place] != words[place + 1]]
    if not swaps:
        return f"{words}{words[-1]}"
    place = swaps[len(swaps) // 3]
    return words[:place] + words[place + 1] + words[place] + words[place + 2 :]


_ALIKE: Final = {"0": "O", "1": "l", "5": "S", "8": "B", "3": "E", "2": "Z", "4": "A", "6": "G", "7": "T", "9": "g"}


def _words_around(layout: TabLayout, field: Field, row: int) -> Edits:
    """What a person adds, or types where nothing was, for another person."""
    place = (row, layout.columns[field.id])
    value = layout.tab.value(*place)
    return {place: "à confirmer" if value is None else f"{shown(value)} (à confirmer)"}


def _blank(value: CellValue, field: Field) -> CellValue:
    return None


def _century_off(value: CellValue, field: Field) -> CellValue:
    """2121 for 2021."""
    return value.replace(year=value.year + 100, day=min(value.day, 28)) if isinstance(value, date) else value


def _stray_letter(value: CellValue, field: Field) -> CellValue:
    """A letter that was meant for another cell."""
    return f"{shown(value)} q"


def _swapped(layout: TabLayout, field: Field, row: int) -> Edits:
    """Each of two neighbours has the value of the other."""
    if _neighbour(layout, field) is None:
        return {}
    here = layout.columns[field.id]
    places = [(row, here), (row, here + 1)]
    values = [layout.tab.value(*place) for place in places]
    return dict(zip(places, reversed(values), strict=True)) if values[0] != values[1] else {}


def _renamed(layout: TabLayout, field: Field, row: int) -> Edits:
    return {(layout.header_row, layout.columns[field.id]): f"{layout.header(field.id)} (copie)"}


KINDS: Final[Mapping[str, Change]] = {
    "error": _error,
    "typo": _changed(_typo),
    "words around": _words_around,
    "blank": _changed(_blank),
    "century off": _changed(_century_off),
    "stray letter": _changed(_stray_letter),
    "swapped": _swapped,
    "header renamed": _renamed,
}

OF_THE_COLUMN: Final = "header renamed"


def shown(value: CellValue) -> str:
    """A value as people see it."""
    if value is True or value is False:
        return "oui" if value else "non"
    return quoted(value)


def texts(value: CellValue) -> Iterator[str]:
    """The texts by which an output may show a value: as people see it, and as programs read it."""
    if value is None:
        return
    yield shown(value)
    yield str(value)
    if isinstance(value, float) and value.is_integer():
        yield str(int(value))
    if isinstance(value, datetime):
        yield from (value.isoformat(), f"{value:%Y-%m-%d %H:%M}", f"{value:%Y-%m-%d}", f"{value:%d/%m/%Y}")
