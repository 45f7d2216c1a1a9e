"""All that the server holds: spreadsheets, their files on Drive, who may open them, and quotas."""

from __future__ import annotations

import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.sheets_server import native_tables
from tests.sheets_server.errors import DriveError, forbidden, missing_entity, quota_exceeded
from tests.sheets_server.model import Book, Json, new_book

SHEET_TYPE = "application/vnd.google-apps.spreadsheet"
WRITES = {"owner", "organizer", "fileOrganizer", "writer"}
PER_MINUTE = 60


def timestamp() -> str:
    now = datetime.now(UTC)
    return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"


@dataclass(slots=True)
class Folder:
    """A folder, or the root of a shared drive, whose members see all that is in it."""

    id: str
    name: str
    permissions: list[Json]
    drive: Folder | None = None

    @property
    def everyone(self) -> list[Json]:
        """Who sees it: the drive's members, and those it is shared with."""
        return [*(self.drive.permissions if self.drive else ()), *self.permissions]

    def role(self, email: str) -> str | None:
        return role_in(self.everyone, email)


@dataclass(slots=True)
class File:
    """What Drive knows of a spreadsheet.

    `folder`: that of a shared drive, whose members see the file and which owns it. `by_app`: the robot made it.
    """

    id: str
    permissions: list[Json]
    parents: list[str] = field(default_factory=lambda: ["root"])
    created: str = field(default_factory=timestamp)
    modified: str = field(default_factory=timestamp)
    version: int = 1
    folder: Folder | None = None
    properties: dict[str, str] = field(default_factory=dict)
    by_app: bool = False
    editor: str = ""  # who changed it last; '' for people at their desk

    def role(self, email: str) -> str | None:
        inherited = role_in(self.folder.everyone, email) if self.folder else None
        if inherited:
            return inherited
        for item in self.permissions:
            if item.get("emailAddress") == email:
                return str(item["role"])
        anyone = next((item for item in self.permissions if item["type"] == "anyone"), None)
        return anyone["role"] if anyone else None


@dataclass(slots=True)
class Upload:
    """A file that a person put in a folder: its type of media and its bytes."""

    id: str
    name: str
    kind: str
    data: bytes
    folder: Folder
    modified: str = field(default_factory=timestamp)


def role_in(permissions: list[Json], email: str) -> str | None:
    """Return the role that these give an address, by itself."""
    return next((str(item["role"]) for item in permissions if item.get("emailAddress") == email), None)


def permission(kind: str, role: str, email: str | None = None) -> Json:
    """Return a Drive permission."""
    known = {"emailAddress": email, "displayName": email, "deleted": False} if email else {}
    number = "anyoneWithLink" if kind == "anyone" else f"{secrets.randbelow(10**20):020d}"
    return {"kind": "drive#permission", "id": number, "type": kind, "role": role, **known}


class World:
    """The state of one server; `lock` is held over every call that reads or writes it."""

    def __init__(self, locale: str = "en_US") -> None:
        self.lock = threading.RLock()
        self.locale = locale
        self.time_zone = "Europe/Paris" if locale.startswith("fr") else "Etc/GMT"
        self.books: dict[str, Book] = {}
        self.files: dict[str, File] = {}
        self.folders: dict[str, Folder] = {}
        self.uploads: dict[str, Upload] = {}
        self.notified: list[tuple[str, str]] = []  # (file, address) of each message that Google sent
        self.without_account: set[str] = set()  # addresses that no Google account has
        self.closed_to: set[str] = set()  # addresses that the organisation shares nothing with
        self.quotas = False
        self.clock: Callable[[], float] = time.monotonic
        self._uses: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def create(self, title: str, owner: str, book: Book | None = None) -> Book:
        """Add a spreadsheet that belongs to someone; `book`, when given, is what is in it."""
        book_id = "1" + secrets.token_urlsafe(32)[:43]
        if book is None:
            book = new_book(book_id, title, owner, self.locale, self.time_zone)
        else:
            book.id, book.title, book.owner = book_id, title, owner
        self.books[book_id] = book
        self.files[book_id] = File(book_id, [permission("user", "owner", owner)])
        return book

    def add_drive(self, name: str, members: dict[str, str]) -> Folder:
        """Add a shared drive, with the role of each of its members."""
        drive = Folder(
            "0A" + secrets.token_urlsafe(13), name, [permission("user", r, who) for who, r in members.items()]
        )
        self.folders[drive.id] = drive
        return drive

    def add_folder(self, name: str, drive: Folder | None, shared_with: dict[str, str] | None = None) -> Folder:
        """Add a folder to a shared drive, or to a person's own."""
        direct = [permission("user", role, who) for who, role in (shared_with or {}).items()]
        folder = Folder("1" + secrets.token_urlsafe(24), name, direct, drive)
        self.folders[folder.id] = folder
        return folder

    def add_upload(self, folder: Folder, name: str, data: bytes, kind: str = "text/csv") -> Upload:
        """Add a file to a folder, as a person who drops it there does."""
        upload = Upload("1" + secrets.token_urlsafe(24), name, kind, data, folder)
        self.uploads[upload.id] = upload
        return upload

    def open(self, book_id: str, email: str, writing: bool = False) -> Book:
        """Return a spreadsheet to someone who may open it: 404 when there is none, 403 when it is not shared."""
        if book_id not in self.books:
            raise missing_entity()
        role = self.files[book_id].role(email)
        if role is None or (writing and role not in WRITES):
            raise forbidden()
        return self.books[book_id]

    def keep(self, book: Book, editor: str = "") -> None:
        """Replace a spreadsheet by what a write of somebody's made of it."""
        native_tables.settle(book)
        book.revision += 1
        book.values = None
        self.books[book.id] = book
        self.touch(book.id, editor)

    def touch(self, file_id: str, editor: str = "") -> None:
        self.files[file_id].modified = timestamp()
        self.files[file_id].editor = editor
        self.files[file_id].version += 1

    def file(self, file_id: str, email: str, writing: bool = False) -> File:
        """Return a file to someone who may see it; Drive answers 404 for one that is not shared."""
        found = self.files.get(file_id)
        role = found.role(email) if found else None
        if found is None or role is None:
            raise DriveError(404, "notFound", f"File not found: {file_id}.", "fileId")
        if writing and role not in WRITES:
            raise DriveError(
                403,
                "insufficientFilePermissions",
                "The user does not have sufficient permissions for this file.",
            )
        return found

    def spend(self, email: str, writing: bool) -> None:
        """Count a call against a user's minute, when quotas are on."""
        if not self.quotas:
            return
        kind, now = "Write" if writing else "Read", self.clock()
        uses = self._uses[email, kind]
        while uses and uses[0] <= now - 60:
            uses.popleft()
        if len(uses) >= PER_MINUTE:
            raise quota_exceeded(kind)
        uses.append(now)
