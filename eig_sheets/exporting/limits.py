"""Limits of an .xlsx file: size of a tab, names of tabs, length of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eig_sheets.exporting.book import LongText
from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.model import cells
from eig_sheets.workbook.model.cells import MAX_TEXT, text_length

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""How many rows and columns a tab has."""

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_RESERVED = ("history", "historique")

_TEXT_FILE_HEAD = (
    f"Textes de plus de {number(MAX_TEXT)} caractères, entiers : une cellule d’un classeur .xlsx n’en contient que le "
    "début.\n"
)


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


def long_texts_name(stem: str) -> str:
    """The name of the file of long texts that goes with a copy."""
    return f"{stem} – textes longs.txt"


def shortened(text: str, beside: str) -> str:
    """The beginning of a text that is too long, and a French mention of the file that has all of it."""
    return cells.shortened(
        text, typographic(f"… [Coupé ici : {number(len(text))} caractères, texte entier dans « {beside} »]")
    )


def long_texts_file(texts: Sequence[LongText]) -> bytes:
    """The file that goes beside the copy, in UTF-8."""
    parts = [
        typographic(
            f"\n══ Onglet « {long_text.tab} », {long_text.where} : {number(len(long_text.text))} caractères ══\n\n"
        )
        + f"{long_text.text}\n"
        for long_text in texts
    ]
    return "".join((typographic(_TEXT_FILE_HEAD), *parts)).encode("utf-8", "replace")
