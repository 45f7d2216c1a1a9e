"""Which approved e-mails leave, and what the workbook says while they do and after. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets import memory as memories
from eig_sheets.deliveries import Delivery, Stage
from eig_sheets.domain.emails.status import DeliveryStatus
from eig_sheets.french import listed, plural
from eig_sheets.memory import Memory
from eig_sheets.outbox.fates import Fate, unknown_here
from eig_sheets.outbox.records import line, shown_records
from eig_sheets.outbox.stamps import claimed, written
from eig_sheets.outbox.standing import Ready, Standing
from eig_sheets.show import journal_sheet
from eig_sheets.sync import Run
from eig_sheets.wanted import Wanted, proved, tab_of, wanted_of
from eig_sheets.workbook import diff
from eig_sheets.workbook.plan import Operation, Plan
from eig_sheets.workbook.render import envois, journal
from eig_sheets.workbook.sheet import Sheet

AT_ONCE: Final = 50
"""E-mails that one write of the workbook takes: should everything be lost then, so many are uncertain."""
_TAKEN: Final = "Un envoi l’a pris : il part en ce moment."


@dataclass(frozen=True, slots=True)
class Update:
    """A plan that only tells of e-mails, and what to remember once it is applied (None: what is remembered stays)."""

    plan: Plan
    memory: Memory | None


def standing_of(run: Run) -> Standing:
    """Where the e-mails of a run stand. Raises ValueError when structural problems stopped it."""
    if run.emails is None:
        raise ValueError("a run with structural problems has no e-mails")
    return run.emails


def missing_from_ledger(run: Run, deliveries: Mapping[str, Delivery]) -> list[Fate]:
    """The e-mails that the workbook says left, or may have, and that this machine's ledger does not know of."""
    return unknown_here(run.known.records, deliveries) if run.known else []


def matching(ready: Sequence[Ready], template: str | None, dossier: str | None) -> list[Ready]:
    """Those of a template and of a dossier, when these are given."""
    return [one for one in ready if template in (None, one.template) and dossier in (None, one.numero)]


def approved(ready: Sequence[Ready]) -> list[Ready]:
    """Those that people approved."""
    return [one for one in ready if one.row.approved]


def unattended(ready: Sequence[Ready]) -> list[Ready]:
    """Those that may leave with nobody looking: approved, as the last run read them, and never refused for good."""
    return [one for one in approved(ready) if one.seen and (one.retry or not one.failed)]


def still(ready: Sequence[Ready], chosen: Collection[Ready]) -> list[Ready]:
    """Of the chosen ones, those whose row and data are as they were when they were chosen."""
    stamps = {one.row.id: one.stamp for one in chosen}
    wanted_ticks = {one.row.id: one.row.approved for one in chosen}
    return [
        one for one in ready if stamps.get(one.row.id) == one.stamp and one.row.approved >= wanted_ticks[one.row.id]
    ]


def still_taken(run: Run, taken: Collection[Ready], claim: str) -> list[Ready]:
    """Of the e-mails that a send took, those that the workbook says are its own, as they were when it took them."""
    ours = {
        one.id
        for one in shown_records(run.reading)
        if one.genuine and one.state == DeliveryStatus.UNCERTAIN and one.stamp and one.stamp.claim == claim
    }
    return [one for one in still(standing_of(run).ready, taken) if one.row.id in ours]


def delivery(one: Ready, outlet: str, stage: Stage, now: datetime, claim: str, detail: str = "") -> Delivery:
    """What the ledger keeps of an e-mail."""
    stamp = written(claimed(one.stamp, ""))
    return Delivery(one.row.id, one.template, one.numero, outlet, stage, detail, now, stamp, claim)


def take(run: Run, memory: Memory, taken: Sequence[Ready], claim: str, now: datetime) -> Update:
    """Tell in the workbook that a send is about to hand these e-mails over: another machine leaves them alone."""
    by_id = {one.row.id: one for one in taken}
    emails = standing_of(run)

    def told(one: envois.Sending) -> envois.Sending:
        ready = by_id.get(one.id)
        if ready is None:
            return one
        said = replace(one, state=DeliveryStatus.UNCERTAIN, detail=_TAKEN, moment=now.replace(second=0, microsecond=0))
        return line(said, claimed(ready.stamp, claim))

    return _update(run, memory, replace(emails, lines=tuple(map(told, emails.lines))))


def add(run: Run, memory: Memory, chosen: Collection[str]) -> Update:
    """Append the chosen drafts (by id) to the outbox."""
    return _update(run, memory, standing_of(run), chosen)


def tell(run: Run, memory: Memory, told: journal.Line | None = None) -> Update:
    """Tell in the workbook what became of the e-mails, with a line of the Journal when there is something to say."""
    return _update(run, memory, standing_of(run), told=told)


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
    memory: Memory,
    emails: Standing,
    chosen: Collection[str] = (),
    told: journal.Line | None = None,
) -> Update:
    if run.results is None:
        raise ValueError("a run with structural problems has no results")
    reading = run.reading
    wanted = wanted_of(reading, run.results, emails.limited_to(chosen))
    sheets = {"envois": wanted.sheets["envois"]}
    outbox = reading.layout.tabs.get("emails")
    touched = {sheets["envois"].name, outbox.name if outbox else reading.schema.tab("emails").name}
    operations: list[Operation | None] = [one for one in wanted.operations if tab_of(one) in touched]
    if told:
        sheets["journal"] = journal_sheet(reading, [told, *memories.journal_lines(reading, memory)])
        operations.append(diff.robot_tab(sheets["journal"], reading.layout, reading.snapshot))
    plan = proved(reading, [one for one in operations if one])
    return Update(plan, _remembered(run, wanted, memory, sheets))


def _remembered(run: Run, wanted: Wanted, memory: Memory, sheets: Mapping[str, Sheet]) -> Memory | None:
    """What was remembered, with these tabs as they are now; when another machine wrote since, it is stale and stays."""
    if not memories.is_of_the_last_run(run.reading, memory):
        return None
    columns = memories.columns_of(run.reading, wanted.sheets)
    return replace(
        memory,
        outputs={**memory.outputs, **memories.outputs_of(sheets)},
        columns={**memory.columns, **{key: column for key, column in columns.items() if key.startswith("emails.")}},
        texts=wanted.emails.texts,
        typed_over=run.memory.typed_over if run.memory else memory.typed_over,
    )
