"""Files and folders that others on this machine cannot read, from the moment that they exist.

Modes are given to the call that creates, never added afterwards. Where a file system has no modes, nothing fails.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

FILE: Final = 0o600
FOLDER: Final = 0o700
SHARED_FILE: Final = 0o660
"""Of what a team shares: the user's umask says what its group may, and others may nothing."""
SHARED_FOLDER: Final = 0o770
ANYBODY: Final = 0o007
_GROUP: Final = 0o070
NOT_THE_OWNER: Final = 0o077
_TEMPORARY: Final = ".eig-tmp"
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_AS_IT_IS: Final = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0)  # a pipe would keep us waiting


def make_folder(folder: Path, mode: int = FOLDER) -> None:
    """Make a folder, and those above it that are missing; those that are there keep their mode. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another run made it meanwhile
            one.mkdir(mode)
    if not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def create(path: Path, mode: int = FILE) -> BinaryIO:
    """A new file, open for writing. Raises OSError: FileExistsError when something has its name, even a link."""
    return os.fdopen(os.open(path, _NEW, mode), "wb")


def make_file(path: Path) -> None:
    """Make an empty file, unless there is one: what then writes in it keeps its mode. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        create(path).close()


def write(path: Path, data: bytes) -> None:
    """Put new bytes in place of a file, or make it, in one step that a crash cannot cut. Raises OSError.

    A file that everybody could read becomes its owner's alone; one that is shared with a group at most keeps its mode.
    """
    for forgotten in path.parent.glob(f".{glob.escape(path.name)}.*{_TEMPORARY}"):
        forgotten.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)  # for its owner alone
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            _keep_mode(file.fileno(), path)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _keep_mode(handle: int, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        before = path.lstat()
        if stat.S_ISREG(before.st_mode) and not before.st_mode & ANYBODY:
            look_like(handle, before)


def look_like(handle: int, model: os.stat_result) -> None:
    """Give an open file the owner, group and mode of another, as far as we may; no rights to any other group."""
    if os.name == "nt":
        return
    mode = stat.S_IMODE(model.st_mode)
    with contextlib.suppress(OSError):
        os.fchown(handle, -1, model.st_gid)
    with contextlib.suppress(OSError):  # only an administrator may give a file to somebody else
        os.fchown(handle, model.st_uid, -1)
    if os.fstat(handle).st_gid != model.st_gid:
        mode &= ~_GROUP
    _set_mode(handle, mode)


def share(handle: int) -> None:
    """Give a new open file, which so far is its owner's alone, the mode of what a team shares."""
    mask = os.umask(NOT_THE_OWNER)  # it can only be read by setting another one
    os.umask(mask)
    _set_mode(handle, SHARED_FILE & ~mask)


def _set_mode(handle: int, mode: int) -> None:
    if os.name != "nt":
        with contextlib.suppress(OSError):
            os.fchmod(handle, mode)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder surely on the disk. Raises OSError."""
    if os.name == "nt":  # it opens no folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tighten(*paths: Path, from_whom: int = NOT_THE_OWNER) -> bool:
    """Leave to their owner alone files and folders of ours, and all that is in these; whether others could use some.

    `from_whom`: what somebody there may do with it makes it too open. Links are not followed, what is not ours to
    change stays, and nothing is raised.
    """
    if os.name == "nt":
        return False
    tightened = [one for path in paths for one in _all_tightened(path, from_whom)]
    return any(tightened)


def _all_tightened(path: Path, from_whom: int) -> Iterator[bool]:
    yield _tightened(path, from_whom)
    with contextlib.suppress(OSError):  # no folder
        for _, folders, files, folder in os.fwalk(path):
            yield from (_tightened(name, from_whom, folder) for name in (*folders, *files))


def _tightened(path: Path | str, from_whom: int, folder: int | None = None) -> bool:
    try:
        handle = os.open(path, _AS_IT_IS, dir_fd=folder)
    except OSError:
        return False
    try:
        mode = os.fstat(handle).st_mode
        if not mode & from_whom or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return False
        os.fchmod(handle, stat.S_IMODE(mode) & ~NOT_THE_OWNER)
        return not os.fstat(handle).st_mode & NOT_THE_OWNER  # a system without modes says yes, and does nothing
    except OSError:
        return False
    finally:
        os.close(handle)
