"""Writes in the workbook where jurors' pages are, online or in files, and the rows that they fill there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from eig_sheets.call.jury.files_ballots import Ballot, BallotLog
from eig_sheets.call.jury.grilles import DECLARATION, NOTES, PageLink
from eig_sheets.call.jury.pages.files_folder import copy_of, planned_digests
from eig_sheets.call.jury.pages.issue import Issue
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.call.jury.plan_assignment import PagesRun, Pair, missing_rows, plan_pages
from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.output import change_records, show, show_object
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import carried_out
from eig_sheets.spreadsheet.backends import Resources, backend_of
from eig_sheets.spreadsheet.forms import OnlinePages
from eig_sheets.spreadsheet.model.plan import Change
from eig_sheets.text.french import plural
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.table import Col, Table

Row = TypeVar("Row")


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


def add_rows(
    session: Session, pages: Sequence[Page], kind: PageKind, *, dry_run: bool = False
) -> tuple[PagesRun, Sequence[Pair]]:
    """Append the rows that jurors lack; returns the run, and the (dossier, juror) that are added."""
    refuse_open(session)
    pairs = [(dossier.numero, page.juror) for page in pages for dossier in page.dossiers]
    links = [PageLink(page.juror, words_of(kind), session.workbook.location) for page in pages]
    what = f"Lignes d’Évaluations des jurés : {plural(len(pages), 'juré')}."
    run = record(session, links, pairs, what, dry_run=dry_run)
    return run, missing_rows(run.reading, pairs)


def refuse_open(session: Session) -> None:
    """Refuse a document that `init` has not closed: jurors who come into it would read everything. Raises Refusal."""
    if session.workbook.read().access.access is None:
        raise Refusal(
            "Ce document n’est pas fermé : les jurés y liraient les notes des autres. Lancez « eig-sheets init », qui "
            "n’y laisse lire que les responsables, l’équipe et, leurs lignes, les jurés. Puis relancez cette commande."
        )


def give_rows(session: Session, pages: Sequence[Page], kind: PageKind, *, dry_run: bool, form: str) -> None:
    """Append to `Évaluations` the rows that each juror lacks, and record that they fill them in this document."""
    location = session.workbook.location
    run, added = add_rows(session, pages, kind, dry_run=dry_run)
    counts = Counter(juror for _, juror in added)
    table = Table[Page](
        Col("juror", "Juré"),
        numbers_column("dossiers", "Dossiers"),
        Col("rows", "Lignes ajoutées", lambda page: counts[page.juror]),
        Col("url", "Document", lambda _: location),
    )
    changes = run.plan.changes(run.reading.snapshot) if dry_run else None
    print_pages(table, pages, form, "Aucun juré.", changes)
    rows = (
        plural(len(added), "ligne ajoutée", "lignes ajoutées")
        if not dry_run
        else plural(len(added), "ligne à ajouter", "lignes à ajouter")
    )
    session.say(
        f"Aucune grille à faire : les jurés notent dans ce document, où chacun ne voit que ses lignes d’Évaluations. "
        f"{rows}. Partagez-le avec eux, comme éditeurs : {location}"
    )


def numbers_column(key: str, header: str) -> Col[Page]:
    """The numbers of what a page asks about; how many they are, but in JSON."""

    def count(page: Page) -> int:
        return len(page.dossiers)

    return Col(key, header, lambda page: [dossier.numero for dossier in page.dossiers], people=count, csv=count)


def print_pages(
    table: Table[Row], rows: Sequence[Row], form: str, empty: str, changes: Sequence[Change] | None
) -> None:
    """Print what became of jurors' pages. `changes`: the cells that would change; None when it is done."""
    if form == "json":
        of_dry_run: dict[str, Any] = {} if changes is None else {"changes": change_records(changes)}
        show_object({"ballots": table.records(rows), **doubts_key(), **of_dry_run})
    else:
        show(table, rows, form, empty)


def online_pages(session: Session) -> OnlinePages | None:
    """The pages of this campaign and workbook; a copy of the workbook has pages of its own. Raises WorkbookError."""
    campaign = session.campaign
    make = backend_of(session.place).pages
    if make is None:
        return None
    resources = Resources(os.environ, session.state_as_it_is, campaign.workbook.officers, campaign.zone.key)
    return make(resources, campaign.jury.drive_folder, digest((campaign.campaign.id, session.known.key)))
