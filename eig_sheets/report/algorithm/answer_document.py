"""The answer to an applicant as a .docx that Word and LibreOffice open, and that the administration signs."""

from __future__ import annotations

from datetime import date

from eig_sheets.report.algorithm.explanation import Explanation
from eig_sheets.report.checksum import archive_with_checksum
from eig_sheets.report.minutes.paper import Paper


def document(explanation: Explanation, day: date) -> bytes:
    """The .docx: the same bytes for the same explanation, with their checksum. `day`: that of the data."""
    paper = Paper(f"{explanation.title} – {explanation.subtitle}", day)
    paper.title(explanation.title, explanation.subtitle)
    if explanation.banner:
        paper.strong(explanation.banner)
    for section in explanation.sections:
        paper.section(section)
    return archive_with_checksum(paper.saved())
