"""The model of a page as cells, whatever writes it: a form to fill on a phone, one column of labels, one of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from eig_sheets.workbook.model.cells import CellValue, Formula
from eig_sheets.workbook.model.sheet import Tone

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
