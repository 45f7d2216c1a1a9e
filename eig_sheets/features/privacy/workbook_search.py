"""A person as texts name them, and the cells of a workbook that concern them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from eig_sheets.features.privacy.people_tabs import tabs_of_persons
from eig_sheets.personal_data import PersonColumns, people_of
from eig_sheets.registry import Features
from eig_sheets.spreadsheet.model import cell_names
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.names import orders_of
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.read_back import HEADER_ROWS

CELLS: Final = "\x1f"
"""What stands between the cells of a row that is one text: no cell has it (ASCII, unit separator)."""
_LEAST_NAME = 4
"""Letters of a name, at the least: shorter ones are found in too many words."""


class Match(StrEnum):
    """What names the person: their address or a name of theirs; or the row, which is about them."""

    ADDRESS = "adresse"
    NAME = "nom"
    ROW = "ligne"


@dataclass(frozen=True)
class Person:
    """Somebody by their address, and the names that stand beside it in the workbook."""

    address: str
    names: tuple[str, ...] = ()

    def named(self, names: Iterable[str]) -> Person:
        """The same person, with these names as well."""
        return Person(self.address, tuple(dict.fromkeys((*self.names, *names))))

    def match(self, text: str) -> Match | None:
        """What in a text names them, an address before a name; None when nothing does."""
        if self._address.search(unicodedata.normalize("NFC", text).casefold()):
            return Match.ADDRESS
        if not self._phrases:
            return None
        words = f" {words_of(text)} "
        if any(f" {phrase} " in words for phrase in self._phrases) or self.places_of_name(text.split(CELLS)):
            return Match.NAME
        return None

    def places_of_name(self, cells: Sequence[str]) -> set[int]:
        """The places, in the cells of a row, of two that are a name of theirs together: a first name, a surname."""
        if len(cells) < 2 or not self._halves:
            return set()
        longest = 2 * max(map(len, self._halves))
        words = [words_of(cell) if len(cell) <= longest else "" for cell in cells]
        there = {*words}
        return {at for at, half in enumerate(words) if half and not there.isdisjoint(self._halves.get(half, ()))}

    @cached_property
    def _address(self) -> re.Pattern[str]:
        """Their address, not as a part of a longer one."""
        address = re.escape(unicodedata.normalize("NFC", self.address.strip()).casefold())
        return re.compile(rf"(?<![\w.+%-]){address}(?![\w-]|\.\w)")

    @cached_property
    def _halves(self) -> dict[str, set[str]]:
        """Each part of a name that may stand in a cell, and what the rest of it then is in another."""
        halves: dict[str, set[str]] = {}
        for phrase in self._phrases:
            words = phrase.split()
            for at in range(1, len(words)):
                halves.setdefault(" ".join(words[:at]), set()).add(" ".join(words[at:]))
        return halves

    @cached_property
    def _phrases(self) -> frozenset[str]:
        """Each name in words, in each of its orders."""
        phrases = set()
        for name in self.names:
            words = words_of(name).split()
            if len(words) > 1 and sum(map(len, words)) >= _LEAST_NAME:
                phrases |= {" ".join(order) for order in orders_of(words)}
        return frozenset(phrases)


def words_of(text: str) -> str:
    """A text in words: without accents, case, nor anything but letters and digits."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(re.split(r"[^\w]+|_", plain)).strip()


