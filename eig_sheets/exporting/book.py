"""The content and look of a new .xlsx file, in XlsxWriter's terms: rows from 1, columns from 0, colours RRGGBB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eig_sheets.workbook.model.cells import CellError
from eig_sheets.workbook.model.snapshot import Area
from eig_sheets.workbook.xlsx.dates import to_serial

FileValue = None | str | float | bool | CellError
"""Dates are numbers, which their number format shows as dates."""


@dataclass(frozen=True, slots=True)
class Style:
    """The format of a cell; '', 0 and False are the defaults of the file. `quoted`: what people type in it stays text.

    `borders`: left, right, top or bottom; XlsxWriter's number of the line; its colour.
    """

    number_format: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = ""
    size: float = 0
    family: str = ""
    background: str = ""
    horizontal: str = ""
    vertical: str = ""
    wrap: bool = False
    borders: tuple[tuple[str, int, str], ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, its style, and its link: an address of the web, or `#'Tab'!A1`."""

    value: FileValue = None
    style: Style = Style()
    link: str = ""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Width:
    """The width of a column in characters, whether it is hidden, and the style of its cells that are not written.

    `level` is how many groups of columns it is in; `folds`: the group just before it is folded.
    """

    characters: float
    hidden: bool = False
    style: Style = Style()
    level: int = 0
    folds: bool = False


@dataclass(frozen=True, slots=True)
class ColourRule:
    """Colours for cells that compare with a formula by `operator`; without it, for cells where the formula is true."""

    areas: tuple[Area, ...]
    operator: str
    formula: str
    style: Style


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Colours between two or three points: (`num`, `min`…; value; colour)."""

    areas: tuple[Area, ...]
    points: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class DropDown:
    """The choices that cells offer."""

    areas: tuple[Area, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `mark` and `column_marks` are the robot's ids for it."""

    name: str
    rows: list[list[Cell]]
    widths: Sequence[Width] = ()
    hidden: bool = False
    colour: str = ""
    grid_lines: bool = True
    frozen_rows: int = 0
    frozen_columns: int = 0
    hidden_rows: frozenset[int] = frozenset()
    merges: Sequence[Area] = ()
    notes: Sequence[tuple[int, int, str]] = ()
    drop_downs: Sequence[DropDown] = ()
    rules: Sequence[ColourRule | ColourScale] = ()
    mark: str | None = None
    column_marks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """Every tab in order."""

    tabs: tuple[Tab, ...]


def number_of(moment: datetime) -> float:
    """The number that stands for a moment in the file, which its number format shows as a date."""
    return to_serial(moment, since_1904=False)
