"""Texts of robot's tabs that Google alters when it stores them: detected right after a write, then read as sent.

Right after the write, nobody else has touched the cell: what differs there is Google's doing. So it is told apart from
what somebody types over later, and is not written again every night. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Formula, a1, as_read
from eig_sheets.spreadsheet.model.differences import differing
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import KeptOtherwise, Snapshot, TabSnapshot

_SHORTEST_CUT = 10
"""Characters from which a beginning of a text is that text, cut."""


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell of a robot's tab (1-based row, 0-based column): the text sent, what it held right after, how often so."""

    row: int
    column: int
    written: str
    kept: str
    times: int = 1

    @property
    def is_sure(self) -> bool:
        """Whether Google surely made the change: seen after two writes, or of a kind that only programs make."""
        return self.times > 1


Kept = Mapping[str, Sequence[KeptCell]]
"""The altered cells of each robot's tab, by its mark."""


def from_json(stored: Mapping[str, Sequence[Sequence[Any]]]) -> Kept:
    """The cells stored in the state of the workbook."""
    return {mark: [KeptCell(*cell) for cell in cells] for mark, cells in stored.items()}


def as_json(kept: Kept) -> dict[str, list[tuple[Any, ...]]]:
    """The cells as JSON, to be stored."""
    return {
        mark: [(cell.row, cell.column, cell.written, cell.kept, cell.times) for cell in cells]
        for mark, cells in kept.items()
    }


def altered(sheet: Sheet, tab: TabSnapshot, before: Sequence[KeptCell]) -> Iterator[KeptCell]:
    """The altered texts of a tab that was just written; `before`: those of the last write.

    A header that a formula of the same write shows is as it was sent.
    """
    known = {(cell.row, cell.column, cell.written, cell.kept): cell.times for cell in before}
    for row, column, value in differing(tab, sheet):
        written, kept = as_read(value), tab.value(row, column)
        if isinstance(written, str) and not isinstance(value, Formula) and kept != written:
            times = known.get((row, column, written, repr(kept)), 0) + (2 if _is_alike(written, kept) else 1)
            yield KeptCell(row, column, written, repr(kept), min(times, 2))


def _is_alike(written: str, kept: CellValue) -> bool:
    """Whether a value is a text that was trimmed, cut, or of which signs were replaced; or made a number or a date."""
    if kept is None:
        return not written.strip()
    if not isinstance(kept, str):
        return not isinstance(kept, CellError) and any(character.isdigit() for character in written)
    whole, left = _letters(written), _letters(kept)
    return left == whole or (len(left) >= _SHORTEST_CUT and whole.startswith(left))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def as_written(snapshot: Snapshot, kept: Kept) -> Snapshot:
    """The snapshot with these cells as they were sent, where they still hold the altered text."""
    if not any(kept.values()):
        return snapshot
    otherwise: list[KeptOtherwise] = []
    tabs = tuple(_as_sent(tab, kept.get(tab.mark or "", ()), otherwise) for tab in snapshot.tabs)
    shown = {repr(text.kept): text.written for text in otherwise}
    return replace(snapshot, tabs=tuple(_shown_as_sent(tab, shown) for tab in tabs), kept_otherwise=tuple(otherwise))


def _as_sent(tab: TabSnapshot, kept: Sequence[KeptCell], otherwise: list[KeptOtherwise]) -> TabSnapshot:
    there = [cell for cell in kept if cell.is_sure and repr(tab.value(cell.row, cell.column)) == cell.kept]
    changed = {place: cell.written for cell in there if (place := (cell.row, cell.column)) not in tab.formulas}
    otherwise += [KeptOtherwise(tab.name, a1(*place), text, tab.value(*place)) for place, text in changed.items()]
    return _with_cells(tab, changed)


def _shown_as_sent(tab: TabSnapshot, shown: Mapping[str, str]) -> TabSnapshot:
    """The tab with what its robot's columns show by formula as the robot's tabs have it."""
    columns = {column for (_, column), text in tab.formulas.items() if header_in(text) is not None}
    places = ((row, column) for column in columns for row in range(1, len(tab.rows) + 1))
    return _with_cells(tab, {place: text for place in places if (text := shown.get(repr(tab.value(*place))))})


def _with_cells(tab: TabSnapshot, changed: Mapping[tuple[int, int], str]) -> TabSnapshot:
    if not changed:
        return tab
    rows = [list(row) for row in tab.rows]
    for (row, column), text in changed.items():
        rows[row - 1] += [None] * (column + 1 - len(rows[row - 1]))
        rows[row - 1][column] = text
    return replace(tab, rows=rows)
