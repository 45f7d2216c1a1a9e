"""The tab `Journal`: one row for each run that changed something or failed, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.render.cells import Rows

RESULTS = DONE, FAILED = "Réussi", "Échec"
MAX_ROWS = 1000
"""The tab keeps so many rows."""

COLUMNS = (
    Column("Date", Format.DATETIME, 18),
    Column("Résultat", width=12, tones=((DONE, Tone.GOOD), (FAILED, Tone.BAD))),
    Column("Ce qui s’est passé", Format.WRAPPED, 90),
    Column("Que faire", Format.WRAPPED, 70),
)

Line = tuple[WrittenValue, ...]


def line(now: datetime, result: str, what: str, remedy: str = "") -> Line:
    """The row of one run, at `now` to the minute; `what` says what happened."""
    moment = now.replace(second=0, microsecond=0, tzinfo=None)
    return (moment, result, typographic(what), typographic(remedy) or None)


def rows(lines: Sequence[Line]) -> Rows:
    """The rows that the tab keeps, of lines newest first."""
    return tuple(lines[:MAX_ROWS])
