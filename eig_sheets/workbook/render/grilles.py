"""The tab `Grilles`: where each juror fills their page, online or in a file, as `jury ballots` made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.render.cells import Rows

NOTES: Final = "Grille"
DECLARATION: Final = "Déclaration"
"""What a page asks: notes, or déports before any note."""

COLUMNS = (
    Column("E-mail du juré", width=32),
    Column("Juré", width=26),
    Column("Page", width=13),
    Column("Lien", Format.WRAPPED, 60, "Ce juré y note ; « jury ballots » dit qui d’autre voit la page."),
    Column("Fichier", width=36, note="Le dernier fichier fait pour ce juré ; sans lien, ses e-mails le portent."),
    Column("Empreinte du fichier", Format.GENERAL, 12, "Pour le robot : ce fichier, tel qu’il l’a fait.", hidden=True),
    Column("Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True),
)  # fmt: skip
HEADERS: Final = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class PageLink:
    """One row: the address of a juror, what the page asks, and where it is: online (`link`), in a file, or both.

    `file` is the name of the file, `file_digest` the SHA-256 of its bytes as they were made; all three may be empty.
    """

    jure: str
    page: str
    link: str = ""
    file: str = ""
    file_digest: str = ""

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the row; without a file, that of versions that recorded none."""
        of_file = (self.file, self.file_digest) if self.file else ()
        return digest((self.jure, self.page, self.link, *of_file))


def rows(links: Sequence[PageLink], jurors: pd.DataFrame) -> Rows:
    """One row per page, in their order, with the names that `Jury` now gives."""
    names = {} if jurors.empty else dict(zip(jurors["email"], jurors["nom"], strict=True))
    return tuple(
        (
            one.jure,
            names.get(one.jure) or None,
            one.page,
            one.link or None,
            one.file or None,
            one.file_digest or None,
            one.checksum,
        )
        for one in links
    )
