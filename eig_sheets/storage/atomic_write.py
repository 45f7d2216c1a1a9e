"""Atomic file writes: whatever happens, the old file or the new one is there, complete."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.file_exchange import create_from

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
