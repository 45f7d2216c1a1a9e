"""Drive client: a folder, the files that we made there, and their permissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.drive_messages import (
    folder_refused,
    not_a_folder,
    not_shareable,
    not_shared,
    nowhere,
    read_only,
    refused,
)
from eig_sheets.spreadsheet.google.error_messages import ApiError

Json = dict[str, Any]
SHEET: Final = "application/vnd.google-apps.spreadsheet"
FOLDER: Final = "application/vnd.google-apps.folder"
_FILE_FIELDS: Final = "id,name,properties,createdTime,modifiedTime,lastModifyingUser(me)"
_PERMISSION_FIELDS: Final = "id,type,role,emailAddress,domain,deleted,permissionDetails(inherited)"
_EVERYWHERE: Final = {"includeItemsFromAllDrives": "true"}


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A spreadsheet that this program made: its own `properties`, when it was made and changed, as Drive says.

    `by_us`: the last change is this account's own.
    """

    id: str
    name: str
    properties: Mapping[str, str]
    created: str
    modified: str
    by_us: bool = False


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission on a file or folder: an address, a domain or anyone; `inherited` from a folder or a drive."""

    whom: str
    role: str
    inherited: bool = False


@dataclass
class Drive:
    """Drive as one account sees it. `folder`: where files are made; '' for a person's own drive."""

    client: Client
    folder: str = ""
    _drive_id: str = field(default="", init=False)

    @cached_property
    def account(self) -> str:
        """The address of the account, which a person's credentials do not know."""
        if self.client.account:
            return self.client.account
        answer: Json = self.client.drive("about", {"fields": "user(emailAddress)"})
        return str(answer.get("user", {}).get("emailAddress", ""))

    def check(self) -> None:
        """Raise WorkbookError when no file can be created; creates none."""
        account = self.client.account
        if not self.folder:
            if not self.client.is_person:
                raise nowhere(account)
            return
        fields = {"fields": "id,mimeType,driveId,capabilities(canAddChildren)"}
        try:
            folder: Json = self.client.drive(f"files/{self.folder}", fields)
        except ApiError as error:
            raise folder_refused(error, self.folder, account) from None
        if folder.get("mimeType") != FOLDER:
            raise not_a_folder(self.folder)
        self._drive_id = folder.get("driveId", "")
        if not self._drive_id and not self.client.is_person:
            raise not_shared(self.folder, account)
        if not folder.get("capabilities", {}).get("canAddChildren", True):
            raise read_only(self.folder, account)

    def files(self, properties: Mapping[str, str]) -> list[DriveFile]:
        """The spreadsheets that have these properties, the oldest first; those of the trash are none."""
        conditions = [f"mimeType = {quoted(SHEET)}", "trashed = false"]
        conditions += [f"{quoted(self.folder)} in parents"] if self.folder else ["'me' in owners"]
        conditions += [
            f"properties has {{ key={quoted(key)} and value={quoted(value)} }}" for key, value in properties.items()
        ]
        where = {"corpora": "drive", "driveId": self._drive_id} if self._drive_id else {}
        query = {"q": " and ".join(conditions), **_EVERYWHERE, **where, "pageSize": "100"}
        files = self._pages("files", {**query, "fields": f"nextPageToken,files({_FILE_FIELDS})"}, "files")
        return sorted((_file(file) for file in files), key=lambda file: (file.created, file.id))

    def create(self, name: str, properties: Mapping[str, str]) -> DriveFile:
        """A new blank spreadsheet. Raises UnknownOutcomeError when it may be there: look for its properties."""
        body = {"name": name, "mimeType": SHEET, "properties": dict(properties)}
        parents = {"parents": [self.folder]} if self.folder else {}
        try:
            return _file(self.client.drive("files", {"fields": _FILE_FIELDS}, {**body, **parents}))
        except ApiError as error:
            raise refused(error, self.client.account) from None

    def permissions(self, file_id: str) -> list[Permission]:
        """The permissions of a file or folder, inherited ones included, without those of the account itself."""
        fields = f"nextPageToken,permissions({_PERMISSION_FIELDS})"
        permissions = self._pages(f"files/{file_id}/permissions", {"fields": fields, "pageSize": "100"}, "permissions")
        shown = (_permission(permission) for permission in permissions if not permission.get("deleted"))
        return [permission for permission in shown if permission.whom.casefold() != self.account.casefold()]

    def share(self, file_id: str, address: str) -> None:
        """Let an address write in a file, without any message of Google's. One call at a time: only the last counts."""
        body = {"type": "user", "role": "writer", "emailAddress": address}
        try:
            self.client.drive(f"files/{file_id}/permissions", {"sendNotificationEmail": "false", "fields": "id"}, body)
        except ApiError as error:
            raise not_shareable(error, address) from None

    def _pages(self, path: str, query: Mapping[str, str], name: str) -> Iterator[Json]:
        try:
            yield from self.client.drive_pages(path, query, name)
        except ApiError as error:
            raise refused(error, self.client.account) from None


def _file(answer: Json) -> DriveFile:
    return DriveFile(
        answer["id"],
        answer.get("name", ""),
        answer.get("properties", {}),
        answer.get("createdTime", ""),
        answer.get("modifiedTime", ""),
        bool(answer.get("lastModifyingUser", {}).get("me")),
    )


def _permission(answer: Json) -> Permission:
    whom = answer.get("emailAddress") or answer.get("domain") or answer.get("type", "")
    return Permission(
        whom, answer.get("role", ""), any(detail.get("inherited") for detail in answer.get("permissionDetails", ()))
    )


def quoted(text: str) -> str:
    """A text in Drive's language of searches."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
