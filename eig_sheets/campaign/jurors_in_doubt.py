"""Jurors whose address or recusals cannot be read: nothing new is given to them. Pure.

What they noted already counts, and is flagged by the anomaly of the cell, until a person decides (guarantee G13).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import named_rows
from eig_sheets.workbook.conflicts import unnamed_recusals
from eig_sheets.workbook.parse import Table

_WHO: Final = ("email", "deports", "organisation")
_HOW_MANY: Final = "maximum"


def jurors_in_doubt(reading: Reading) -> dict[str, str]:
    """The address of each juror who is shown and given nothing new, and the cell that says why."""
    return dict(_in_doubt(reading, _WHO))


def addresses_in_doubt(reading: Reading) -> dict[str, str]:
    """The address of each juror whose cell says another one, or none that can be read; and that cell."""
    return dict(_unread(reading, ("email",)))


def jurors_not_to_assign(reading: Reading) -> dict[str, str]:
    """The address of each juror who gets no new assignment: in doubt, or with a maximum that cannot be read."""
    return dict(_in_doubt(reading, (*_WHO, _HOW_MANY)))


def _in_doubt(reading: Reading, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from _unread(reading, fields)
    for row, juror, _ in unnamed_recusals(reading.tables):
        yield juror, _place(reading.tables["jury"], "deports", row)


def _unread(reading: Reading, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if "jury" not in reading.tables:
        return
    table = reading.tables["jury"]
    for record in named_rows(table.frame.dropna(subset="email")):
        unread = next((field for field in fields if field in record.unreadable), None)
        if unread is not None:
            yield record.email, _place(table, unread, record.row)


def _place(table: Table, field: str, row: int) -> str:
    return table.layout.reference(field, row) or table.layout.name


def may_be_given(pair: tuple[str, str], in_doubt: Mapping[str, str], given: frozenset[tuple[str, str]]) -> bool:
    """Whether a juror may have a dossier: one in doubt keeps those that were given already, and gets no other."""
    return pair[1] not in in_doubt or pair in given
