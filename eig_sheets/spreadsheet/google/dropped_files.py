"""The files of a folder of Drive that people filled, a spreadsheet being read as an .xlsx file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.drive import FOLDER, SHEET, quoted
from eig_sheets.spreadsheet.google.drive_messages import exports_refused, not_an_exports_folder, refused
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.dropped_files import DroppedFile

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dropped_files(client: Client, folder: str) -> Iterator[DroppedFile]:
    """The files of a folder that is shared with the account. Raises WorkbookError."""
    _check(client, folder)
    query = {
        "q": f"{quoted(folder)} in parents and trashed = false",
        "fields": "nextPageToken,files(id,name,mimeType,modifiedTime)",
        "includeItemsFromAllDrives": "true",
        "pageSize": "100",
    }
    try:
        for file in client.drive_pages("files", query, "files"):
            yield _dropped(client, file)
    except ApiError as error:
        raise refused(error, client.account) from None


def _check(client: Client, folder: str) -> None:
    """Raise WorkbookError for what is no folder that the account sees."""
    try:
        found: dict[str, Any] = client.drive(f"files/{folder}", {"fields": "id,mimeType"})
    except ApiError as error:
        raise exports_refused(error, folder, client.account) from None
    if found.get("mimeType") != FOLDER:
        raise not_an_exports_folder(folder)


def _dropped(client: Client, file: dict[str, Any]) -> DroppedFile:
    is_sheet = file.get("mimeType") == SHEET
    path, asked = (f"files/{file['id']}/export", {"mimeType": _XLSX}) if is_sheet else (f"files/{file['id']}", _MEDIA)
    name = str(file.get("name", ""))
    shown = f"{name}.xlsx" if is_sheet and not name.lower().endswith(".xlsx") else name
    return DroppedFile(shown, str(file.get("modifiedTime", "")), partial(_read, client, path, asked))


_MEDIA: Final = {"alt": "media"}


def _read(client: Client, path: str, asked: dict[str, str]) -> bytes:
    try:
        return client.drive_content(path, asked)
    except ApiError as error:
        raise refused(error, client.account) from None
