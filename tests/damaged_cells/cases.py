"""The cells that are damaged: each column of people's tabs, from the schema, in a row where it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from eig_sheets.campaign.reading import Reading
from eig_sheets.spreadsheet.model.cells import parse_a1
from tests.columns import LATER_TABS, SCHEMA
from tests.damaged_cells.damages import KINDS, Damage, damage
from tests.damaged_cells.days import DayOfCall

COLUMNS = [(tab.id, field.id) for tab in SCHEMA.tabs if tab.id not in LATER_TABS for field in tab.fields]
"""Each column of people's tabs, of projects and of candidates, by its tab and field, that a call has from the first.

`Colonnes des exports` is there for an import alone: tests/features/requests/test_export_columns.py.
"""

_TAB, _CELL, _MESSAGE = 1, 2, 4
"""Columns of `Anomalies`."""
_FULLEST = 12
"""Rows among which one is chosen: those that are furthest in the call."""


@dataclass(frozen=True, slots=True)
class Case:
    """A damage to a cell of a workbook."""

    workbook: Path
    tab_id: str
    damage: Damage

    @property
    def name(self) -> str:
        """By which a person finds it again."""
        return f"{self.damage.tab}!{self.damage.cells[0]} {self.damage.field.id}: {self.damage.kind}"


def cases(day: DayOfCall) -> Iterator[Case]:
    """Each damage to each column of the tabs that people have on that day."""
    for path, reading in day.readings().items():
        for tab in reading.schema.tabs:
            if tab.id in reading.tables:
                yield from (Case(path, tab.id, one) for one in _of_tab(day, reading, tab.id, _listed(day, path)))


def keys(day: DayOfCall) -> frozenset[str]:
    """What names a row of any tab of people's."""
    tables = [table for reading in day.readings().values() for table in reading.tables.values()]
    return frozenset(str(key) for one in tables for key in one.frame[one.layout.schema.key].dropna().tolist())


def _listed(day: DayOfCall, path: Path) -> frozenset[str]:
    """The cells of which `Anomalies` says something, each as the tab, « ! » and the cell."""
    rows = [row for tab in day.sound[path] if tab.name == "Anomalies" for row in tab.rows if len(row) > _MESSAGE]
    said = ((row[_TAB], f"{row[_CELL]} {row[_MESSAGE]}") for row in rows)
    return frozenset(f"{tab}!{cell}" for tab, text in said for cell in re.findall(r"[A-Z]+\d+", text))


def _of_tab(day: DayOfCall, reading: Reading, tab_id: str, listed: frozenset[str]) -> Iterator[Damage]:
    layout = reading.tables[tab_id].layout
    rows = _sound_rows(reading, tab_id, listed)
    for field in layout.schema.fields:
        if field.id not in layout.columns or not rows:
            continue
        column = layout.columns[field.id]
        filled = [row for row in rows if layout.tab.value(row, column) is not None]
        for kind in KINDS:
            drawn = crc32(f"{day.day} {tab_id} {field.id} {kind}".encode())
            among = (filled or rows)[:_FULLEST]
            if found := damage(kind, layout, field, among[drawn % len(among)]):
                yield found


def _sound_rows(reading: Reading, tab_id: str, listed: frozenset[str]) -> list[int]:
    """The rows of which nothing is wrong, the fullest first; of messages, those that people did not set aside."""
    table = reading.tables[tab_id]
    tab = table.layout.tab
    wrong = {parse_a1(one.cell)[0] for one in reading.anomalies if one.cell and one.tab == tab.name}
    wrong |= {parse_a1(one.partition("!")[2])[0] for one in listed if one.startswith(f"{tab.name}!")}
    rows = [row for row in table.frame["row"].tolist() if row not in wrong | table.blocked]
    if tab_id == "emails":
        set_aside = {*table.frame.loc[table.frame["ne_pas_envoyer"].eq(other=True), "row"]}
        rows = [row for row in rows if row not in set_aside]
    filled = {row: sum(value is not None for value in tab.rows[row - 1]) for row in rows}
    return sorted(rows, key=lambda row: (-filled[row], row))
