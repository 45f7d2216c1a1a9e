"""The readers of a workbook as the campaign and `Jury` say them today, and what has to change for it. Pure.

Whoever is not among them reads nothing (guarantee G15): an address in doubt is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.domain.frames import named_rows
from eig_sheets.workbook.model.access import Access, CloseAccess, OwnRows, Reader, Role
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.schema import Schema

_JURORS: Final = ("jury", "email")
NOTED: Final = ("evaluations", "evaluations_talents")
"""The tabs in which each juror has rows of their own."""
_JUROR: Final = "jure"


def readers_of(officers: Sequence[str], team: Sequence[str], tables: Mapping[str, Table]) -> frozenset[Reader]:
    """Officers, the team, and the jurors whose address can be read: one line each, by what lets them do most."""
    readers: dict[str, Reader] = {}
    for addresses, role in ((officers, Role.OFFICER), (team, Role.TEAM)):
        for address in addresses:
            readers.setdefault(address.strip().lower(), Reader(address.strip().lower(), role))
    if _JURORS[0] in tables:
        for juror in _jurors(tables[_JURORS[0]]):
            readers.setdefault(juror.address, juror)
    return frozenset(readers.values())


def _jurors(table: Table) -> Iterator[Reader]:
    """Each by an address that is certain: letters of other scripts, which look alike, make it doubtful."""
    place = table.layout.columns.get(_JURORS[1])
    if place is None:
        return
    for record in named_rows(table.frame.dropna(subset=_JURORS[1])):
        written = table.layout.tab.value(record.row, place)
        if _JURORS[1] not in record.unreadable and isinstance(written, str) and record.email.isascii():
            yield Reader(record.email, Role.JUROR, written)


def access_of(schema: Schema, officers: Sequence[str]) -> Access:
    """What the rules of a campaign's workbook say; where no officer is named, whoever reads everything decides."""
    own = (OwnRows(tab.id, _JUROR, (tab.key, _JUROR)) for tab in schema.tabs if tab.id in NOTED)
    guarded = ((tab.id, field.id) for tab in schema.tabs for field in tab.fields if officers and field.guarded)
    return Access(_JURORS, tuple(own), tuple(guarded))


def access_change(snapshot: Snapshot, access: Access, readers: Iterable[Reader]) -> CloseAccess | None:
    """What makes the readers and the rules what they should be; None when they are, or nothing can close them."""
    state = snapshot.access
    wanted = frozenset(reader for reader in readers if reader.address != state.robot)
    if not snapshot.capabilities.row_access:
        return None
    if (state.readers, state.access, state.altered) == (wanted, access, ()):
        return None
    return CloseAccess(access, tuple(sorted(wanted)))