Layouts = Mapping[str, TabLayout]


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell that concerns a person: its tab, the name by which people know it, its header, its value, and why."""

    tab: str
    cell: str
    header: str
    value: CellValue
    match: Match


def identified(person: Person, layouts: Layouts, features: Features) -> Person:
    """The person with the names that stand beside their address."""
    return person.named(
        name
        for columns, tab, row in _rows_of(person, layouts, features)
        if (name := _name(columns, tab, row)) is not None
    )


def cells_of(person: Person, snapshot: Snapshot, layouts: Layouts, features: Features) -> Iterator[FoundCell]:
    """Every cell that concerns them, tab by tab and row by row.

    In the robot's tabs and in those that we do not know, a row where a cell is their address is about them. A list may
    have no headers: the row that would have them is searched too.
    """
    rows = _whole_rows(person, layouts, features)
    by_name, by_id = {tab.name: tab for tab in layouts.values()}, snapshot.capabilities.row_ids
    for tab in snapshot.tabs:
        layout = by_name.get(tab.name)
        header_row = layout.header_row if layout else _header_row(tab)
        about = rows.get(tab.name, frozenset())
        for number, cells in enumerate(tab.rows, 1):
            whole = number in about or (layout is None and _has_address(person, cells))
            for column, match in _matches(person, cells, whole=whole):
                name = cell_names.cell_name(tab, number, column, by_id=by_id, header_row=header_row)
                header = tab.value(header_row, column) if number != header_row else None
                yield FoundCell(tab.name, name, "" if header is None else str(header), cells[column], match)


def _has_address(person: Person, cells: Sequence[CellValue]) -> bool:
    address = person.address.casefold()
    return any(isinstance(value, str) and value.strip().casefold() == address for value in cells)


def _matches(person: Person, cells: Sequence[CellValue], *, whole: bool) -> Iterator[tuple[int, Match]]:
    """The filled cells of a row that concern the person, by column."""
    split = person.places_of_name([value if isinstance(value, str) else "" for value in cells])
    for column, value in enumerate(cells):
        if value is None or value == "":
            continue
        match = person.match(value) if isinstance(value, str) else None
        match = match or (Match.NAME if column in split else None)
        if match or whole:
            yield column, match or Match.ROW


def _rows_of(person: Person, layouts: Layouts, features: Features) -> Iterator[tuple[PersonColumns, TabLayout, int]]:
    """Each row that has the person's address where the schema expects one."""
    for columns in people_of(features):
        layout = layouts.get(columns.tab)
        if layout is None or columns.address not in layout.columns:
            continue
        for row in range(layout.header_row + 1, layout.last_row + 1):
            value = _value(layout, columns.address, row)
            if isinstance(value, str) and person.match(value) is Match.ADDRESS:
                yield columns, layout, row


def _whole_rows(person: Person, layouts: Layouts, features: Features) -> dict[str, frozenset[int]]:
    """The rows that are about the person, by the name of the tab."""
    tabs = tabs_of_persons(features)
    fields = {tab.tab: tab.person for tab in tabs[:1]}
    by_tab: dict[str, set[int]] = {}
    numbers: set[CellValue] = set()
    for columns, layout, row in _rows_of(person, layouts, features):
        if columns.whole_row:
            by_tab.setdefault(layout.name, set()).add(row)
        if columns.tab in fields:
            numbers.add(_value(layout, fields[columns.tab], row))
    numbers -= {None}
    for about in tabs if numbers else ():
        if (tab := layouts.get(about.tab)) is not None:
            rows = range(tab.header_row + 1, tab.last_row + 1)
            same = {row for row in rows if _value(tab, about.person, row) in numbers}
            by_tab.setdefault(tab.name, set()).update(same)
    return {name: frozenset(rows) for name, rows in by_tab.items()}


def _name(columns: PersonColumns, layout: TabLayout, row: int) -> str | None:
    words = [value for name in columns.names if isinstance(value := _value(layout, name, row), str)]
    return " ".join(words) or None


def _value(layout: TabLayout, field_id: str, row: int) -> CellValue:
    column = layout.columns.get(field_id)
    return None if column is None else layout.tab.value(row, column)


def _header_row(tab: TabSnapshot) -> int:
    """The first of the first rows that has the most filled cells: where a tab that we do not know has its headers."""
    counts = [sum(value is not None for value in row) for row in tab.rows[:HEADER_ROWS]]
    return counts.index(max(counts)) + 1 if counts else 1
