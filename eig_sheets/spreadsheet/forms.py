"""A page to fill, as cells, whatever writes it; and what a program that has pages online can do with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from eig_sheets.spreadsheet.model.cells import CellValue, Formula
from eig_sheets.spreadsheet.model.sheet import Tone
from eig_sheets.spreadsheet.model.snapshot import Snapshot

CHARACTER_PIXELS: Final = 7
"""The width of a digit in the font of the pages, in pixels."""
COLUMN_PADDING: Final = 5
"""What spreadsheet programs add to the width of each column, in pixels."""


class Look(StrEnum):
    """How a cell looks."""

    TITLE = "title"
    INTRO = "intro"
    SMALL = "small"
    STRONG = "strong"
    SECTION = "section"
    ENTRY = "entry"
    MARK = "mark"
    PROJECT = "project"
    PROJECT_MARK = "project_mark"
    LEFT = "left"
    NUMBER = "number"
    TEXT = "text"
    LINK = "link"
    LABEL = "label"
    ANSWER = "answer"
    ANSWER_DATE = "answer_date"
    ANSWER_TEXT = "answer_text"
    KEY = "key"


ANSWERS: Final = frozenset({Look.ANSWER, Look.ANSWER_DATE, Look.ANSWER_TEXT})
"""The looks of the cells that people fill: all others are locked."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell. A str is always text. `small` is a second line, smaller, under the text; `row` what the cell leads to.

    `choices` are offered, or those of the range `choices_from`; anything else can be typed all the same.
    """

    value: Formula | CellValue
    look: Look
    small: str = ""
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    row: int = 0

    @property
    def is_answer(self) -> bool:
        """Whether people fill it."""
        return self.look in ANSWERS


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of cells: those whose text is `text`, or the area when `formula` is true. No tone: nothing is seen.

    `areas` are (first row, last row, first column, last column): 1-based rows, 0-based columns; a formula is that of
    the first cell.
    """

    areas: tuple[tuple[int, int, int, int], ...]
    tone: Tone | None
    text: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class FormTab:
    """One tab: its rows from the first, the width of each column in characters, what is not shown, its colours."""

    name: str
    rows: tuple[tuple[FormCell | None, ...], ...]
    widths: tuple[float, ...]
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    paints: tuple[Paint, ...] = ()
    hidden: bool = False

    @property
    def pixels(self) -> float:
        """The width of all that is shown of it."""
        shown = (width for column, width in enumerate(self.widths) if column not in self.hidden_columns)
        return sum(round(width * CHARACTER_PIXELS) + COLUMN_PADDING for width in shown)

    def cells(self) -> Iterator[tuple[int, int, FormCell]]:
        """Every cell with its 1-based row and 0-based column."""
        for number, row in enumerate(self.rows, 1):
            for column, cell in enumerate(row):
                if cell is not None:
                    yield number, column, cell


@dataclass(frozen=True, slots=True)
class Form:
    """A whole page: the tab that people fill, and the hidden one from which its descriptions come."""

    page: FormTab
    descriptions: FormTab


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
