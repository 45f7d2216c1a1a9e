"""A copy of a workbook: what its file holds, how it differs from the original; its entry of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.spreadsheet.model import cells
from eig_sheets.spreadsheet.model.cells import MAX_TEXT
from eig_sheets.spreadsheet.new_xlsx.content import Book, Tab
from eig_sheets.text.french import number, typographic

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""How many rows and columns a tab of an .xlsx has."""

_TEXT_FILE_HEAD = (
    f"Textes de plus de {number(MAX_TEXT)} caractères, entiers : une cellule d’un classeur .xlsx n’en contient que le "
    "début.\n"
)


@dataclass(frozen=True, slots=True)
class LongText:
    """A text too long for a cell of an .xlsx; `where` names its cell, in French."""

    tab: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """Differences between a tab and its copy: addresses of cells, or counts."""

    formulas: Sequence[str] = ()
    old_dates: Sequence[str] = ()
    loading: Sequence[str] = ()
    charts: int = 0
    rules: int = 0


@dataclass(frozen=True, slots=True)
class CopiedTab:
    """A tab of the copy; `title` is its name in the original."""

    title: str
    tab: Tab
    remarks: Remarks = Remarks()


@dataclass(frozen=True, slots=True)
class Copy:
    """Every tab in order, and the long texts that are saved beside the file."""

    tabs: tuple[CopiedTab, ...]
    long_texts: tuple[LongText, ...] = ()

    @property
    def book(self) -> Book:
        """The content of the file."""
        return Book(tuple(copied.tab for copied in self.tabs))


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


COPY: Final = Holding(
    "copie_du_classeur",
    Place.PRODUCED,
    "le fichier de « pull --to », et celui des textes longs",
    ("campagne*.xlsx", "copie*.xlsx", "copie*.txt"),
    "tout le classeur",
    "porteurs, mentors, jurés, candidats",
    "travailler hors ligne, archiver",
    Fate.BY_PEOPLE,
    "dossiers",
    why_kept="Une copie que quelqu’un a voulue, où il l’a voulue ; celle qui a des candidats a leur échéance.",
    writers=("eig_sheets.features.copies.commands",),
)
