"""Files written so that, whatever happens, the old one or the new one is there whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from eig_sheets import private
from eig_sheets.workbook.xlsx.exchange import create

_KEPT_VERSIONS = 30
_TEMPORARY = ".eig-tmp"


def version_of(data: bytes) -> str:
    """The version of a file's bytes: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def make(path: Path, data: bytes) -> None:
    """Make a file for its owner alone, in one step. Raises OSError: FileExistsError when something has its name."""
    temporary = _written(path, data, None)
    try:
        create(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    private.sync_folder(path.parent)


def delete_unfinished(path: Path) -> None:
    """Delete what crashes left of new versions of a file before these were whole. Raises OSError."""
    for forgotten in path.parent.glob(f".{_escaped(path.name)}.*{_TEMPORARY}"):
        forgotten.unlink(missing_ok=True)


def keep_version(path: Path, data: bytes, versions: Path) -> None:
    """Copy what a file held into the folder of versions, where the last 30 stay. Raises OSError."""
    private.make_folder(versions)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    private.write(versions / f"{path.stem}.{stamp}.{version_of(data)[:12]}{path.suffix}", data)
    kept = sorted(versions.glob(f"{_escaped(path.stem)}.*-*-*.*{path.suffix}"))
    for old in kept[:-_KEPT_VERSIONS]:
        old.unlink(missing_ok=True)


def written_beside(path: Path, data: bytes) -> Path:
    """A temporary file in the folder of `path`, surely on the disk, with the owner and mode of the file that it is."""
    return _written(path, data, path)


def look_like(handle: int, model: Path) -> None:
    """Give an open file the owner and mode of another, those of what a team shares when that one does not exist."""
    if model.exists():
        private.look_like(handle, model.stat())
    else:
        private.share(handle)


def _written(path: Path, data: bytes, model: Path | None) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if model is not None:
                look_like(file.fileno(), model)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
