"""The plan of `jury assign`: the tab of the assignments, rows for who types evaluations, a line of the Journal.

Pure, and one write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.call.jury import grilles
from eig_sheets.call.jury.assigning import Assigning, assigning
from eig_sheets.call.jury.assignments import recorded_assignments
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.grilles import PageLink
from eig_sheets.call.jury.page_links import TAB, recorded_page_links, with_links
from eig_sheets.campaign.plans import checked_plan, journal_with, reader_changes, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.affectations import named_pairs
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.campaign.robot_sheets import blank_sheet
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.spreadsheet.model.plan import Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff, journal

EVERYONE: Final = "all"
"""Instead of addresses: all jurors type their evaluations in the workbook."""


@dataclass(frozen=True, slots=True)
class AssigningRun:
    """What `jury assign` does to a workbook, and what to remember once its plan is applied.

    `added`: how many rows of evaluations; `left_out`: how many are missing in it that nothing lets be added. The plan
    is empty when demands have to be relaxed.
    """

    reading: Reading
    outcome: Assigning
    plan: Plan
    last_run: LastRun
    added: int = 0
    left_out: int = 0


def plan_assigning(
    reading: Reading,
    last_run: LastRun,
    now: datetime,
    *,
    adjust: bool = False,
    typists: Collection[str] = (),
    subject: ReviewSubject = DOSSIERS,
) -> AssigningRun:
    """The plan of an assignment; `typists`: the jurors who note in the workbook, for whom it adds rows."""
    outcome = assigning(reading, recorded_assignments(reading, last_run, subject), adjust=adjust, subject=subject)
    return plan_assignment(reading, outcome, last_run, now, typists)


def plan_assignment(
    reading: Reading, outcome: Assigning, last_run: LastRun, now: datetime, typists: Collection[str] = ()
) -> AssigningRun:
    """The plan of an assignment that was found."""
    if outcome.assigned.relaxed:
        return AssigningRun(reading, outcome, checked_plan(reading, []), last_run)
    subject, is_there = outcome.subject, outcome.subject.assigned in reading.layout.robot_tabs
    sheets = [_sheet(reading, outcome)] if outcome.assignments or is_there else []
    missing = _missing_rows(reading, outcome, typists)
    tab = reading.layout.tabs.get(subject.typed)
    rows = [] if tab is None or tab.name in reading.snapshot.refused else missing
    added: list[Operation] = [diff.append(tab, rows)] if tab is not None and rows else []
    operations = [*added, *(operation for sheet in sheets for operation in written(reading, sheet))]
    if operations:
        line = journal.line(now, journal.DONE, _sentence(outcome, len(rows)))
        sheets.append(journal_with(reading, last_run, line))
        operations += written(reading, sheets[-1])
    plan = checked_plan(reading, operations)
    remembered = with_rows_added(remembering(reading, last_run, sheets), reading, plan)
    return AssigningRun(reading, outcome, plan, remembered, len(rows), len(missing) - len(rows))


def _sheet(reading: Reading, outcome: Assigning) -> Sheet:
    subject = outcome.subject
    named = subject.names(reading.valid_rows(subject.tab))
    pairs = named_pairs(outcome.assignments, named, reading.valid_rows("jury"))
    return replace(blank_sheet(subject.assigned, reading), rows=subject.table.cells(pairs))


def _missing_rows(reading: Reading, outcome: Assigning, typists: Collection[str]) -> list[dict[str, str]]:
    """The rows of evaluations to add, juror by juror: a number and an address."""
    key = outcome.subject.key
    there: set[tuple[str, str]] = set()
    for table in reading.tables_of((outcome.subject.typed,)):
        there.update(zip(table.frame[key], table.frame["jure"], strict=True))
    wanted = [assignment for assignment in outcome.assignments if EVERYONE in typists or assignment.jure in typists]
    missing = [assignment for assignment in wanted if (assignment.numero, assignment.jure) not in there]
    return [
        {key: assignment.numero, "jure": assignment.jure}
        for assignment in sorted(missing, key=lambda assignment: assignment.jure)
    ]


def _sentence(outcome: Assigning, rows: int) -> str:
    added, dropped = len(outcome.pairs - outcome.before), len(outcome.before - outcome.pairs)
    parts = [plural(added, "affectation ajoutée", "affectations ajoutées")]
    parts += [plural(dropped, "retirée")] if dropped else []
    parts += [plural(rows, "ligne d’Évaluations ajoutée", "lignes d’Évaluations ajoutées")] if rows else []
    return f"{outcome.subject.words.heading} : {listed(parts)}."


Pair = tuple[str, str]
"""The number of a dossier and the address of its juror."""


@dataclass(frozen=True, slots=True)
class PagesRun:
    """What `jury ballots` writes in a workbook, and what to remember once it is done."""

    reading: Reading
    plan: Plan
    last_run: LastRun


def missing_rows(reading: Reading, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that have no row in `Évaluations`, in their order."""
    table = reading.tables.get("evaluations")
    there = set() if table is None else {*zip(table.frame["numero"], table.frame["jure"], strict=True)}
    return [pair for pair in dict.fromkeys(pairs) if pair not in there]


def plan_pages(
    reading: Reading, last_run: LastRun, links: Sequence[PageLink], rows: Sequence[Pair], now: datetime, what: str
) -> PagesRun:
    """The plan that records these pages and appends these rows; `what` is its line of the Journal."""
    known = recorded_page_links(reading, last_run)
    cells = grilles.rows(with_links(known, links), reading.valid_rows("jury"))
    sheets = [replace(blank_sheet(TAB, reading), rows=cells)] if cells else []
    operations: list[Operation] = []
    if rows:
        values = [{"numero": numero, "jure": juror} for numero, juror in rows]
        operations.append(diff.append(reading.layout.tabs["evaluations"], values))
    operations += [operation for sheet in sheets for operation in written(reading, sheet)]
    if operations:
        sheets.append(journal_with(reading, last_run, journal.line(now, journal.DONE, what)))
        operations += written(reading, sheets[-1])
    operations += reader_changes(reading)
    plan = checked_plan(reading, operations)
    return PagesRun(reading, plan, with_rows_added(remembering(reading, last_run, sheets), reading, plan))
