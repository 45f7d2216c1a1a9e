"""Names of tabs that Excel accepts, as near as can be to those that people gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_RESERVED = ("history", "historique")


def accepted(titles: Sequence[str]) -> list[str]:
    """A name for each tab, all different whatever their case; a title that can stay does, wherever it stands."""
    names = [title if is_accepted(title) else "" for title in titles]
    taken: set[str] = set()
    for place, name in enumerate(names):
        names[place] = "" if name.casefold() in taken else name
        taken.add(name.casefold())
    for place, title in enumerate(titles):
        if not names[place]:
            names[place] = _free(title, taken)
            taken.add(names[place].casefold())
    return names


def is_accepted(title: str) -> bool:
    """Whether Excel takes that name for a tab."""
    kept = title and not _FORBIDDEN.search(title) and "'" not in (title[0], title[-1])
    return bool(kept) and _units(title) <= _LONGEST and title.casefold() not in _RESERVED


def _free(title: str, taken: set[str]) -> str:
    wished = _FORBIDDEN.sub("-", title).strip("'") or "Onglet"
    number = 1
    while True:
        end = f" ({number})" if number > 1 or wished.casefold() in _RESERVED else ""
        name = _cut(wished, _LONGEST - len(end)) + end
        if name.casefold() not in taken and is_accepted(name):
            return name
        number += 1


def _cut(text: str, units: int) -> str:
    while _units(text) > units:
        text = text[:-1]
    return text.rstrip("' ")


def _units(text: str) -> int:
    """Characters as Excel counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
