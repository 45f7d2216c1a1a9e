"""Jurors' pages as Google Sheets: created in Drive, shared one by one, read in one call each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from eig_sheets.spreadsheet.forms import Form, OnlinePage, PageUpdate, Reader
from eig_sheets.spreadsheet.google import forms, marks, reading
from eig_sheets.spreadsheet.google.address import url_of
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.drive import Drive, DriveFile
from eig_sheets.spreadsheet.model.snapshot import Snapshot

Json = dict[str, Any]
_OF, _KEY = "eig-sheets-jury", "eig-sheets-page"
"""The properties of a file: whose campaign it is, and whose page."""
_AT = "@"


class GooglePages:
    """The pages of one campaign. `campaign` tells it from any other, `zone` is its time zone; `reads`: pages read."""

    def __init__(self, drive: Drive, campaign: str, zone: str) -> None:
        self.drive, self._campaign, self._zone = drive, campaign, zone
        self._properties: dict[str, reading.SpreadsheetProperties] = {}
        self._filled: dict[str, str] = {}
        self.reads = 0

    @property
    def _client(self) -> Client:
        return self.drive.client

    def check(self) -> None:
        """Raise WorkbookError when no page can be created; creates none."""
        self.drive.check()

    def readers(self) -> Sequence[Reader]:
        """The readers of the folder, hence of every page in it."""
        return self._readers

    @cached_property
    def _readers(self) -> Sequence[Reader]:
        permissions = self.drive.permissions(self.drive.folder) if self.drive.folder else []
        return tuple(Reader(permission.whom, permission.role) for permission in permissions)

    def pages(self) -> Sequence[OnlinePage]:
        """Every page of this campaign, the oldest first."""
        return [_page(file) for file in self.drive.files({_OF: self._campaign})]

    def create(self, title: str, key: str) -> OnlinePage:
        """A new page, blank and shared with nobody more."""
        return _page(self.drive.create(title, {_OF: self._campaign, _KEY: key}))

    def readers_of(self, page: OnlinePage) -> Sequence[Reader]:
        """The readers of that page, besides those of the folder."""
        everywhere = {reader.whom for reader in self.readers()}
        permissions = self.drive.permissions(page.id)
        own = (permission for permission in permissions if not permission.inherited)
        return tuple(
            Reader(permission.whom, permission.role) for permission in own if permission.whom not in everywhere
        )

    def share(self, page: OnlinePage, address: str) -> None:
        """Let an address fill the page; nobody is told."""
        self.drive.share(page.id, address)

    def read(self, page: OnlinePage) -> Snapshot:
        """What the page holds, in one call."""
        answer = self._client.read("GET", page.id, {"fields": reading.FULL_FIELDS})
        self.reads += 1
        self._properties[page.id] = reading.spreadsheet_properties(answer.json)
        self._filled[page.id] = _recorded(answer.json) if page.by_us else page.modified
        return reading.snapshot(answer.json, f"{answer.digest:08x}", None)

    def filled_at(self, page: OnlinePage) -> str:
        """When somebody else than the robot last changed the page that was read, in ISO 8601; '' when nobody did."""
        return self._filled.get(page.id, "")

    def fill(self, page: OnlinePage, snapshot: Snapshot, form: Form) -> None:  # noqa: ARG002 (as any online page)
        """Make a blank page the form; all of it or nothing."""
        properties = self._properties[page.id]
        self._write(page, forms.creation(form, properties, [self.drive.account], self._zone))

    def update(self, page: OnlinePage, snapshot: Snapshot, update: PageUpdate) -> None:  # noqa: ARG002 (the same)
        """Bring a page up to date; all of it or nothing."""
        self._write(page, forms.update(update, self._properties[page.id]))

    def _write(self, page: OnlinePage, requests: Sequence[Json]) -> None:
        """One atomic batch; made twice of one reading, the second fails whole."""
        runs = self._properties.pop(page.id).runs
        # The next change that Drive dates is ours: the mark keeps when the juror's was.
        mark = marks.mark_run(max(runs, default=0) + 1, f"{secrets.token_hex(6)}{_AT}{self._filled.get(page.id, '')}")
        old = [marks.delete_mark(marks.FIRST_RUN + number) for number in runs[: -marks.KEPT_RUNS]]
        self._client.write(f"{page.id}:batchUpdate", {"requests": [mark, *requests, *old]})


def _page(file: DriveFile) -> OnlinePage:
    return OnlinePage(file.id, url_of(file.id), file.properties.get(_KEY, ""), file.name, file.modified, file.by_us)


def _recorded(answer: Json) -> str:
    """When the juror last changed the page before the robot wrote it, according to its newest mark."""
    runs = [item for item in answer.get("developerMetadata", ()) if item.get("metadataKey") == marks.RUN]
    newest: Json = max(runs, key=lambda item: int(item["metadataId"]), default={})
    return str(newest.get("metadataValue", "")).partition(_AT)[2]
