"""Pages online, one spreadsheet a juror: what a program that has such pages can do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eig_sheets.jury.form import Form, FormCell
from eig_sheets.workbook.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may open a page: an address, a domain or everybody; `role` as the program names it."""

    whom: str
    role: str


@dataclass(frozen=True, slots=True)
class OnlinePage:
    """A page that is there. `key` says whose it is; `modified` is when it was last changed, in ISO 8601, '' unknown.

    `by_us`: the robot made that change.
    """

    id: str
    url: str
    key: str
    title: str
    modified: str = ""
    by_us: bool = False


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """What brings a page up to date without touching an answer.

    `form` is the whole target. `inserted`: the (first row, last row) of the page's tab that are new, in the target; no
    other cell of that tab is written. `descriptions`: (row in the target, column, cell) of what is written anew in the
    hidden tab. `tab`: the name that the page's tab has now.
    """

    form: Form
    tab: str
    inserted: tuple[tuple[int, int], ...] = ()
    descriptions: tuple[tuple[int, int, FormCell | None], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.inserted or self.descriptions)


class OnlinePages(Protocol):
    """The pages that one campaign's robot made. Every method raises WorkbookError. `reads`: calls that read a page."""

    reads: int

    def check(self) -> None:
        """Raise where no page could be made; nothing is."""

    def readers(self) -> Sequence[Reader]:
        """Who sees every page, whomever it is for: the members of a drive, for instance."""

    def pages(self) -> Sequence[OnlinePage]:
        """Every page of this campaign, the oldest first: of two with one key, the first is the juror's."""

    def create(self, title: str, key: str) -> OnlinePage:
        """A new page, blank and shared with nobody more."""

    def readers_of(self, page: OnlinePage) -> Sequence[Reader]:
        """Who sees that page, besides those who see all of them."""

    def share(self, page: OnlinePage, address: str) -> None:
        """Let an address fill the page; nobody is told."""

    def read(self, page: OnlinePage) -> Snapshot:
        """What the page holds."""

    def filled_at(self, page: OnlinePage) -> str:
        """When somebody else than the robot last changed the page that was read, in ISO 8601; '' when nobody did."""

    def fill(self, page: OnlinePage, snapshot: Snapshot, form: Form) -> None:
        """Make a blank page, which holds that snapshot, the form; all of it or nothing."""

    def update(self, page: OnlinePage, snapshot: Snapshot, update: PageUpdate) -> None:
        """Bring a page up to date; all of it or nothing."""
