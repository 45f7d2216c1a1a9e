"""The names that tabs of an .xlsx file may have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eig_sheets.workbook.model.cells import text_length

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
