"""Reads the file of a page: a regular .xlsx of a bounded size, or a French sentence on what it is instead."""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.call.jury.pages.foreign_files import a_folder, foreign
from eig_sheets.call.jury.pages.page_problems import unreadable
from eig_sheets.call.jury.pages.pages import PageKind, PageProblem, ReturnedPage
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.xlsx import error_messages
from eig_sheets.spreadsheet.xlsx.markup import DamagedError, TooLargeError
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import snapshot
from eig_sheets.storage import file_replacement, regular_files

PAGE_BYTES: Final = 1 << 24
"""The most that the file of a page may hold: a thousand times what ours do."""
MADE_YEAR: Final = 2000
"""Files say that they were saved in this year until somebody saves them."""
_MALFORMED: Final = (DamagedError, ValueError, LookupError, ArithmeticError, struct.error)
_ASK_AGAIN: Final = "Redemandez cette page au juré, puis relancez."
_MODIFIED: Final = re.compile(rb"<dcterms:modified[^>]*>\s*([^<\s]+)\s*<")


def read_page(path: Path, zone: ZoneInfo) -> ReturnedPage:
    """What the page in a file says; refused when it cannot be read. Moments are naive, in `zone`."""
    source = path.name
    try:
        data = regular_files.read_bytes(path, PAGE_BYTES)
        changed = path.stat().st_mtime
    except OSError as error:
        if path.is_dir():
            return _unread(source, "", a_folder(source))
        return _refused(source, "", str(error_messages.os_error(path, error)))
    return page_of(data, path, datetime.fromtimestamp(changed, zone).replace(tzinfo=None), zone)


def page_of(data: bytes, path: Path, changed: datetime | None, zone: ZoneInfo) -> ReturnedPage:
    """What the page in these bytes says; `changed` is when its file was, if the bytes do not say it better."""
    digest = file_replacement.version_of(data)
    try:
        package = Package(data)
        page = snapshot(package, digest)
        modified = _modified(package, zone) or changed
    except TooLargeError as error:
        return _refused(path.name, digest, str(error_messages.too_large(path, error.tab, error.cell)))
    except _MALFORMED:
        if (problem := foreign(path.name, data)) is not None:
            return _unread(path.name, digest, problem)
        return _refused(path.name, digest, str(error_messages.unreadable_file(path, data, _ASK_AGAIN)))
    return returned_page(page, path.name, digest, modified)


def _refused(source: str, digest: str, sentence: str) -> ReturnedPage:
    return _unread(source, digest, unreadable(source, sentence))


def _unread(source: str, digest: str, problem: PageProblem) -> ReturnedPage:
    return ReturnedPage(PageKind.NOTES, source, digest, "", "", problems=(problem,))


def _modified(package: Package, zone: ZoneInfo) -> datetime | None:
    """When a program last saved the file, as it says; None when it does not, or nobody saved it since we made it."""
    part = "docProps/core.xml"
    modified = _MODIFIED.search(package.read(part)) if part in package else None
    if modified is None:
        return None
    try:
        moment = datetime.fromisoformat(modified[1].decode())
        local = moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
    return local if local.year > MADE_YEAR else None


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
        return PageBytes(path, file_replacement.version_of(os.fsencode(path)))
    return PageBytes(path, file_replacement.version_of(content), content, saved)
