"""The files that are in a folder: their names, sizes, days and digests. Nothing is written."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.storage import permissions, regular_files


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A regular file: `name` is relative to the folder searched, with « / »; `made`: the day of its content."""

    path: Path
    name: str
    made: date
    size: int

    def content(self) -> bytes:
        """Its bytes. Raises OSError."""
        return regular_files.read_bytes(self.path)


def files_in(folder: Path, zone: ZoneInfo) -> list[StoredFile]:
    """Every regular file of a folder and of those in it, by name; links are not followed. Raises OSError."""
    if not folder.is_dir():
        return []
    files: list[StoredFile] = []
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in sorted(names):
            files += _stored(Path(place) / name, folder, zone)
    return files


def files_named(folder: Path, patterns: Collection[str], zone: ZoneInfo) -> list[StoredFile]:
    """The regular files of a folder that have one of these relative names, by name; links are not followed.

    Raises OSError.
    """
    paths = {path for pattern in patterns for path in folder.glob(pattern)}
    return [file for path in sorted(paths) if not _is_behind_link(path, folder) for file in _stored(path, folder, zone)]


def file_at(path: Path, zone: ZoneInfo) -> list[StoredFile]:
    """The regular file of a path, by its name alone; nothing when there is none. Raises OSError."""
    try:
        return [*_stored(path, path.parent, zone)]
    except (FileNotFoundError, NotADirectoryError):
        return []


def distinct(files: Iterable[StoredFile]) -> list[StoredFile]:
    """The files without those that are there twice."""
    return [*{file.path.resolve(): file for file in files}.values()]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    return hashlib.sha256(regular_files.read_bytes(path)).hexdigest()


def has_digest(path: Path, digest: str) -> bool:
    """Whether a file has that digest; one that cannot be read is not known to."""
    try:
        return digest_of(path) == digest
    except OSError:
        return False


def erase(path: Path, digest: str) -> bool:
    """Delete a file, if it still has that digest when one is given; whether it is gone. Raises OSError."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or (digest and digest_of(path) != digest):
            return False
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        return True
    permissions.fsync_folder(path.parent)
    return True


def _is_behind_link(path: Path, folder: Path) -> bool:
    """Whether a folder between both is a link."""
    return any((folder / parent).is_symlink() for parent in [*path.relative_to(folder).parents][:-1])


def _stored(path: Path, folder: Path, zone: ZoneInfo) -> Iterator[StoredFile]:
    status = path.lstat()
    if stat.S_ISREG(status.st_mode):
        made = datetime.fromtimestamp(status.st_mtime, zone).date()
        yield StoredFile(path, path.relative_to(folder).as_posix(), made, status.st_size)


def _raise(error: OSError) -> None:
    raise error
