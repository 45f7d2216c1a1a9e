"""Writes in the workbook where jurors' pages are, and the rows that they fill there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eig_sheets.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.jury.pages import PageKind
    from eig_sheets.sync.jury_pages import PagesRun, Pair
    from eig_sheets.workbook.render.grilles import PageLink


def words_of(kind: PageKind) -> str:
    """What a page asks, as the tab `Grilles` says it."""
    from eig_sheets.jury.pages import PageKind
    from eig_sheets.workbook.render.grilles import DECLARATION, NOTES

    return NOTES if kind is PageKind.NOTES else DECLARATION


def record(session: Session, links: Sequence[PageLink], pairs: Sequence[Pair], what: str, *, dry_run: bool) -> PagesRun:
    """Record the pages and append the rows of pairs that lack one, in one write; a dry run only plans it."""
    from eig_sheets.campaign.reading import read
    from eig_sheets.cli.pipeline import applied, refuse
    from eig_sheets.sync.jury_pages import missing_rows, plan_pages

    def planned() -> PagesRun:
        reading = read(session.workbook.read(), session.campaign)
        refuse(reading.problems)
        last_run = session.state.load_last_run()
        return plan_pages(reading, last_run, links, missing_rows(reading, pairs), session.clock.now, what)

    if dry_run:
        return planned()
    run = applied(session, planned, lambda run: run.plan)
    session.state.save_last_run(run.last_run)
    return run
