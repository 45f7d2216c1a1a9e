"""What becomes of each juror's page online: made, brought up to date, shared; found by its key, read, then done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.page_update import RearrangedError, is_blank, update_of
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.forms import Form, FormCell, OnlinePage, OnlinePages, PageUpdate, Reader
from eig_sheets.spreadsheet.model.cells import a1, as_read
from eig_sheets.spreadsheet.model.plan import Change
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot


class PageState(StrEnum):
    """What becomes of a page, in French."""

    NEW = "nouvelle"
    SAME = "inchangée"
    UPDATED = "mise à jour"
    REARRANGED = "à revoir"  # its lines are not where they were made: left as it is


@dataclass(frozen=True, slots=True)
class SharedPage:
    """One page: what it should ask, where it is (None: nowhere yet), what it holds, what brings it up to date.

    `shared`: its juror may open it already; `others`: who else may, besides those who see all pages.
    """

    page: Page
    state: PageState
    online: OnlinePage | None = None
    snapshot: Snapshot | None = None
    update: PageUpdate | None = None
    shared: bool = False
    others: tuple[Reader, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be done."""
        return self.shared and self.state in (PageState.SAME, PageState.REARRANGED)


def key_of(page: Page) -> str:
    """What tells a page from all others of its campaign: no address of a person's."""
    return f"{page.kind.value}-{hashlib.sha256(page.juror.encode()).hexdigest()[:32]}"


def title_of(page: Page) -> str:
    """The name of a page, as its juror sees it among their files."""
    what = "Déclaration" if page.kind is PageKind.DECLARATION else "Grille"
    return f"{what} du jury – {page.name} – {page.campaign_name or page.campaign_id}"


def sorted_by_key(store: OnlinePages, pages: Sequence[OnlinePage]) -> tuple[dict[str, OnlinePage], list[OnlinePage]]:
    """The page of each key, and those that repeat one: the juror's is the first made in which something was written."""
    by_key: dict[str, list[OnlinePage]] = {}
    for page in pages:
        by_key.setdefault(page.key, []).append(page)
    chosen = {key: _first_written(store, ones) for key, ones in by_key.items()}
    return chosen, [page for page in pages if page is not chosen[page.key]]


def _first_written(store: OnlinePages, ones: Sequence[OnlinePage]) -> OnlinePage:
    if len(ones) == 1:
        return ones[0]
    return next((page for page in ones if not is_blank(store.read(page))), ones[0])


def planned(store: OnlinePages, page: Page, online: OnlinePage | None) -> SharedPage:
    """What is to be done about a page; one that is there is read."""
    if online is None:
        return SharedPage(page, PageState.NEW)
    snapshot = store.read(online)
    readers = store.readers_of(online)
    whom = {reader.whom.casefold() for reader in (*readers, *store.readers())}
    others = tuple(reader for reader in readers if reader.whom.casefold() != page.juror.casefold())
    shared = page.juror.casefold() in whom
    if is_blank(snapshot):
        return SharedPage(page, PageState.NEW, online, snapshot, None, shared, others)
    update = _update(snapshot, page, online)
    state = PageState.REARRANGED if update is None else PageState.UPDATED if update else PageState.SAME
    return SharedPage(page, state, online, snapshot, update, shared, others)


def _update(snapshot: Snapshot, page: Page, online: OnlinePage) -> PageUpdate | None:
    """What brings it up to date; None when it is not that page any more, or its lines moved."""
    received = returned_page(snapshot, online.title, "")
    if (received.kind, received.campaign_id, received.juror) != (page.kind, page.campaign_id, page.juror):
        return None
    try:
        return update_of(snapshot, page)
    except RearrangedError:
        return None


def carried_out(store: OnlinePages, plan: SharedPage) -> OnlinePage:
    """The page, made and filled if it was not, brought up to date, then shared with its juror alone."""
    online = plan.online or store.create(title_of(plan.page), key_of(plan.page))
    if plan.state is PageState.NEW:
        store.fill(online, plan.snapshot or store.read(online), form_of(plan.page))
    elif plan.update and plan.snapshot:
        store.update(online, plan.snapshot, plan.update)
    if not plan.shared:
        store.share(online, plan.page.juror)
    return online


def changes_of(plan: SharedPage) -> Iterator[Change]:
    """Each cell of a page that would change, in the order of its tabs."""
    title = title_of(plan.page)
    if plan.state is PageState.NEW:
        form = form_of(plan.page)
        for tab in (form.page, form.descriptions):
            for row, column, cell in tab.cells():
                if _shown(cell) is not None:
                    yield Change(f"{title} – {tab.name}", a1(row, column), None, _shown(cell))
    elif plan.update and plan.snapshot:
        yield from _changes_of_update(title, plan.update, plan.snapshot)


def _changes_of_update(title: str, update: PageUpdate, snapshot: Snapshot) -> Iterator[Change]:
    hidden = update.form.descriptions.name
    before = snapshot.tab(hidden) or TabSnapshot(hidden)
    for row, column, cell in update.descriptions:
        new = _shown(cell) if cell else None
        yield Change(f"{title} – {hidden}", a1(row, column), before.value(row, column), new)
    for row, column, cell in _inserted(update.form, update.inserted):
        if _shown(cell) is not None:
            yield Change(f"{title} – {update.tab}", a1(row, column), None, _shown(cell))


def _inserted(form: Form, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, FormCell]]:
    for row, column, cell in form.page.cells():
        if any(first <= row <= last for first, last in ranges):
            yield row, column, cell


def _shown(cell: FormCell) -> object:
    return as_read(cell.value)
