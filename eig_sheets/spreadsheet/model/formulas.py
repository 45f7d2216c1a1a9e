"""Formulas: compared, converted between locales, and whether they refer to some rows of a tab.

Ours have English names and commas; Google reads « ; » in every locale.
Whether Google returns the names of functions in English, or in the language of the spreadsheet, was never seen: both
are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
"""Literal texts, and names of tabs between apostrophes."""


_LOOKUP_START = re.compile(r'ARRAYFORMULA\(IF\(ROW\(.*?\)=ROW\(.*?\),"((?:[^"]|"")*)",', re.IGNORECASE)
"""How the formula of a robot's column begins (`workbook/lookup_formula.py` makes it), with the header that it shows."""


def header_in(text: str | None) -> str | None:
    """The header that the formula of a robot's column shows; None for any other formula."""
    match = _LOOKUP_START.match(text or "")
    return match[1].replace('""', '"') if match else None


def same(formula: str | None, other: str) -> bool:
    """Whether two formulas are the same, however a spreadsheet spells spaces, separators and the names of tabs."""
    return formula is not None and (formula == other or _normalized(formula) == _normalized(other))


def _normalized(text: str) -> str:
    parts = _QUOTED.split(text)
    return "".join(
        re.sub(r"\s", "", part).replace(";", ",").upper()
        if index % 2 == 0
        else (part if part.startswith('"') else part[1:-1].replace("''", "'").upper())
        for index, part in enumerate(parts)
    )


def with_semicolons(text: str) -> str:
    """The formula with the separator that every locale of Google Sheets reads."""
    return _map_unquoted(text, lambda part: part.replace(",", ";"))


_FRENCH = {
    "ESTERREUR": "ISERROR",
    "LIGNE": "ROW",
    "MAINTENANT": "NOW",
    "RECHERCHEX": "XLOOKUP",
    "SI": "IF",
    "SI.NON.DISP": "IFNA",
    "SUPPRESPACE": "TRIM",
}
"""The functions of the formulas that we write, by their French names."""

_FRENCH_NAME = re.compile(
    rf"(?<![\w.])({'|'.join(map(re.escape, sorted(_FRENCH, key=len, reverse=True)))})(?=\s*\()", re.IGNORECASE
)


def with_commas(text: str) -> str:
    """The formula with English names and commas, as this package spells it."""
    return _map_unquoted(
        text, lambda part: _FRENCH_NAME.sub(lambda name: _FRENCH[name[1].upper()], part.replace(";", ","))
    )


def _map_unquoted(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if index % 2 else change(part) for index, part in enumerate(_QUOTED.split(text)))


_TAB: Final = r"(?:(?:'((?:[^']|'')+)'|([^\s'!(),;:+\-*/&^<>={}\"]+(?::[^\s'!(),;:+\-*/&^<>={}\"]+)?))!)?"
_CELL: Final = r"\$?[A-Za-z]{1,3}\$?(\d{1,7})"
_REFERENCE: Final = re.compile(
    rf"(?<![\w.$\]!']){_TAB}(?:{_CELL}(?::(?:[^!():]+!)?{_CELL})?|\$?(\d{{1,7}}):\$?(\d{{1,7}}))(?![\w.(!])"
)
_COLUMNS: Final = re.compile(rf"(?<![\w.$\]!']){_TAB}\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w.(!])")
_INDEX: Final = re.compile(
    rf"(?<![\w.])INDEX\(\s*{_TAB}\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}\s*[,;]\s*(\d{{1,7}})(?!\d)", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"(?<![\w.])OFFSET\(", re.IGNORECASE)


def refers_to_rows(formula: str, own_tab: str, tab: str, first: int, last: int) -> bool:
    """Whether a formula of `own_tab` names any cell of the rows `first` to `last` of `tab`."""
    return last_row_named(formula, own_tab, tab, last) >= first


def last_row_named(formula: str, own_tab: str, tab: str, last: int) -> int:
    """The last row of `tab`, `last` at most, of which a formula of `own_tab` names a cell; 0 when there is none.

    Text between quotes counts. A whole column does not name its rows: what it gives is right without them, unless INDEX
    takes one. OFFSET may name any row of a tab that the formula names.
    """
    named = tab.casefold()
    anywhere = ((owner, 1, last) for owner in _owners(formula, own_tab)) if _OFFSET.search(formula) else ()
    ends = (
        min(end, last)
        for owner, start, end in chain(_references(formula, own_tab), _rows_of_columns(formula, own_tab), anywhere)
        if start <= last and (":" in owner or owner.casefold() == named)
    )
    return max(ends, default=0)


def _owners(formula: str, own_tab: str) -> Iterator[str]:
    """The tab of each reference, that of whole columns included."""
    yield from (owner for owner, *_ in _references(formula, own_tab))
    yield from (_owner(quoted, plain, own_tab) for quoted, plain in _COLUMNS.findall(formula))


def _rows_of_columns(formula: str, own_tab: str) -> Iterator[tuple[str, int, int]]:
    """The rows that INDEX takes of whole columns."""
    for quoted, plain, row in _INDEX.findall(formula):
        yield _owner(quoted, plain, own_tab), int(row), int(row)


def _owner(quoted: str, plain: str, own_tab: str) -> str:
    return quoted.replace("''", "'") or plain or own_tab


def _references(formula: str, own_tab: str) -> Iterator[tuple[str, int, int]]:
    """Tab (several, with « : » between), first and last row of each reference."""
    for quoted, plain, cell, corner, row, other in _REFERENCE.findall(formula):
        named = _owner(quoted, plain, own_tab)
        start, end = int(cell or row), int(corner or other or cell or row)
        yield named, min(start, end), max(start, end)
