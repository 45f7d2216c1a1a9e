"""Who should be able to read the workbook, who can, and the change that makes it so.

Whoever is not among them reads nothing (guarantee G15): an address in doubt is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.domain.frames import named_rows
from eig_sheets.spreadsheet.model.access import Access, AccessState, CloseAccess, OwnRows, Reader, Role
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.layout import Layout
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


UNKNOWN_ACCOUNT: Final = warning(
    "compte_inconnu",
    "Le document est partagé avec {value}, qui n’est ni responsable, ni de l’équipe, ni dans « {tab} » sous cette "
    "adresse : ce compte n’y lit rien.",
    "Retirez-lui l’accès (« Partager > Gérer les utilisateurs ») ; ou ajoutez-le à « {tab} », ou à [workbook] "
    "officers ou team.",
)
PUBLIC_ACCESS: Final = warning(
    "acces_public",
    "Le document est ouvert à toute personne qui en a le lien. Les règles d’accès n’y laissent rien lire, mais "
    "rien ne demande cette ouverture.",
    "« Partager > Gérer les utilisateurs » : retirez l’accès public.",
)
ROW_NOT_SEEN: Final = warning(
    "ligne_non_vue",
    "L’adresse de cette ligne n’est pas écrite exactement comme celle du juré, {value} : il ne voit pas la ligne.",
    "Effacez la cellule et tapez l’adresse seule, sans espace.",
)
ACCESS: Final = (UNKNOWN_ACCOUNT, PUBLIC_ACCESS, ROW_NOT_SEEN)


def access_anomalies(snapshot: Snapshot, layout: Layout, tables: Mapping[str, Table]) -> Iterator[Anomaly]:
    """Anomalies of the readers of a workbook with access rules (`alterations` tells when the rules are gone)."""
    if not snapshot.capabilities.row_access or "jury" not in layout.tabs:
        return
    jury, state = layout.tabs["jury"].name, snapshot.access
    if state.access is None:
        return
    for address in unknown_accounts(state):
        yield anomaly(UNKNOWN_ACCOUNT, jury, value=address)
    if state.public:
        yield anomaly(PUBLIC_ACCESS, jury)
    for own in state.access.own_rows:
        if own.tab in tables:
            yield from _rows_not_seen(own, tables[own.tab])


def unknown_accounts(state: AccessState) -> list[str]:
    """Accounts that the workbook is shared with although no list names them; owners apart."""
    named = {reader.address for reader in state.readers}
    return [account.address for account in state.accounts if not account.owns and account.address not in named]


def _rows_not_seen(own: OwnRows, table: Table) -> Iterator[Anomaly]:
    """Rows whose address is spelled otherwise than the juror's login: access rules compare the cell as it is typed."""
    place = table.layout.columns.get(own.address)
    if place is None:
        return
    for record in named_rows(table.frame.dropna(subset=own.address)):
        written = table.layout.tab.value(record.row, place)
        if str(written).lower() != getattr(record, own.address):
            yield anomaly(ROW_NOT_SEEN, table.layout.name, a1(record.row, place), value=getattr(record, own.address))
