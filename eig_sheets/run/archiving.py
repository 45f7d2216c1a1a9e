"""The plan that empties the rows of obsolete drafts that are archived; others are listed with the reason. Pure.

Only a file that nobody else edits loses rows. No other row moves: sorting the tab closes the gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import is_taken
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import outbox_status_of
from eig_sheets.spreadsheet.model.plan import DeleteRows, Operation, Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook import journal
from eig_sheets.workbook.diff import keys
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.requested_changes import ARCHIVE, OUTBOX, Proof, Requested, in_the_way, row_digest

SHARED: Final = "des personnes saisissent ici en même temps que le robot : supprimez-la"
REPEATED: Final = "plusieurs lignes ont cet Id : supprimez-les"
NAME_TAKEN: Final = "un onglet de l’équipe s’appelle déjà « {name} » : renommez-le, puis relancez"
NOT_COPIED: Final = "« E-mails archivés » n’en a pas la copie exacte : relancez, ou supprimez-la"


@dataclass(frozen=True, slots=True)
class ObsoleteRow:
    """A row of the outbox that is obsolete; `why` people have to delete it themselves, '' when the plan does."""

    id: str
    row: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """What emptying the rows of obsolete drafts does; `last_run` is to be remembered once the plan is applied."""

    reading: Reading
    plan: Plan
    rows: tuple[ObsoleteRow, ...]
    last_run: LastRun

    @property
    def removed(self) -> int:
        """How many rows the plan empties."""
        return sum(not row.why for row in self.rows)


def plan_removal(run: Run, last_run: LastRun, now: datetime, in_use: Mapping[int, str]) -> Removal:
    """The plan, after a sync; `in_use`: why rows stay, as the workbook itself said."""
    reading = run.reading
    outbox = reading.layout.tabs.get(OUTBOX)
    if outbox is None:
        return Removal(reading, checked_plan(reading, []), (), last_run)
    proof = Proof(reading.snapshot)
    rows = [
        ObsoleteRow(row.id, row.row, _reason(outbox, row.row, reading, proof, in_use) or row.why)
        for row in obsolete(run, outbox)
    ]
    operations: list[Operation] = [*deletions(outbox, [row.row for row in rows if not row.why])]
    sheets = []
    if operations:
        count = plural(len([row for row in rows if not row.why]), "brouillon obsolète", "brouillons obsolètes")
        what = typographic(f"{count} dans « E-mails archivés » : leurs lignes ont quitté « {outbox.name} ».")
        sheets = [journal_with(reading, last_run, journal.line(now, journal.DONE, what))]
        operations += written(reading, sheets[0])
    deletable = {row.id: row_digest(outbox, row.row) for row in rows if not row.why}
    plan = checked_plan(reading, operations, Requested(deletable=deletable))
    return Removal(reading, plan, tuple(rows), remembering(reading, last_run, sheets))


def obsolete(run: Run, outbox: TabLayout) -> Iterator[ObsoleteRow]:
    """The rows whose draft is obsolete, from the top; those that share their id are people's to delete."""
    ids = {line.id for line in outbox_status_of(run).lines if line.state == DeliveryStatus.OBSOLETE}
    known = [sending_id for _, sending_id in keys(outbox)]
    for row, sending_id in keys(outbox):
        if sending_id in ids:
            yield ObsoleteRow(sending_id, row, REPEATED if known.count(sending_id) > 1 else "")


def deletions(outbox: TabLayout, rows: Sequence[int]) -> Iterator[DeleteRows]:
    """The operations that empty these rows, given from the top: one for each run of adjacent rows.

    They go from the bottom up, so that a table that ends with these rows is shortened as they go.
    """
    ends = [row for row, after in pairwise([*rows, 0]) if after != row + 1]
    firsts = [row for before, row in pairwise([0, *rows]) if row != before + 1]
    for first, last in reversed([*zip(firsts, ends, strict=True)]):
        width = max(len(outbox.tab.rows[row - 1]) for row in range(first, last + 1))
        yield DeleteRows(outbox.name, first, last, width)


def _reason(outbox: TabLayout, row: int, reading: Reading, proof: Proof, in_use: Mapping[int, str]) -> str:
    if reading.snapshot.capabilities.concurrent_editors:
        return SHARED
    if row in in_use:
        return in_use[row]
    obstacle = next(in_the_way(outbox, reading.snapshot, row, row), "")
    if obstacle:
        return f"{obstacle} en dépend"
    if proof.has_copy(outbox, row, row_digest(outbox, row)):
        return ""
    name = reading.schema.robot_tabs[ARCHIVE]
    is_ours = ARCHIVE in reading.layout.robot_tabs or not is_taken(name, reading)
    return NOT_COPIED if is_ours else NAME_TAKEN.format(name=name)
