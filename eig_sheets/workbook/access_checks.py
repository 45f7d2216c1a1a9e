"""Who may read the workbook, against who should: unknown accounts, rows that their jurors do not see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.domain.frames import named_rows
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.access import AccessState, OwnRows
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parse import Table


def access_anomalies(snapshot: Snapshot, layout: Layout, tables: Mapping[str, Table]) -> Iterator[Anomaly]:
    """What is wrong with who reads a workbook that is closed (`alterations` says when it is not)."""
    if not snapshot.capabilities.row_access or "jury" not in layout.tabs:
        return
    jury, state = layout.tabs["jury"].name, snapshot.access
    if state.access is None:
        return
    for address in unknown_accounts(state):
        yield anomaly("compte_inconnu", jury, value=address)
    if state.public:
        yield anomaly("acces_public", jury)
    for own in state.access.own_rows:
        if own.tab in tables:
            yield from _rows_not_seen(own, tables[own.tab])


def unknown_accounts(state: AccessState) -> list[str]:
    """The accounts that the workbook is shared with, and that read nothing of it: in no list, and owning nothing."""
    named = {reader.address for reader in state.readers}
    return [account.address for account in state.accounts if not account.owns and account.address not in named]


def _rows_not_seen(own: OwnRows, table: Table) -> Iterator[Anomaly]:
    """Rows whose address is not exactly the one that the juror signs in with: the rules compare the cell itself."""
    place = table.layout.columns.get(own.address)
    if place is None:
        return
    for record in named_rows(table.frame.dropna(subset=own.address)):
        written = table.layout.tab.value(record.row, place)
        if str(written).lower() != getattr(record, own.address):
            yield anomaly("ligne_non_vue", table.layout.name, a1(record.row, place), value=getattr(record, own.address))
