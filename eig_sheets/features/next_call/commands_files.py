"""The files and the workbook of a new call: all of them are written, or none stays."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from eig_sheets import config
from eig_sheets.storage import permissions

TEXTS = "emails"
"""The folder of its e-mails, beside its configuration."""


def write_call(folder: Path, files: Mapping[Path, str], make_workbook: Callable[[], None]) -> None:
    """Write these files below a folder that was empty, then its workbook; a call that cannot be made leaves nothing."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            permissions.make_folder(path.parent, permissions.SHARED_FOLDER)
            with permissions.blaming(path), permissions.create(path, permissions.SHARED_FILE) as file:
                written.append(path)
                file.write(text.encode())
        make_workbook()
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        _remove_folders(folder)
        raise


def location_from(folder: Path, location: str) -> str:
    """The location of a workbook as a configuration in that folder says it."""
    return location if config.is_online(location) else relative(Path(location).absolute(), folder)


def relative(path: Path, folder: Path) -> str:
    """A path from a folder; the whole path on another drive of Windows."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _remove_folders(folder: Path) -> None:
    """Remove the folders that were made, so that the command can be run again: the target was empty."""
    shutil.rmtree(folder / ".eig-sheets", ignore_errors=True)
    beside = (folder / config.CONFIG_NAME).parent
    for made in (beside / TEXTS, beside, folder):
        with contextlib.suppress(OSError):
            made.rmdir()
