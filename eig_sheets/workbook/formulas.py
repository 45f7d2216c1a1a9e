"""How a formula's text is spelled: everything here has English names and commas, Google reads « ; » in every locale."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEPT = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
"""Literal texts, and names of tabs between apostrophes."""


def same(one: str | None, other: str) -> bool:
    """Whether two formulas are one, however a spreadsheet spells spaces, separators and the names of tabs."""
    return one is not None and (one == other or _plain(one) == _plain(other))


def _plain(text: str) -> str:
    parts = _KEPT.split(text)
    return "".join(
        re.sub(r"\s", "", part).replace(";", ",").upper()
        if place % 2 == 0
        else (part if part.startswith('"') else part[1:-1].replace("''", "'").upper())
        for place, part in enumerate(parts)
    )


def with_semicolons(text: str) -> str:
    """The formula with the separator that every locale of Google Sheets reads."""
    return _outside(text, lambda part: part.replace(",", ";"))


def with_commas(text: str) -> str:
    """The formula as everything here spells it."""
    return _outside(text, lambda part: part.replace(";", ","))


def _outside(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if place % 2 else change(part) for place, part in enumerate(_KEPT.split(text)))
