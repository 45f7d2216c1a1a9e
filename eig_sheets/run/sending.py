"""Selects the approved e-mails to send, and plans the updates of their status in the workbook. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan, tab_of
from eig_sheets.campaign.robot_sheets import journal_sheet
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.emails.catalogue.deliveries import Delivery, DeliveryStatus, Stage
from eig_sheets.emails.outbox.fingerprints import as_text, with_batch_id
from eig_sheets.emails.outbox.records import LastDelivery, line, shown_records, unknown_here
from eig_sheets.emails.outbox.status import OutboxStatus, ReadyEmail
from eig_sheets.run.home_refresh import refreshed_home
from eig_sheets.run.known import Clock
from eig_sheets.run.nightly import Run
from eig_sheets.run.report import operation_of
from eig_sheets.run.target import TargetState, target_state_of
from eig_sheets.spreadsheet.model.plan import Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff, envois, journal

BATCH_SIZE: Final = 50
"""E-mails reserved by one write of the workbook: if everything is lost then, so many are uncertain."""
_RESERVED: Final = "Un envoi l’a pris : il part en ce moment."


@dataclass(frozen=True, slots=True)
class Update:
    """A plan that only changes the status of e-mails, and the last run to save once applied (None: save nothing)."""

    plan: Plan
    last_run: LastRun | None


def outbox_status_of(run: Run) -> OutboxStatus:
    """The status of the e-mails of a run. Raises ValueError when it could not read the workbook."""
    if run.emails is None:
        raise ValueError("a run that could not read the workbook has no e-mails")
    return run.emails


def missing_from_ledger(run: Run, deliveries: Mapping[str, Delivery]) -> list[LastDelivery]:
    """The e-mails that left, or may have, according to the workbook, and are not in this machine's ledger."""
    return unknown_here(run.previous.records, deliveries) if run.previous else []


def matching(ready: Sequence[ReadyEmail], template: str | None, dossier: str | None) -> list[ReadyEmail]:
    """The e-mails of a template and of a dossier; None matches any."""
    return [email for email in ready if template in (None, email.template) and dossier in (None, email.numero)]


def approved(ready: Sequence[ReadyEmail]) -> list[ReadyEmail]:
    """The e-mails that people approved."""
    return [email for email in ready if email.row.approved]


def sendable_automatically(ready: Sequence[ReadyEmail]) -> list[ReadyEmail]:
    """The e-mails that may be sent automatically: approved, as the last run read them, never refused for good."""
    return [email for email in approved(ready) if email.seen and (email.retry or not email.failed)]


def unchanged_since_chosen(ready: Sequence[ReadyEmail], chosen: Collection[ReadyEmail]) -> list[ReadyEmail]:
    """The chosen e-mails whose row and data are unchanged since they were chosen."""
    fingerprints = {email.row.id: email.fingerprint for email in chosen}
    approvals = {email.row.id: email.row.approved for email in chosen}
    return [
        email
        for email in ready
        if fingerprints.get(email.row.id) == email.fingerprint and email.row.approved >= approvals[email.row.id]
    ]


def unchanged_in_batch(run: Run, reserved: Collection[ReadyEmail], batch_id: str) -> list[ReadyEmail]:
    """The e-mails still unchanged and reserved by this batch in the workbook."""
    ours = {
        record.id
        for record in shown_records(run.reading)
        if record.genuine
        and record.state == DeliveryStatus.UNCERTAIN
        and record.fingerprint
        and record.fingerprint.batch_id == batch_id
    }
    return [email for email in unchanged_since_chosen(outbox_status_of(run).ready, reserved) if email.row.id in ours]


def delivery(email: ReadyEmail, outlet: str, stage: Stage, now: datetime, batch_id: str, detail: str = "") -> Delivery:
    """The record of an e-mail in the ledger."""
    fingerprint = as_text(with_batch_id(email.fingerprint, ""))
    return Delivery(email.row.id, email.template, email.numero, outlet, stage, detail, now, fingerprint, batch_id)


