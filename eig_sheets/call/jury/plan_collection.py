"""The plan of a collection: the two tabs of what jurors' pages say, and a line of the Journal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from eig_sheets.call.jury.collecting import Collection, by_key, collection_of, rows_of, sheet_of
from eig_sheets.call.jury.read_pages import Kept, NewPage, ReadPage
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.collected_pages import (
    DECLARATION_DIFFERS,
    LATE_VERSION,
    RECEIVED_NOTE_EDITED,
    VERSIONS_AT_ONCE,
)
from eig_sheets.campaign.reviews.merged_evaluations import NOTE_DIFFERS, RECUSED_ON_PAGE
from eig_sheets.campaign.reviews.versions import Key, Record, Version
from eig_sheets.spreadsheet.model.plan import Operation, Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import journal
from eig_sheets.workbook.anomalies import Anomaly

_OF_PAGES: Final = (
    NOTE_DIFFERS,
    RECUSED_ON_PAGE,
    RECEIVED_NOTE_EDITED,
    VERSIONS_AT_ONCE,
    LATE_VERSION,
    DECLARATION_DIFFERS,
)
"""What the reading finds in what jurors' pages say."""


class VersionOutcome(StrEnum):
    """What became of what a page says of one dossier, or of its juror."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"  # another version counts, or nothing of it may


@dataclass(frozen=True, slots=True)
class CollectRun:
    """What a collection does to a workbook; `outcomes` has those of each page, in its order.

    `anomalies`: all that is wrong with what pages say, as the next sync will list it.
    """

    collection: Collection
    plan: Plan
    last_run: LastRun
    outcomes: tuple[tuple[VersionOutcome, ...], ...]
    anomalies: tuple[Anomaly, ...]

    @property
    def reading(self) -> Reading:
        """The workbook as it was read."""
        return self.collection.reading


def plan_collect_run(
    reading: Reading, kept: Kept, last_run: LastRun, now: datetime, pages: Sequence[ReadPage]
) -> CollectRun:
    """The plan of what is kept, in which `pages` are those that were just read."""
    collection = collection_of(reading, kept)
    outcomes = tuple(_outcomes(page, collection) for page in pages)
    sheets = [
        sheet_of(tab_id, reading, rows)
        for tab_id, rows in rows_of(collection.rows, reading.campaign).items()
        if rows or tab_id in reading.layout.robot_tabs
    ]
    operations: list[Operation] = [operation for sheet in sheets for operation in written(reading, sheet)]
    if operations:
        line = journal.line(now, journal.DONE, _sentence(pages, outcomes))
        sheets.append(journal_with(reading, last_run, line))
        operations += written(reading, sheets[-1])
    remembered = remembering(reading, last_run, sheets)
    read = (line for line in collection.reading.anomalies if line.kind in _OF_PAGES or line.tab in collection.names)
    anomalies = (*collection.anomalies, *read)
    return CollectRun(collection, checked_plan(reading, operations), remembered, outcomes, anomalies)


def with_new_pages(kept: Kept, new: Sequence[NewPage]) -> Kept:
    """What would be kept once these pages are: for a look that keeps nothing."""
    pages = {page.digest: page for page in (*kept.pages, *(new_page.page for new_page in new))}
    return replace(kept, pages=(*pages.values(),), present=tuple(new_page.page for new_page in new))


def _outcomes(page: ReadPage, collection: Collection) -> tuple[VersionOutcome, ...]:
    """Those of all that a page says; notes on dossiers and on candidates are apart, whatever their numbers."""
    before = by_key(collection.candidates_before if page.of_candidates else collection.before)
    after = by_key(collection.candidates if page.of_candidates else collection.records)
    return tuple(_outcome(version, before, after) for version in page.versions)


def _outcome(version: Version, before: dict[Key, Record], after: dict[Key, Record]) -> VersionOutcome:
    now, then = after.get(version.key), before.get(version.key)
    if now is None or now.version.values != version.values:
        return VersionOutcome.LEFT
    if then is None or not then.version.values:
        return VersionOutcome.NEW
    return VersionOutcome.SAME if then.version.values == version.values else VersionOutcome.CHANGED


def counts_of(outcomes: Iterable[VersionOutcome]) -> dict[str, int]:
    """How many there are of each."""
    counted = [*outcomes]
    return {str(kind): counted.count(kind) for kind in VersionOutcome}


def _sentence(pages: Sequence[ReadPage], outcomes: Sequence[Sequence[VersionOutcome]]) -> str:
    counts = counts_of(outcome for of_page in outcomes for outcome in of_page)
    parts = [plural(counts["new"], "réponse reçue", "réponses reçues")]
    parts += [plural(counts["changed"], "réponse changée", "réponses changées")] if counts["changed"] else []
    return f"Collecte de {plural(len(pages), 'page')} de jurés : {listed(parts)}."
