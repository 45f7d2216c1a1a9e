"""The target content and look of a tab, independent of any spreadsheet program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.cells import Formula, WrittenValue

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


class Tone(StrEnum):
    """The meaning of a colour, which each backend chooses."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column under its header.

    `choices` makes a drop-down; `scale` colours numbers from low to high; `tones` colours exact
    texts; `bar` draws a bar for a share between 0 and 1; `tick` makes a check-box where there are such;
    `guarded` keeps the column for the campaign's officers where cells can be kept for someone; `hidden` is for the
    robot, and not shown.
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

    def __post_init__(self) -> None:
        """A note is French that people read: its spaces are set here, once for every tab."""
        object.__setattr__(self, "note", typographic(self.note))


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one column's numbers, labelled by another: 0-based columns, 1-based rows, both ends included."""

    title: str
    labels: int
    numbers: int
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole tab: banner lines, a header row, rows. A banner line that begins with ⚠ shows in red.

    `fields` are the ids of people's columns, in order from the left; `robot_columns` the (0-based place, id) of the
    robot's, and `lookups` the (place, formula) that shows each of them where people type while we run.
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

    @property
    def header_row(self) -> int:
        """1-based row of the headers."""
        return len(self.banner) + 1

    @property
    def look(self) -> str:
        """A digest of the tab's look, whatever its rows; it changes when we change the look."""
        return sha256(repr((_STYLE, self.columns, self.header_row, self.charts)).encode()).hexdigest()[:12]

    def grid(self) -> list[list[WrittenValue]]:
        """Every row of the tab from row 1: banner, headers, values."""
        lines: list[list[WrittenValue]] = [[line] for line in self.banner]
        lines.append([column.header for column in self.columns])
        lines.extend(list(row) for row in self.rows)
        return lines
