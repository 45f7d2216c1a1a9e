"""Lays out a table for the width of a terminal: no number is cut; columns go instead, or each row is a card."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.text.french import NARROW, typographic

Rows = Sequence[Mapping[str, str]]
NARROWEST: Final = 60
"""Columns of a terminal: on a narrower one a row is a card, each of its cells a line."""
_NO_BREAK: Final = {NARROW: "\ue000", " ": "\ue001"}
"""What stands for a space at which a line is not cut; Rich and `split` would cut at the narrow one, too."""
_BETWEEN: Final = 3
_NUMBER: Final = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*")
_WHOLE_WORD: Final = 16
"""Characters of a word that is not cut, either."""
_SHORT: Final = 14
"""Characters of a text that is kept on one line if it has a digit: « 2 à 7 », « 3 / 4 »."""
_LEAST_USEFUL: Final = (
    "interval", "expected_rank", "selected", "zone", "reviews", "spreads", "error", "fit", "fit_flag", "group",
    "digest", "programme", "nature", "route", "source", "formula", "workbook", "bytes", "count", "template", "metier",
    "corrected", "corrected_rank",
)  # fmt: skip
"""Keys of records that go first where there is no room, in this order; then those at the right."""
_ANSWERS: Final = frozenset({
    "amount_max", "amount_min", "answer", "cell", "decision", "detail", "due", "fate", "goes", "message", "missing",
    "note", "problems", "proposal", "reason", "reasons", "remedy", "state", "status", "subject", "to_type", "until",
    "url", "why",
})  # fmt: skip
"""Keys of what a table is read for, which never goes: without room for all of it, each row is a card."""


def cards(rows: Rows, headers: Mapping[str, str], width: int) -> str:
    """A card a row: each cell that says something after its header, on lines of that width."""
    return "\n".join("".join(f"{line}\n" for line in _card(row, headers, width)) for row in rows)


def _card(row: Mapping[str, str], headers: Mapping[str, str], width: int) -> Iterator[str]:
    for key, header in headers.items():
        if row[key].strip():
            for line in typographic(f"{header} : {_unbroken(row[key])}").splitlines():
                yield from (_spaced(cut) for cut in textwrap.wrap(line, max(width, 1), break_on_hyphens=False))


def table(rows: Rows, headers: Mapping[str, str], width: int, right: Collection[str], *, styled: bool) -> str:
    """A table on lines of that width; the columns of `right` are set to the right. `styled`: for a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for key, columns in _widths(rows, headers, width).items():
        made.add_column(headers[key], justify="right" if key in right else "left", overflow="fold", width=columns)
    for row in rows:
        made.add_row(*(Text(_unbroken(row[key])) for key in headers))
    laid_out = io.StringIO()
    Console(file=laid_out, force_terminal=styled, highlight=False, width=width).print(made)
    return _spaced(laid_out.getvalue())


def fitting(rows: Rows, headers: Mapping[str, str], width: int) -> list[str]:
    """The keys of the columns that fit on lines of that width without a number that is cut, in their order.

    None at all where what the table is read for does not: each row is a card then.
    """
    least = {key: _least(cells) for key, cells in _columns(rows, headers).items()}
    kept, going = [*headers], iter(_as_they_go(rows, headers))
    while sum(least[key] for key in kept) + _BETWEEN * (len(kept) - 1) > width:
        if (key := next(going, None)) is None:
            return []
        kept.remove(key)
    return kept


def _as_they_go(rows: Rows, headers: Mapping[str, str]) -> list[str]:
    """Every column that may go: those that are blank, then the least useful, then from the right.

    What the table is read for stays, and the first two of the others, which say what a row is about.
    """
    order = [key for key in _LEAST_USEFUL if key in headers]
    order += [key for key in [*headers][::-1] if key not in order]
    said = {key for key in headers if any(row[key].strip() for row in rows)}
    first = [key for key in headers if key not in _LEAST_USEFUL and key in said][:2]
    kept = {*first, *(said & _ANSWERS)}
    return [key for key in sorted(order, key=lambda key: key in said) if key not in kept]


def _widths(rows: Rows, headers: Mapping[str, str], width: int) -> dict[str, int]:
    """How wide each column is: as its longest line if all fit, else what cuts no number, then evenly more."""
    columns = _columns(rows, headers)
    wanted = {key: max(_length(line) for cell in cells for line in cell.split("\n")) for key, cells in columns.items()}
    room = max(width - _BETWEEN * (len(headers) - 1), len(headers))
    if sum(wanted.values()) <= room:
        return wanted
    widths = {key: _least(cells) for key, cells in columns.items()}
    left = room - sum(widths.values())
    while left > 0 and (narrower := [key for key in headers if widths[key] < wanted[key]]):
        for key in narrower[:left]:
            widths[key] += 1
        left -= len(narrower)
    return widths


def _columns(rows: Rows, headers: Mapping[str, str]) -> dict[str, list[str]]:
    return {key: [header, *(_unbroken(row[key]) for row in rows)] for key, header in headers.items()}


def _least(cells: Sequence[str]) -> int:
    """The least width that cuts no number of a column, nor a word that is not long."""
    return max((_least_of(word) for cell in cells for word in cell.split()), default=1)


def _least_of(word: str) -> int:
    return _length(word) if _NUMBER.fullmatch(word) else min(_length(word), _WHOLE_WORD)


def _length(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _unbroken(cell: str) -> str:
    """The text with what stays on one line in one piece."""
    kept = len(cell) <= _SHORT and any(letter.isdigit() for letter in cell)
    return (cell.replace(" ", _NO_BREAK[" "]) if kept else cell).replace(NARROW, _NO_BREAK[NARROW])


def _spaced(text: str) -> str:
    for space, stand_in in _NO_BREAK.items():
        text = text.replace(stand_in, space)
    return text
