"""The tab `Journal`: one row for each run that changed something or failed, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.sheet import Column, Format, Sheet, Tone
from eig_sheets.text.french import typographic
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.table import Col, Table

RESULTS = DONE, REFUSED, FAILED = "Réussi", "Refusé", "Échec"
"""`REFUSED`: the robot works, and said no to what it was asked; only a failure makes results old."""
MAX_ROWS = 1000
"""The tab keeps so many rows."""


class Line(NamedTuple):
    """The row of one run: its moment, how it ended, what happened, what to do about it."""

    moment: datetime
    result: str
    what: str
    remedy: str | None = None


TABLE: Final = Table[Line](
    Col("moment", tab=Column("Date", Format.DATETIME, 18)),
    Col(
        "result",
        tab=Column("Résultat", width=12, tones=((DONE, Tone.GOOD), (REFUSED, Tone.DOUBT), (FAILED, Tone.BAD))),
    ),
    Col("what", tab=Column("Ce qui s’est passé", Format.WRAPPED, 90)),
    Col("remedy", tab=Column("Que faire", Format.WRAPPED, 70)),
)  # fmt: skip


def line(now: datetime, result: str, what: str, remedy: str = "") -> Line:
    """The row of one run, at `now` to the minute; `what` says what happened."""
    moment = now.replace(second=0, microsecond=0, tzinfo=None)
    return Line(moment, result, typographic(what), typographic(remedy) or None)


def rows(lines: Sequence[Line]) -> Rows:
    """The rows that the tab keeps, of lines newest first."""
    return tuple(lines[:MAX_ROWS])


@dataclass(frozen=True, slots=True)
class NewestLine:
    """The references of a formula to the newest line (result, event, remedy), and its current values."""

    result: str
    what: str
    remedy: str
    failed: bool = False
    said: str = ""


def newest_line(sheet: Sheet) -> NewestLine:
    """The newest line of the tab, which is its first."""
    keys, name = TABLE.sheet_keys, sheet.name.replace("'", "''")
    places = [keys.index(key) for key in ("result", "what", "remedy")]
    result, what, remedy = (f"'{name}'!{a1(sheet.header_row + 1, place)}" for place in places)
    line = sheet.rows[0] if sheet.rows else (None,) * len(keys)
    said = " ".join(str(line[place] or "") for place in places[1:])
    return NewestLine(result, what, remedy, has_failed(sheet.rows[:1]), said)


def has_failed(lines: Rows | Sequence[Line]) -> bool:
    """Whether the newest of these lines, the first, is a failure."""
    return bool(lines) and FAILED in lines[0]
