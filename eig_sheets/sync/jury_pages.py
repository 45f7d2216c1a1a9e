"""The plan of `jury ballots` in the workbook: where pages are, and the rows that jurors fill there. Pure.

All of it is one write, with its line of the Journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eig_sheets.campaign.page_links import TAB, recorded_page_links, with_links
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import journal_with, remembering, written
from eig_sheets.sync.sheets import blank_sheet
from eig_sheets.sync.target import checked_plan, reader_changes
from eig_sheets.workbook import diff
from eig_sheets.workbook.model.plan import Operation, Plan
from eig_sheets.workbook.render import grilles, journal
from eig_sheets.workbook.render.grilles import PageLink

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
