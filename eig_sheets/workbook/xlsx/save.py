"""Saving a file so that, whatever happens, the old one or the new one is there whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from eig_sheets import private

_KEPT_VERSIONS = 30
_TEMPORARY = ".eig-tmp"


def version_of(data: bytes) -> str:
    """The version of a file's bytes: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def replace(path: Path, data: bytes) -> None:
    """Put new bytes in place of a file, or make it, in one step that a crash cannot cut. Raises OSError."""
    for forgotten in path.parent.glob(f".{_escaped(path.name)}.*{_TEMPORARY}"):
        forgotten.unlink(missing_ok=True)
    temporary = _written_beside(path, data)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    private.sync_folder(path.parent)


def keep_version(path: Path, data: bytes, versions: Path) -> None:
    """Copy what a file held into the folder of versions, where the last 30 stay. Raises OSError."""
    private.make_folder(versions)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    copy = versions / f"{path.stem}.{stamp}.{version_of(data)[:12]}{path.suffix}"
    private.write(copy, data)
    kept = sorted(versions.glob(f"{_escaped(path.stem)}.*-*-*.*{path.suffix}"))
    for old in kept[:-_KEPT_VERSIONS]:
        old.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _written_beside(path: Path, data: bytes) -> Path:
    """A temporary file in the folder of `path`, surely on the disk, with the owner and mode of the file that it is."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            _look_like(file.fileno(), path)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _look_like(handle: int, model: Path) -> None:
    if model.exists():
        private.look_like(handle, model.stat())
    else:
        private.share(handle)
