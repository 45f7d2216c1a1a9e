"""Saving a file so that, whatever happens, the old one or the new one is there whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

_KEPT_VERSIONS = 30
_TEMPORARY = ".eig-tmp"


def version_of(data: bytes) -> str:
    """The version of a file's bytes: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def replace(path: Path, data: bytes) -> None:
    """Put new bytes in place of a file, or make it, in one step that a crash cannot cut. Raises OSError."""
    delete_unfinished(path)
    temporary = written_beside(path, data)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def delete_unfinished(path: Path) -> None:
    """Delete what crashes left of new versions of a file before these were whole. Raises OSError."""
    for forgotten in path.parent.glob(f".{_escaped(path.name)}.*{_TEMPORARY}"):
        forgotten.unlink(missing_ok=True)


def keep_version(path: Path, data: bytes, versions: Path) -> None:
    """Copy what a file held into the folder of versions, where the last 30 stay. Raises OSError."""
    versions.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    copy = versions / f"{path.stem}.{stamp}.{version_of(data)[:12]}{path.suffix}"
    temporary = written_beside(copy, data, like=path)
    temporary.replace(copy)
    sync_folder(versions)
    kept = sorted(versions.glob(f"{_escaped(path.stem)}.*-*-*.*{path.suffix}"))
    for old in kept[:-_KEPT_VERSIONS]:
        old.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def written_beside(path: Path, data: bytes, like: Path | None = None) -> Path:
    """A temporary file in the folder of `path`, surely on the disk, with the owner and mode of the file it is like."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            look_like(file.fileno(), like or path)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def look_like(handle: int, model: Path) -> None:
    """Give an open file the owner and mode of another, those of any new file when that one does not exist."""
    if not model.exists():
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    status = model.stat()
    with contextlib.suppress(OSError):  # only an administrator may give a file to somebody else
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, status.st_mode & 0o7777)


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
