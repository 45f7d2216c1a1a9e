"""The bytes of a page's file, and what they say: apart, so that what is known already is not read again."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.jury.page_files import PAGE_BYTES, page_of, read_page
from eig_sheets.jury.pages import ReturnedPage
from eig_sheets.storage import atomic_write, regular_files


@dataclass(frozen=True, slots=True)
class PageBytes:
    """A file as it is: its bytes, their SHA-256, when it was saved. No bytes: it cannot be read."""

    path: Path
    digest: str
    content: bytes = b""
    saved: datetime | None = None

    def page(self, zone: ZoneInfo) -> ReturnedPage:
        """What the page says; refused when it cannot be read."""
        if self.saved is None:
            return replace(read_page(self.path, zone), digest=self.digest)
        return page_of(self.content, self.path, self.saved, zone)


def bytes_of(path: Path, zone: ZoneInfo) -> PageBytes:
    """The bytes of a file."""
    try:
        content = regular_files.read_bytes(path, PAGE_BYTES)
        saved = datetime.fromtimestamp(path.stat().st_mtime, zone).replace(tzinfo=None)
    except OSError:
        return PageBytes(path, atomic_write.version_of(os.fsencode(path)))
    return PageBytes(path, atomic_write.version_of(content), content, saved)
