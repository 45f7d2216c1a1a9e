"""Reads the pages of jurors that are in folders and files, each once, and keeps them as they came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from eig_sheets import __version__
from eig_sheets.call.jury.commands_links import online_pages
from eig_sheets.call.jury.pages.files_pages import bytes_of
from eig_sheets.call.jury.pages.foreign_files import is_left_by_a_program, is_spreadsheet
from eig_sheets.call.jury.pages.page_update import is_blank
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.call.jury.read_pages import NewPage, ReadPage, read_page_of
from eig_sheets.campaign.reviews.grids import grids
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.spreadsheet.forms import OnlinePage, OnlinePages
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import plural, typographic, why


@dataclass(frozen=True, slots=True)
class PageBatch:
    """Every entry of the files and folders that were looked through, in the order of their names.

    `pages`: those that were read, and those that could not be, with why; `left`: the names of the temporary files that
    programs keep beside one that they have open.
    """

    pages: Sequence[NewPage]
    folders: frozenset[str]
    left: tuple[str, ...] = ()


def read_pages(session: Session, places: Sequence[Path]) -> PageBatch:
    """The pages of these files, and of the files of these folders. Raises Refusal when one is not there."""
    known, now = session.page_store.read_by(__version__), session.clock.now
    first_read = {page.digest: page for page in session.page_store.kept().pages}
    with session.step("Lecture des pages"):
        entries = [entry for place in places for entry in _entries(place)]
        names = [entry.name for entry in entries if is_left_by_a_program(entry.name)]
        paths = [entry for entry in entries if not is_left_by_a_program(entry.name)]
        pages = [_page(session, path, known, first_read, now) for path in dict.fromkeys(paths)]
    folders = frozenset(str(place.absolute()) for place in places if place.is_dir())
    return PageBatch(pages, folders, (*names,))


def keep_pages(session: Session, batch: PageBatch) -> None:
    """Keep the pages: they are the jurors' work, whatever becomes of the files."""
    session.page_store.add(batch.pages, __version__, batch.folders)


def _entries(place: Path) -> Iterator[Path]:
    """The file, or all that the folder holds."""
    try:
        if not place.is_dir():
            place.stat()
            yield place.absolute()
            return
        yield from sorted(place.absolute().iterdir())
    except OSError as error:
        sentence = f"{place} ne peut pas être lu ({why(error)}). Vérifiez ce chemin et vos droits."
        raise Refusal(typographic(sentence)) from None


def _page(
    session: Session, path: Path, known: Mapping[str, ReadPage], before: Mapping[str, ReadPage], now: datetime
) -> NewPage:
    """A page: what this version of the program read of the same bytes (`known`), else what they say.

    It was received when these bytes were first read (`before`), else `now`, as all that is first read in one run. The
    bytes of what is neither a page nor a spreadsheet are not kept.
    """
    zone = session.campaign.zone
    file = bytes_of(path, zone)
    if file.content and file.digest in known:
        page = known[file.digest].again_at(path.name)
    else:
        received = before[file.digest].received if file.digest in before else now
        page = read_page_of(file.page(zone), criteria_of(session), received)
    return NewPage(str(path), file.content if page.juror or is_spreadsheet(path.name) else b"", page)


def criteria_of(session: Session) -> list[str]:
    """The ids of what pages score, whatever their jury."""
    return [id_ for grid in grids(session.campaign) for id_, _ in grid.labels(session.campaign)]


def read_online_pages(session: Session) -> PageBatch:
    """The pages of this campaign that are online. Raises WorkbookError; UsageError where there can be none."""
    store = online_pages(session)
    if store is None:
        raise click.UsageError("Donnez le dossier ou les fichiers que les jurés ont renvoyés.")
    store.check()
    known = session.page_store.read_by(__version__)
    before = {page.digest: page for page in session.page_store.kept().pages}
    with session.step("Lecture des grilles en ligne"):
        pages = [page for online in store.pages() if (page := _read(session, store, online, known, before)) is not None]
    session.say(
        f"{plural(store.reads, 'feuille lue', 'feuilles lues')}, une lecture chacune : Google en permet 60 par minute."
    )
    return PageBatch(pages, frozenset())


def _read(
    session: Session,
    store: OnlinePages,
    online: OnlinePage,
    known: Mapping[str, ReadPage],
    before: Mapping[str, ReadPage],
) -> NewPage | None:
    """A page: what this version of the program read of the same cells (`known`), else what they say; None if blank.

    It was received when these cells of that moment were first read (`before`): an answer may be put back as it was.
    """
    snapshot = store.read(online)
    if is_blank(snapshot):  # made, and not filled yet by the command that stopped there
        return None
    content = _content(snapshot)
    filled = store.filled_at(online)
    digest = hashlib.sha256(content + filled.encode()).hexdigest()
    path = f"{online.url}/{online.title.replace('/', '-')}"
    if digest in known:
        return NewPage(path, content, known[digest].again_at(online.title))
    zone = session.campaign.zone
    modified = datetime.fromisoformat(filled).astimezone(zone).replace(tzinfo=None) if filled else None
    received = before[digest].received if digest in before else session.clock.now
    page = returned_page(snapshot, online.title, digest, modified)
    return NewPage(path, content, read_page_of(page, criteria_of(session), received))


def _content(snapshot: Snapshot) -> bytes:
    """The cells of a page as bytes, to be kept: equal for equal cells."""
    tabs = {tab.name: [list(row) for row in tab.rows] for tab in snapshot.tabs}
    return json.dumps(tabs, ensure_ascii=False, default=str).encode()
