"""Texts longer than a cell of an .xlsx can hold: whole in a file beside, their beginning in the cell."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.copying.book import LongText
from eig_sheets.french import number, typographic
from eig_sheets.workbook.cells import MAX_TEXT

_HEAD = (
    f"Textes de plus de {number(MAX_TEXT)} caractères, entiers : une cellule d’un classeur .xlsx n’en contient que le "
    "début.\n"
)


def name_beside(stem: str) -> str:
    """The name of the file of long texts that goes with a copy."""
    return f"{stem} – textes longs.txt"


def is_too_long(text: str) -> bool:
    """Whether a cell cannot hold it, counted as Excel does."""
    return len(text) > MAX_TEXT // 2 and _units(text) > MAX_TEXT


def shortened(text: str, beside: str) -> str:
    """The beginning of a text that is too long, and where the whole of it is."""
    mention = typographic(f"… [Coupé ici : {number(len(text))} caractères, texte entier dans « {beside} »]")
    room = 2 * (MAX_TEXT - _units(mention))
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + mention


def file_of(texts: Sequence[LongText]) -> bytes:
    """The file that goes beside the copy, in UTF-8."""
    parts = [
        typographic(f"\n══ Onglet « {one.tab} », {one.where} : {number(len(one.text))} caractères ══\n\n")
        + f"{one.text}\n"
        for one in texts
    ]
    return "".join((typographic(_HEAD), *parts)).encode("utf-8", "replace")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
