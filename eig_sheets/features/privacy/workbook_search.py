"""The cells of a workbook that concern a person: those that name them, and all of the rows that are about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eig_sheets.features.privacy.identity import Match, Person
from eig_sheets.features.privacy.people_tabs import tabs_of_persons
from eig_sheets.personal_data.people_columns import PersonColumns, people_of
from eig_sheets.registry import Features
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model import cell_names
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.read_back import HEADER_ROWS

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
