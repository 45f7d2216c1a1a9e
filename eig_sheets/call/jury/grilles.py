"""The tab `Grilles`: the page of each juror, online or in a file, made by `jury ballots`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.campaign.results import Result
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.table import Col, Table

NOTES: Final = "Grille"
DECLARATION: Final = "Déclaration"
"""Kinds of pages: notes, or déports before any note."""


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


PAGE_LINKS: Final = Result[tuple[PageLink, ...]]("page_links", ())
"""Where jurors fill their pages online."""


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A row of the tab: a page, and the name that `Jury` now gives to its juror."""

    page: PageLink
    juror: str | None


TABLE: Final = Table[NamedLink](
    Col("jure", value=lambda row: row.page.jure, tab=Column("E-mail du juré", width=32)),
    Col("juror", tab=Column("Juré", width=26)),
    Col("page", value=lambda row: row.page.page, tab=Column("Page", width=13)),
    Col(
        "link", value=lambda row: row.page.link or None,
        tab=Column("Lien", Format.WRAPPED, 60, "Ce juré y note ; « jury ballots » dit qui d’autre voit la page."),
    ),
    Col(
        "file", value=lambda row: row.page.file or None,
        tab=Column(
            "Fichier", width=36, note="Le dernier fichier fait pour ce juré ; sans lien, ses e-mails le portent."
        ),
    ),
    Col(
        "file_digest", value=lambda row: row.page.file_digest or None,
        tab=Column(
            "Empreinte du fichier", Format.GENERAL, 12, "Pour le robot : ce fichier, tel qu’il l’a fait.", hidden=True
        ),
    ),
    Col(
        "checksum", value=lambda row: row.page.checksum,
        tab=Column(
            "Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True
        ),
    ),
)  # fmt: skip


def rows(links: Sequence[PageLink], jurors: pd.DataFrame) -> Rows:
    """One row per page, in their order, with the names that `Jury` now gives."""
    names = {} if jurors.empty else dict(zip(jurors["email"], jurors["nom"], strict=True))
    return TABLE.cells(NamedLink(page, names.get(page.jure) or None) for page in links)
