"""The content and look of a new .xlsx file, in XlsxWriter's terms: rows from 1, columns from 0, colours RRGGBB."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eig_sheets.spreadsheet.model.cells import CellError, text_length
from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.xlsx.cell_values import to_serial

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


_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_RESERVED = ("history", "historique")


def tab_names(titles: Sequence[str]) -> list[str]:
    """A name for each tab, all different whatever their case; valid titles are kept, wherever they stand."""
    names = [title if is_tab_name(title) else "" for title in titles]
    taken: set[str] = set()
    for place, name in enumerate(names):
        names[place] = "" if name.casefold() in taken else name
        taken.add(name.casefold())
    for place, title in enumerate(titles):
        if not names[place]:
            names[place] = _free_name(title, taken)
            taken.add(names[place].casefold())
    return names


def is_tab_name(title: str) -> bool:
    """Whether Excel accepts that name for a tab."""
    allowed = title and not _FORBIDDEN.search(title) and "'" not in (title[0], title[-1])
    return bool(allowed) and text_length(title) <= _LONGEST_NAME and title.casefold() not in _RESERVED


def _free_name(title: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub("-", title).strip("'") or "Onglet"
    suffix = 1
    while True:
        end = f" ({suffix})" if suffix > 1 or base.casefold() in _RESERVED else ""
        name = _cut(base, _LONGEST_NAME - len(end)) + end
        if name.casefold() not in taken and is_tab_name(name):
            return name
        suffix += 1


def _cut(text: str, units: int) -> str:
    while text_length(text) > units:
        text = text[:-1]
    return text.rstrip("' ")
