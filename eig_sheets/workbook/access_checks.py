"""Who may read the workbook, against who should: rules that are not as written, unknown accounts, rows not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.domain.frames import named_rows
from eig_sheets.text.french import listed_first
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.access import AccessState, OwnRows
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parse import Table


def access_anomalies(snapshot: Snapshot, layout: Layout, tables: Mapping[str, Table]) -> Iterator[Anomaly]:
    """What is wrong with the access to a workbook that can be closed."""
    if not snapshot.capabilities.row_access or "jury" not in layout.tabs:
        return
    jury, state = layout.tabs["jury"].name, snapshot.access
    if state.access is None:
        yield anomaly("acces_ouvert", jury)
        return
    if state.altered:
        yield anomaly("acces_altere", jury, value=listed_first(state.altered))
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
