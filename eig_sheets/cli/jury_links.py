"""Writes in the workbook where jurors' pages are, online or in files, and the rows that they fill there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eig_sheets.cli.linked import own_reading_of
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.jury.folder import copy_of, planned_digests
from eig_sheets.jury.issue import Issue
from eig_sheets.jury.pages import PageKind
from eig_sheets.storage.ballot_log import Ballot, BallotLog
from eig_sheets.sync.jury_pages import PagesRun, Pair, missing_rows, plan_pages
from eig_sheets.text.french import plural
from eig_sheets.workbook.render.grilles import DECLARATION, NOTES, PageLink


def words_of(kind: PageKind) -> str:
    """What a page asks, as the tab `Grilles` says it."""
    return NOTES if kind is PageKind.NOTES else DECLARATION


def record(session: Session, links: Sequence[PageLink], pairs: Sequence[Pair], what: str, *, dry_run: bool) -> PagesRun:
    """Record the pages and append the rows of pairs that lack one, in one write; a dry run only plans it."""

    def planned() -> PagesRun:
        reading = own_reading_of(session, session.workbook.read())
        refuse(reading.problems)
        last_run = session.state.load_last_run()
        return plan_pages(reading, last_run, links, missing_rows(reading, pairs), session.clock.now, what)

    return carried_out(session, planned, dry_run=dry_run)


def record_files(session: Session, issues: Sequence[Issue], folder: Path, *, dry_run: bool = False) -> PagesRun | None:
    """Record which file each of these jurors has, in one write; None for candidates, whose jurors get no e-mails.

    Raises WorkbookError, Refusal: the files are there all the same.
    """
    kind = issues[0].page.kind
    if kind is PageKind.CANDIDATES:
        return None
    links = [*_file_links(session, issues, folder, dry_run=dry_run)]
    what = f"{words_of(kind)}s en fichiers : {plural(len(links), 'juré')}."
    return record(session, links, (), what, dry_run=dry_run)


def _file_links(session: Session, issues: Sequence[Issue], folder: Path, *, dry_run: bool) -> Iterator[PageLink]:
    """The file of each juror, as this machine made it, whoever filled it since; none that another machine made."""
    known = BallotLog(session.state_as_it_is.folder, session.known.key).ballots()
    planned = planned_digests(issues, session.campaign.zone) if dry_run else {}
    for issue in issues:
        page, made = issue.page, known.get((issue.page.kind.value, issue.page.juror))
        digest = planned.get(issue.name) or (_kept_digest(session, made, folder / issue.name) if made else "")
        if digest:
            yield PageLink(page.juror, words_of(page.kind), file=issue.name, file_digest=digest)


def _kept_digest(session: Session, made: Ballot, path: Path) -> str:
    """The digest of the file that this machine made there, if it still has a copy to send; '' otherwise."""
    try:
        content = copy_of(path.name, made.digest, session.state_as_it_is.versions)
    except OSError:
        return ""
    return made.digest if content is not None and Path(made.path) == path else ""
