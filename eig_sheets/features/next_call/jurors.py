"""The jurors that the next call takes from the last one: who they are, nothing of what they declared or scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import plain
from eig_sheets.workbook import diff

KEPT: Final = ("nom", "email", "organisation", "groupe", "maximum")
"""The fields of `Jury` that hold from one call to the next: not the recusals, declarations, or days."""
Juror = Mapping[str, WrittenValue]


def jurors_of(reading: Reading) -> list[Juror]:
    """The jurors of a call, with what is kept of them, in the order of the rows."""
    if "jury" not in reading.tables:
        return []
    rows = reading.valid_rows("jury").to_dict("records")
    return [{field: _written(row.get(field)) for field in KEPT if _written(row.get(field)) is not None} for row in rows]


def _written(value: object) -> WrittenValue:
    if isinstance(value, str):
        return value
    return int(value) if isinstance(value, (int, float)) and value == value else None  # noqa: PLR0124 -- not NaN


def named(jurors: Sequence[Juror], words: Sequence[str]) -> tuple[list[Juror], list[str]]:
    """The jurors whose name or address is among these words, and the words that name nobody."""
    wanted = {plain(word): word for word in words}
    chosen = [juror for juror in jurors if _names(juror) & wanted.keys()]
    known = {name for juror in chosen for name in _names(juror)}
    return chosen, [word for name, word in wanted.items() if name not in known]


def _names(juror: Juror) -> set[str]:
    return {plain(str(juror[field])) for field in ("nom", "email") if juror.get(field)}


def plan_jurors(snapshot: Snapshot, campaign: Campaign, jurors: Sequence[Juror]) -> Plan:
    """The plan that appends to `Jury` those who are not there. Pure."""
    reading = read(snapshot, campaign)
    there = {str(juror["email"]) for juror in jurors_of(reading)}
    missing = [juror for juror in jurors if juror["email"] not in there]
    operations = [diff.append(reading.layout.tabs["jury"], missing)] if missing else []
    return checked_plan(reading, operations)
