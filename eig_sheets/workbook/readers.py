"""Who should be able to read the workbook, according to the campaign and `Jury`, and the change that it takes. Pure.

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
_JUROR: Final = "jure"


def readers_of(officers: Sequence[str], team: Sequence[str], tables: Mapping[str, Table]) -> frozenset[Reader]:
    """Officers, the team, and jurors with a readable address: one reader per address, with the highest role."""
    readers: dict[str, Reader] = {}
    for addresses, role in ((officers, Role.OFFICER), (team, Role.TEAM)):
        for address in addresses:
            readers.setdefault(address.strip().lower(), Reader(address.strip().lower(), role))
    if _JURORS[0] in tables:
        for juror in _jurors(tables[_JURORS[0]]):
            readers.setdefault(juror.address, juror)
    return frozenset(readers.values())


def _jurors(table: Table) -> Iterator[Reader]:
    """The jurors with an unambiguous address: one with look-alike letters of other scripts is left out."""
    place = table.layout.columns.get(_JURORS[1])
    if place is None:
        return
    for record in named_rows(table.frame.dropna(subset=_JURORS[1])):
        written = table.layout.tab.value(record.row, place)
        if _JURORS[1] not in record.unreadable and isinstance(written, str) and record.email.isascii():
            yield Reader(record.email, Role.JUROR, written)


def access_of(schema: Schema, officers: Sequence[str]) -> Access:
    """The access rules of a campaign's workbook; without named officers, whoever reads everything decides."""
    own = (OwnRows(tab.id, _JUROR, (tab.key, _JUROR)) for tab in schema.tabs if tab.of_jurors)
    guarded = ((tab.id, field.id) for tab in schema.tabs for field in tab.fields if officers and field.guarded)
    return Access(_JURORS, tuple(own), tuple(guarded))


def access_change(snapshot: Snapshot, access: Access, readers: Iterable[Reader]) -> CloseAccess | None:
    """The operation that updates the readers and the rules; None when they are right, or where there are no rules."""
    state = snapshot.access
    wanted = frozenset(reader for reader in readers if reader.address != state.robot)
    if not snapshot.capabilities.row_access:
        return None
    if (state.readers, state.access, state.altered) == (wanted, access, ()):
        return None
    return CloseAccess(access, tuple(sorted(wanted)))
