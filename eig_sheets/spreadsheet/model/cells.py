"""Cell values and cell addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value of the spreadsheet, such as `#REF!`: never a blank."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula that no spreadsheet program has computed yet: its value is not known."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that the robot writes (English names, commas, no leading `=`) and what it shows now."""

    text: str
    value: str | float | bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A text with a hyperlink to another cell of the workbook, or to the filter `view` of that title there."""

    text: str
    tab: str
    cell: str
    view: str = ""


CellValue = None | str | float | int | bool | datetime | date | time | timedelta | CellError | Uncomputed
"""A cell's value as it is read. A blank is None, never ''. Numbers are unformatted, dates are naive."""

WrittenValue = None | str | float | int | bool | datetime | Formula | Link
"""A cell's value as the robot writes it. A str is always written as text, even when it begins with `=`."""

MAX_TEXT = 32_767
"""Characters that one cell of an .xlsx file can hold, as `text_length` counts them."""


def text_length(text: str) -> int:
    """Length of a text in UTF-16 code units, which spreadsheet programs count as characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_too_long(text: str, longest: int = MAX_TEXT) -> bool:
    """Whether a cell cannot hold a text."""
    return len(text) > longest // 2 and text_length(text) > longest


def shortened(text: str, mention: str, longest: int = MAX_TEXT) -> str:
    """The beginning of a text that is too long, and a mention that it is cut."""
    room = 2 * (longest - text_length(mention))
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + mention


def as_read(value: object) -> object:
    """The value that is read back from a cell where the robot wrote `value`."""
    if isinstance(value, Formula):
        return value.value
    if isinstance(value, Link):
        return value.text
    return None if value == "" else value


@lru_cache(maxsize=1024)  # it is asked for every cell that is written
def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def a1(row: int, column: int) -> str:
    """Address of a cell from its 1-based row and 0-based column: (12, 3) → D12."""
    return f"{column_letters(column)}{row}"


_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")


def parse_a1(address: str) -> tuple[int, int]:
    """D12 → (12, 3). Raises ValueError on anything else."""
    match = _A1.fullmatch(address)
    if match is None:
        raise ValueError(f"not a cell address: {address!r}")
    return int(match[2]), column_index(match[1])
