"""The target content and look of a tab, independent of any spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

from eig_sheets.spreadsheet.model.cells import Formula, WrittenValue
from eig_sheets.spreadsheet.model.signing import Author, Signing, is_signed, signing
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.text.french import typographic

_STYLE = 1
"""Version of our colours and formats: raised when they change, so that tabs that store a digest are written again."""


class Owner(StrEnum):
    """Who may change the cells of a tab."""

    PEOPLE = "people"
    ROBOT = "robot"
    OUTBOX = "outbox"


class Format(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    WRAPPED = "wrapped"
    INTEGER = "integer"
    NOTE = "note"
    EURO = "euro"
    PERCENT = "percent"
    PROBABILITY = "probability"  # an estimate, which is never nought or one: « < 1 % », « > 99 % »
    PROBABILITY_1 = "probability_1"  # with one decimal
    PROBABILITY_2 = "probability_2"  # with two
    DATE = "date"
    DATETIME = "datetime"
    GENERAL = "general"
    MIXED = "mixed"  # numbers and words, such as scores and NSP: in the middle, so that no two cells touch


class Tone(StrEnum):
    """The meaning of a colour, which each backend chooses."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the largest number that people may type, the words that they may instead, all of it in French."""

    low: float
    high: float
    words: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column under its header.

    `choices` makes a drop-down; `scale` colours numbers from low to high; `tones` colours exact
    texts; `bar` draws a bar for a share between 0 and 1; `tick` makes a check-box where there are such;
    `guarded` keeps the column for the campaign's officers where cells can be kept for someone; `hidden` is for the
    robot, and not shown. Neighbours of one `group` are folded together when the tab is made, where columns can be;
    `Sheet.look` leaves that out, since people fold and unfold them, and `limits`, of the numbers that people may
    type, which only a new tab tells them. `author`: the column beside it in which the program says who typed what,
    where one does: another column, which `Sheet.look` leaves out too. `names_cells`: its texts name cells, which takes
    more room without letters.
    """

    header: str
    format: Format = Format.TEXT
    width: float = 16
    note: str = ""
    choices: tuple[str, ...] = ()
    scale: tuple[float, float] | None = None
    tones: tuple[tuple[str, Tone], ...] = ()
    bar: bool = False
    tick: bool = False
    guarded: bool = False
    hidden: bool = False
    group: str = field(default="", repr=False)
    limits: Limits | None = field(default=None, repr=False)
    author: Author | None = field(default=None, repr=False)
    names_cells: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        """A note is French that people read: its spaces are set here, once for every tab."""
        object.__setattr__(self, "note", typographic(self.note))


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of numbers beside their labels: 0-based columns, 1-based rows, both ends included, under their headers.

    `tab`: the name of the tab of those cells; '' for that of the chart. `at`: the 1-based row and the 0-based column of
    its first corner. `axes`: the titles of the axis of labels, and of the axis of numbers. `sideways`: bars that go to
    the right. `stacked`: numbers that add up to one bar. `step`: between two marks of the axis of numbers; 0: as the
    program likes. Several numbers have a legend, of their headers.
    """

    title: str
    labels: int
    numbers: tuple[int, ...]
    first_row: int
    last_row: int
    tab: str = ""
    at: tuple[int, int] = (1, 0)
    axes: tuple[str, str] = ("", "")
    sideways: bool = False
    stacked: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class FilterView:
    """The rows of a tab whose 0-based column is exactly a text, which anyone may look at for themselves."""

    title: str
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """A filter view of a new tab, where there are such: without the rows that have a text in a (0-based) column."""

    title: str
    column: int
    left_out: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Rows of a new tab read one at a time, in a card beside their list, where a program has such: 0-based columns.

    `title` is that of the card. `page`: the name of a page of their own before that of the tab; '' for that of the tab.
    `listed`: the columns of the list, in their order; () for those of the tab.
    """

    title: str
    shown: tuple[int, ...]
    listed: tuple[int, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows of a new tab that a page shows above the others, under a title, where a program can.

    They have `text` in a 0-based column. `columns` are those that are shown of them, `other_columns` those of the rest.
    """

    column: int
    text: str
    title: str
    columns: tuple[int, ...]
    rest: str
    other_columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole tab: banner lines, a header row, rows. A banner line that begins with ⚠ shows in red.

    `fields` are the ids of people's columns, in order from the left; `robot_columns` the (0-based place, id) of the
    robot's, and `lookups` the (place, formula) that shows each of them where people type while we run. `former_ids`:
    the ids that older versions gave the tab, which a mark may still have. A new tab is `hidden` or not, and
    `frozen_columns` at its left stay on the screen; afterwards both are as people leave them, as are `cards` and rows
    shown `apart`. `folded`: the 0-based first of the last `rows`, which are folded together where rows can be, unless
    people unfolded them; None without any. `sent`: the e-mails that left, by its rows, where it is the tab that says
    so: some workbooks keep them apart too.
    """

    id: str
    name: str
    owner: Owner
    columns: tuple[Column, ...]
    rows: tuple[tuple[WrittenValue, ...], ...] = ()
    banner: tuple[str | Formula, ...] = ()
    robot_columns: tuple[tuple[int, str], ...] = ()
    fields: tuple[str, ...] = ()
    lookups: tuple[tuple[int, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    former_ids: tuple[str, ...] = ()
    hidden: bool = False
    frozen_columns: int = 0
    views: tuple[View, ...] = ()
    cards: Cards | None = None
    apart: Apart | None = None
    folded: int | None = None
    sent: tuple[SentMark, ...] | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks by which the tab is recognized: its id, and its former ones."""
        return (self.id, *self.former_ids)

    @property
    def header_row(self) -> int:
        """1-based row of the headers."""
        return len(self.banner) + 1

    @property
    def look(self) -> str:
        """A digest of the tab's look, whatever its rows; it changes when we change the look."""
        return sha256(repr((_STYLE, self.columns, self.header_row, self.charts)).encode()).hexdigest()[:12]

    @property
    def groups(self) -> list[tuple[int, int]]:
        """The (first place, place after the last) of each group of columns to fold."""
        grouped = groupby(range(len(self.columns)), lambda place: self.columns[place].group)
        named = ((name, [*places]) for name, places in grouped)
        return [(places[0], places[-1] + 1) for name, places in named if name]

    @property
    def folded_rows(self) -> tuple[int, int] | None:
        """The (first, last) 1-based rows that are folded together."""
        first, last = (self.folded or 0) + self.header_row + 1, self.header_row + len(self.rows)
        return (first, last) if self.folded is not None and first <= last else None

    @property
    def signings(self) -> list[Signing]:
        """The columns of authors that go with it, where the program writes them."""
        places = {field_id: place for place, field_id in enumerate(self.fields)}
        authors = [(name, self.columns[place].author) for name, place in places.items()]
        return [signing(name, author, places, self._signed_rows(places[name])) for name, author in authors if author]

    def _signed_rows(self, place: int) -> Iterator[int]:
        return (number for number, row in enumerate(self.rows, self.header_row + 1) if is_signed(row[place]))

    def grid(self) -> list[list[WrittenValue]]:
        """Every row of the tab from row 1: banner, headers, values."""
        lines: list[list[WrittenValue]] = [[line] for line in self.banner]
        lines.append([column.header for column in self.columns])
        lines.extend(list(row) for row in self.rows)
        return lines
