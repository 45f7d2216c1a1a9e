"""Files written whole: a version that is known is replaced, and none that people saved meanwhile.

The version that was displaced is compared with the one that the new version was made from. If they differ, somebody
saved the file meanwhile: that version is put back, and nothing is deleted but the old version and ours. A crash leaves
at most a file « .eig-swap » beside, whose name has the two versions: `recover` completes or undoes the replacement.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.file_exchange import create_from, swap
from eig_sheets.storage.permissions import fsync_folder

_KEPT_VERSIONS = 30
_TEMPORARY = ".eig-tmp"


def version_of(data: bytes) -> str:
    """The version of a file: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def create_file(path: Path, data: bytes) -> None:
    """Create a file atomically, readable by its owner only. Raises OSError: FileExistsError when the name is taken."""
    with permissions.blaming(path):
        temporary = _write_temporary(path, data, None)
        try:
            create_from(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    permissions.fsync_folder(path.parent)


def delete_temporary_files(path: Path) -> None:
    """Delete incomplete new versions of a file that crashes left. Raises OSError."""
    for leftover in path.parent.glob(f".{_escaped(path.name)}.*{_TEMPORARY}"):
        leftover.unlink(missing_ok=True)


def keep_version(path: Path, data: bytes, versions: Path) -> None:
    """Save a previous version of a file in the folder of versions, which keeps the last 30. Raises OSError."""
    permissions.make_folder(versions)
    fingerprint = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    permissions.write(versions / f"{path.stem}.{fingerprint}.{version_of(data)[:12]}{path.suffix}", data)
    kept = sorted(versions.glob(f"{_escaped(path.stem)}.*-*-*.*{path.suffix}"))
    for old in kept[:-_KEPT_VERSIONS]:
        old.unlink(missing_ok=True)


def kept_version(name: str, version: str, versions: Path) -> bytes | None:
    """The bytes of a kept version of a file of that name; None when none has that SHA-256. Raises OSError."""
    stem, _, suffix = name.rpartition(".")
    for path in versions.glob(f"{_escaped(stem)}.*.{version[:12]}.{suffix}"):
        data = regular_files.read_bytes(path)
        if version_of(data) == version:
            return data
    return None


def write_temporary(path: Path, data: bytes) -> Path:
    """Write a temporary file in the folder of `path`, synced to disk, with the owner and mode of `path`."""
    return _write_temporary(path, data, path)


def copy_permissions(handle: int, model: Path) -> None:
    """Give an open file the owner and mode of another file, or the mode of shared files when that does not exist."""
    if model.exists():
        permissions.copy_permissions(handle, model.stat())
    else:
        permissions.set_shared_mode(handle)


def _write_temporary(path: Path, data: bytes, model: Path | None) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if model is not None:
                copy_permissions(file.fileno(), model)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


_PREFIX_LENGTH: Final = 16
_NEW: Final = "new"
_STAGED: Final = re.compile(rf"\.([0-9a-f]{{16}}|{_NEW})\.([0-9a-f]{{16}})\.\w+-?\.eig-swap")


@dataclass(frozen=True, slots=True)
class ConcurrentSave:
    """A version that a person saved during the replacement: put back in place, or kept in the file `aside`."""

    aside: Path | None = None


class ConcurrentSaveError(Exception):
    """Somebody saved the file during the replacement, which was undone."""

    def __init__(self, concurrent_save: ConcurrentSave) -> None:
        super().__init__()
        self.concurrent_save = concurrent_save


def replace_version(path: Path, before: bytes, after: bytes, final_check: Callable[[], None]) -> None:
    """Replace the version `before` by `after`, or create the file when `before` is empty.

    `final_check` is called when the new version is on the disk, just before the swap, and may raise. Raises
    ConcurrentSaveError; OSError when nothing was done, as FileExistsError when somebody created the file meanwhile.
    """
    staged = _staged(path, before, after)
    try:
        final_check()
    except BaseException:
        staged.unlink()
        raise
    try:
        (swap if before else create_from)(staged, path)
    except OSError:
        staged.unlink(missing_ok=True)
        put_back(path)
        raise
    fsync_folder(path.parent)
    concurrent_save = _resolved(staged, path)
    if concurrent_save:
        raise ConcurrentSaveError(concurrent_save)


def recover(path: Path) -> list[ConcurrentSave]:
    """Recover from a crash during a replacement: people's versions are put back or kept, ours deleted. Raises OSError.

    It needs the lock of the file: a replacement of another run would look the same.
    """
    delete_temporary_files(path)
    put_back(path)
    if not path.exists():
        return []
    return [concurrent_save for staged in sorted(_leftovers(path)) if (concurrent_save := _resolved(staged, path))]


def displaced(path: Path) -> Path | None:
    """The version of a missing file that a replacement left under another name when it failed in the middle.

    What somebody saved goes first, then the old version, then ours. None when the file is there, or was never. Windows
    may leave it so (ReplaceFileW, error 1177). Raises OSError.
    """
    if regular_files.is_taken(path) or not path.parent.is_dir():
        return None
    left = [leftover for leftover in sorted(_leftovers(path)) if _versions(leftover)[0] != _NEW]
    return min(left, key=_rank, default=None)


def _rank(staged: Path) -> int:
    """How much a leftover is to be kept, the most first: a person's version, the old one, ours."""
    before, after = _versions(staged)
    version = _version(staged)
    return 1 if version == before else 2 if version == after else 0


def put_back(path: Path) -> None:
    """Give a missing file its name again. It needs the lock of the file. Raises OSError."""
    if (displaced_file := displaced(path)) is not None:
        create_from(displaced_file, path)
        fsync_folder(path.parent)


def _staged(path: Path, before: bytes, after: bytes) -> Path:
    """Write the new version, complete and synced, to a file whose name has the old and new versions."""
    old = version_of(before)[:_PREFIX_LENGTH] if before else _NEW
    written = write_temporary(path, after)
    *_, drawn, _ = written.name.split(".")
    name = f".{path.name}.{old}.{version_of(after)[:_PREFIX_LENGTH]}.{drawn}.eig-swap"
    return written.rename(path.with_name(name))


def _leftovers(path: Path) -> Iterator[Path]:
    prefix = f".{path.name}"
    for file in path.parent.iterdir():
        if file.name.startswith(prefix) and _STAGED.fullmatch(file.name.removeprefix(prefix)):
            yield file


def _resolved(staged: Path, path: Path) -> ConcurrentSave | None:
    """Decide which of the files `staged` and `path` to keep after a swap, or after a crash around one."""
    before, after = _versions(staged)
    version = _version(staged)
    if version in (None, before, after) or version == (current := _version(path)):
        staged.unlink(missing_ok=True)
        return None
    if current == after:
        swap(staged, path)
        if _version(staged) == after:
            staged.unlink()
            return ConcurrentSave()
        swap(staged, path)  # saved again meanwhile: that one is the newest
    return ConcurrentSave(_kept_aside(staged, path))


def _versions(staged: Path) -> tuple[str, str]:
    *_, before, after, _, _ = staged.name.split(".")
    return before, after


def _version(path: Path) -> str | None:
    try:
        return version_of(regular_files.read_bytes(path))[:_PREFIX_LENGTH]
    except FileNotFoundError:
        return None


def _kept_aside(staged: Path, path: Path) -> Path:
    """Rename the file to a visible, unused name that people understand."""
    stem = f"{path.stem} (autre version, {datetime.now().astimezone():%Y-%m-%d %Hh%Mm%S})"
    number = 1
    while True:
        name = path.with_name(f"{stem}{f' {number}' if number > 1 else ''}{path.suffix}")
        try:
            create_from(staged, name)
        except FileExistsError:
            number += 1
        else:
            fsync_folder(path.parent)
            return name