def reserve(run: Run, last_run: LastRun, reserved: Sequence[ReadyEmail], batch_id: str, now: datetime) -> Update:
    """The update that marks these e-mails as being sent, so that no other machine sends them."""
    by_id = {email.row.id: email for email in reserved}
    emails = outbox_status_of(run)

    def as_reserved(sending: envois.Sending) -> envois.Sending:
        ready = by_id.get(sending.id)
        if ready is None:
            return sending
        moment = now.replace(second=0, microsecond=0)
        uncertain = replace(sending, state=DeliveryStatus.UNCERTAIN, detail=_RESERVED, moment=moment)
        return line(uncertain, with_batch_id(ready.fingerprint, batch_id))

    return _update(run, last_run, replace(emails, lines=tuple(map(as_reserved, emails.lines))))


def add(run: Run, last_run: LastRun, chosen: Collection[str]) -> Update:
    """The update that appends the chosen drafts (by id) to the outbox."""
    return _update(run, last_run, outbox_status_of(run), chosen)


def report_outcomes(run: Run, last_run: LastRun, clock: Clock, journal_entry: journal.Line | None = None) -> Update:
    """The update that writes the statuses of the e-mails, `Accueil`, and a line of the Journal if one is given."""
    return _update(run, last_run, outbox_status_of(run), journal_entry=journal_entry, home_at=clock)


def journal_line(outcomes: Mapping[str, int], outlet: str, now: datetime) -> journal.Line:
    """The line of the Journal about a send. `outcomes`: how many e-mails ended in each state of `Envois`."""
    words: Mapping[str, Callable[[int], str]] = {
        DeliveryStatus.SENT: lambda count: plural(count, "e-mail envoyé", "e-mails envoyés"),
        DeliveryStatus.DRAFTED: lambda count: plural(count, "brouillon créé", "brouillons créés"),
        DeliveryStatus.FAILED: lambda count: plural(count, "échec"),
        DeliveryStatus.UNCERTAIN: lambda count: plural(count, "incertain"),
    }
    counts = [word(outcomes[state]) for state, word in words.items() if outcomes.get(state)]
    wrong = outcomes.get(DeliveryStatus.FAILED, 0) + outcomes.get(DeliveryStatus.UNCERTAIN, 0)
    remedy = "Voir Envois, colonne Précision." if wrong else ""
    return journal.line(now, journal.FAILED if wrong else journal.DONE, f"{listed(counts)} ({outlet}).", remedy)


def _update(
    run: Run,
    last_run: LastRun,
    emails: OutboxStatus,
    chosen: Collection[str] = (),
    journal_entry: journal.Line | None = None,
    home_at: Clock | None = None,
) -> Update:
    if run.results is None:
        raise ValueError("a run that could not read the workbook has no results")
    reading = run.reading
    target = target_state_of(reading, run.results, emails.limited_to(chosen))
    sheets = {"envois": target.sheets["envois"]}
    outbox = reading.layout.tabs.get("emails")
    touched = {sheets["envois"].name, outbox.name if outbox else reading.schema.tab("emails").name}
    operations: list[Operation | None] = [operation for operation in target.operations if tab_of(operation) in touched]
    lines = since_last_run.journal_lines(reading, last_run)
    if journal_entry:
        lines = [journal_entry, *lines]
        sheets["journal"] = journal_sheet(reading, lines)
        operations.append(diff.robot_tab(sheets["journal"], reading.layout, reading.snapshot))
    for sheet in refreshed_home(target, lines, home_at) if home_at and any(operations) else ():
        sheets[sheet.id] = sheet
        operations.append(operation_of(reading, sheet))
    plan = checked_plan(reading, [operation for operation in operations if operation])
    return Update(plan, _updated_last_run(run, target, last_run, sheets, plan))


def _updated_last_run(
    run: Run, target: TargetState, last_run: LastRun, sheets: Mapping[str, Sheet], plan: Plan
) -> LastRun | None:
    """The last run with these tabs updated; when another machine wrote since, with new rows alone.

    None: nothing is to be saved.
    """
    known = with_rows_added(last_run, run.reading, plan)
    if not since_last_run.is_of_the_last_run(run.reading, last_run):
        return None if known is last_run else known
    columns = since_last_run.columns_of(run.reading, target.sheets)
    return replace(
        known,
        outputs={**last_run.outputs, **since_last_run.outputs_of(sheets)},
        columns={**last_run.columns, **{key: column for key, column in columns.items() if key.startswith("emails.")}},
        texts=target.emails.texts,
        typed_over=run.last_run.typed_over if run.last_run else last_run.typed_over,
    )
