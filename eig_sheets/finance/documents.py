"""The annexes as .docx that Word and LibreOffice open, and that the finance department completes."""

from __future__ import annotations

from datetime import date

from eig_sheets.finance.annex import Annex, blanks_text
from eig_sheets.report.checksum import archive_with_checksum
from eig_sheets.report.minutes.paper import Paper
from eig_sheets.text.french import day as french_day


def document(annex: Annex, campaign: str, banner: str, day: date) -> bytes:
    """The .docx: the same bytes for the same annex, with their checksum. `day`: that of the data."""
    paper = Paper(f"{annex.title} – {campaign}", day)
    paper.title(annex.title, campaign)
    if banner:
        paper.strong(banner)
    paper.strong(blanks_text(annex))
    paper.sentence(annex.introduction)
    paper.sentence(
        f"Document de travail préparé par eig-sheets avec les données du {french_day(day)}, pour les seuls lauréats "
        "décidés. Un montant est prévisionnel jusqu’au recrutement ; ce qui manque est nommé entre crochets."
    )
    for part in annex.parts:
        paper.section(part)
        if not part.rows:
            paper.sentence("Aucun dossier.")
    if annex.blanks:
        paper.heading("À compléter")
        paper.table(("Dossier", "Ce qui manque"), annex.blanks, (8.8, 8.8))
    return archive_with_checksum(paper.saved())
