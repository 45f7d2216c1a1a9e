"""The grille of each juror as e-mails speak of it: a page online, or a file that goes with them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from eig_sheets.emails.mail.outgoing import AttachedFile
from eig_sheets.workbook.render.grilles import NOTES, PageLink


class Grilles:
    """Where each juror notes, as the tab `Grilles` records it."""

    def __init__(self, pages: Iterable[PageLink], others_fill: Callable[[], Collection[str]]) -> None:
        """`others_fill`: the jurors whose grille somebody else of their group fills."""
        self._pages = {page.jure: page for page in pages if page.page == NOTES}
        self._others_fill = others_fill

    def link_of(self, juror: str) -> str | None:
        """The page online of a juror."""
        page = self._pages.get(juror)
        return (page.link or None) if page else None

    def file_of(self, juror: str) -> AttachedFile | None:
        """The file that a juror fills; None for who has a page online, no file, or nothing to fill."""
        page = self._pages.get(juror)
        if page is None or page.link or not page.file or juror in self._others_fill():
            return None
        return AttachedFile(page.jure, page.file, page.file_digest)

    def file_name_of(self, juror: str) -> str | None:
        """The name of that file."""
        file = self.file_of(juror)
        return file.name if file else None
