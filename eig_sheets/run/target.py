"""The target state of the workbook, and the checked plan that reaches it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eig_sheets.campaign.plans import reader_changes
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.robot_sheets import banner_of
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.emails.outbox.sheet import cells_of
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.run import people_sheets
from eig_sheets.run.pending_links import follower_views
from eig_sheets.run.sheets import result_sheets
from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook import diff, protections
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.layout import TabLayout


@dataclass(frozen=True, slots=True)
class TargetState:
    """The content that the workbook should have, and the operations that reach it."""

    reading: Reading
    results: Results
    emails: OutboxStatus
    sheets: Mapping[str, Sheet]
    operations: tuple[Operation, ...]


def target_state_of(reading: Reading, results: Results, emails: OutboxStatus) -> TargetState:
    """The target state for these results and e-mails; formulas are left alone where nothing can be added."""
    results = replace(results, anomalies=_with_shifted_cells(results.anomalies, reading, emails))
    sheets = result_sheets(reading, results.having(SENDINGS, emails.lines))
    tabs = (diff.robot_tab(sheet, reading.layout, reading.snapshot) for sheet in sheets.values())
    operations = (
        *_outbox_and_columns(reading, sheets, emails.added),
        *(tab for tab in tabs if tab),
        *reader_changes(reading),
    )
    return TargetState(reading, results, emails, sheets, operations)


def _with_shifted_cells(anomalies: Sequence[Anomaly], reading: Reading, emails: OutboxStatus) -> tuple[Anomaly, ...]:
    """The anomalies, with the addresses that cells will have once the e-mails are appended.

    Where rows are inserted, cells under the last row move down.
    """
    outbox = reading.layout.tabs.get("emails")
    if not reading.snapshot.capabilities.inserts_rows or outbox is None or not emails.added:
        return tuple(anomalies)
    return tuple(_shifted(anomaly, outbox, len(emails.added)) for anomaly in anomalies)


def _shifted(anomaly: Anomaly, tab: TabLayout, rows: int) -> Anomaly:
    if anomaly.tab != tab.name or anomaly.cell is None:
        return anomaly
    cells = tuple(_shifted_cell(cell, tab, rows) for cell in anomaly.cells)
    return replace(anomaly, cell=_shifted_cell(anomaly.cell, tab, rows), cells=cells)


def _shifted_cell(cell: str, tab: TabLayout, rows: int) -> str:
    row, column = parse_a1(cell)
    return a1(row + rows, column) if row > tab.last_row else cell


def _outbox_and_columns(reading: Reading, sheets: Mapping[str, Sheet], due: Sequence[Draft]) -> Iterator[Operation]:
    rows, states = [], []
    for draft in due:
        if isinstance(draft.outcome, Message):
            rows.append(cells_of(draft, draft.outcome))
            states.append(DeliveryStatus.BLOCKED if draft.holes else DeliveryStatus.TO_APPROVE)
    appended: list[tuple[int, str]] = []
    emails = reading.layout.tabs.get("emails")
    if emails is None:
        ready = [{**row, "etat": str(state)} for row, state in zip(rows, states, strict=True)]
        yield CreateTab(people_sheets.sheet(reading.schema.tab("emails"), banner_of(reading), sheets, ready))
    elif rows:
        operation = diff.append(emails, rows)
        appended = [(operation.first_row + place, str(row["id"])) for place, row in enumerate(rows)]
        yield operation
    capabilities = reading.snapshot.capabilities
    yield from protections.duplicate_mark_removals(reading.layout, capabilities)
    yield from follower_views(reading)
    for tab_id, tab in reading.layout.tabs.items():
        if capabilities.header_formulas and tab.name not in reading.snapshot.refused:
            yield from diff.robot_formulas(tab, sheets)
        elif not capabilities.header_formulas:
            yield from diff.robot_columns(tab, sheets, appended if tab_id == "emails" else ())
