"""Whether a formula refers to some rows of a tab."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TAB: Final = r"(?:(?:'((?:[^']|'')+)'|([^\s'!(),;:+\-*/&^<>={}\"]+(?::[^\s'!(),;:+\-*/&^<>={}\"]+)?))!)?"
_CELL: Final = r"\$?[A-Za-z]{1,3}\$?(\d{1,7})"
_REFERENCE: Final = re.compile(
    rf"(?<![\w.$\]!']){_TAB}(?:{_CELL}(?::(?:[^!():]+!)?{_CELL})?|\$?(\d{{1,7}}):\$?(\d{{1,7}}))(?![\w.(!])"
)


def refers_to_rows(formula: str, own_tab: str, tab: str, first: int, last: int) -> bool:
    """Whether a formula of `own_tab` names any cell of the rows `first` to `last` of `tab`."""
    return last_row_named(formula, own_tab, tab, last) >= first


def last_row_named(formula: str, own_tab: str, tab: str, last: int) -> int:
    """The last row of `tab`, `last` at most, of which a formula of `own_tab` names a cell; 0 when there is none.

    Text between quotes counts. A whole column does not name its rows: what it gives is right without them.
    """
    named = tab.casefold()
    ends = (
        min(end, last)
        for owner, start, end in _references(formula, own_tab)
        if start <= last and (":" in owner or owner.casefold() == named)
    )
    return max(ends, default=0)


def _references(formula: str, own_tab: str) -> Iterator[tuple[str, int, int]]:
    """Tab (several, with « : » between), first and last row of each reference."""
    for quoted, plain, cell, corner, row, other in _REFERENCE.findall(formula):
        named = quoted.replace("''", "'") or plain or own_tab
        start, end = int(cell or row), int(corner or other or cell or row)
        yield named, min(start, end), max(start, end)
