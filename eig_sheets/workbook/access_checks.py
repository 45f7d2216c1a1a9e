"""Checks who can read the workbook: accounts that no list names, rows that their juror cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.domain.frames import named_rows
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.access import AccessState, OwnRows
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parse import Table

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
