"""Reads the pages of jurors that are online, each in one call, and what this machine read of them before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

import click

from eig_sheets import __version__
from eig_sheets.cli.jury_online import online_pages
from eig_sheets.cli.page_reading import PageBatch, criteria_of
from eig_sheets.cli.session import Session
from eig_sheets.jury.online import OnlinePage, OnlinePages
from eig_sheets.jury.page_update import is_blank
from eig_sheets.jury.read_pages import read_page_of
from eig_sheets.jury.received_page import received_page
from eig_sheets.storage.read_pages import NewPage, ReadPage
from eig_sheets.text.french import plural
from eig_sheets.workbook.model.snapshot import Snapshot


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
    page = received_page(snapshot, online.title, digest, modified)
    return NewPage(path, content, read_page_of(page, criteria_of(session), received))


def _content(snapshot: Snapshot) -> bytes:
    """The cells of a page as bytes, to be kept: equal for equal cells."""
    tabs = {tab.name: [list(row) for row in tab.rows] for tab in snapshot.tabs}
    return json.dumps(tabs, ensure_ascii=False, default=str).encode()
