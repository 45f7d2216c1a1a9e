"""Facts about a folder, there already or to be made: who may read it, whether it can be written, what is left of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, shared_folders

_WRITE_BITS: Final = 0o222


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """Facts about a folder, or about the first of its parents that exists when it is to be made.

    `synchronised_by` and `without_locks` are a program and a kind of mount ('': none); `free` is in bytes.
    """

    folder: Path
    exists: bool
    is_folder: bool
    is_writable: bool
    is_open_to_others: bool
    synchronised_by: str
    without_locks: str
    device: int
    free: int


def gathered(folder: Path, environment: Mapping[str, str]) -> FolderFacts:
    """The facts about a folder. Makes nothing. Raises OSError."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    entry = folder / "x"  # of which the folder is a parent
    mount = shared_folders.mount_holding(entry)
    return FolderFacts(
        folder,
        there == folder,
        there.is_dir(),
        bool(there.stat().st_mode & _WRITE_BITS) and os.access(there, os.W_OK | os.X_OK),
        there == folder and permissions.is_readable_by_others(folder),
        shared_folders.synchronised_by(entry, environment),
        mount.kind if mount and mount.lacks_locks else "",
        there.stat().st_dev,
        shutil.disk_usage(there).free,
    )
