"""File permissions: creates files and folders that other users of this machine cannot read.

The mode is given to the call that creates, never set afterwards. Where a file system has no modes, nothing fails.
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

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
SHARED_FILE: Final = 0o660
"""Mode of files that a team shares: the umask decides the rights of the group, others have none."""
SHARED_FOLDER: Final = 0o770
OTHERS: Final = 0o007
_GROUP: Final = 0o070
GROUP_AND_OTHERS: Final = 0o077
_TEMPORARY: Final = ".eig-tmp"
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_OPEN_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_OPEN_EXISTING: Final = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0)  # opening a pipe would block


def _has_modes() -> bool:
    """Whether files have owners and modes: not on Windows, where a folder of ours is as private as the one it is in."""
    return all(hasattr(os, function) for function in ("fchmod", "fchown", "fwalk"))


def is_readable_by_others(path: Path) -> bool:
    """Whether other users of this machine may read a file, as far as its mode tells. Raises OSError."""
    return _has_modes() and bool(path.stat().st_mode & GROUP_AND_OTHERS)


def make_folder(folder: Path, mode: int = PRIVATE_FOLDER) -> None:
    """Create a folder and its missing parents; existing ones keep their mode. Raises OSError."""
    missing = [directory for directory in (folder, *folder.parents) if not directory.exists()]
    for directory in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another run created it meanwhile
            directory.mkdir(mode)
    if not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def create(path: Path, mode: int = PRIVATE_FILE) -> BinaryIO:
    """Create a file and open it for writing. Raises OSError: FileExistsError when the name is taken, even by a link."""
    return os.fdopen(os.open(path, _OPEN_NEW, mode), "wb")


def make_file(path: Path) -> None:
    """Create an empty file if there is none, so that the library that writes it keeps its mode. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        create(path).close()


@contextlib.contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Have an OSError of this context name the file that was to be written: not a temporary one, not none at all."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def write(path: Path, data: bytes) -> None:
    """Write a file atomically. Raises OSError.

    A file that everybody could read becomes readable by its owner only; one shared with a group keeps its mode.
    """
    with blaming(path):
        _write(path, data)


def _write(path: Path, data: bytes) -> None:
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*{_TEMPORARY}"):
        leftover.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent
    )  # readable by its owner only
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
    fsync_folder(path.parent)


def _keep_mode(handle: int, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        before = path.lstat()
        if stat.S_ISREG(before.st_mode) and not before.st_mode & OTHERS:
            copy_permissions(handle, before)


def copy_permissions(handle: int, model: os.stat_result) -> None:
    """Give an open file the owner, group and mode of another file, as far as allowed; other groups get no rights."""
    if not _has_modes():
        return
    mode = stat.S_IMODE(model.st_mode)
    with contextlib.suppress(OSError):
        os.fchown(handle, -1, model.st_gid)
    with contextlib.suppress(OSError):  # only an administrator may change the owner
        os.fchown(handle, model.st_uid, -1)
    if os.fstat(handle).st_gid != model.st_gid:
        mode &= ~_GROUP
    _set_mode(handle, mode)


def set_shared_mode(handle: int) -> None:
    """Set the mode of files that a team shares on a new open file, so far readable by its owner only."""
    mask = os.umask(GROUP_AND_OTHERS)  # the umask can only be read by setting it
    os.umask(mask)
    _set_mode(handle, SHARED_FILE & ~mask)


def _set_mode(handle: int, mode: int) -> None:
    if _has_modes():
        with contextlib.suppress(OSError):
            os.fchmod(handle, mode)


def allow_owner(handle: int) -> None:
    """Let the owner of an open file read and write it. Raises OSError."""
    if _has_modes():
        os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode) | PRIVATE_FILE)


def fsync_folder(folder: Path) -> None:
    """Sync the entries of a folder to the disk, where folders can be opened: not on Windows. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restrict_to_owner(*paths: Path, mask: int = GROUP_AND_OTHERS) -> bool:
    """Restrict files and folders of ours, and their contents, to their owner; whether any was too open.

    A file is too open if its mode has any bit of `mask`. Links are not followed, files that we may not change stay, and
    nothing is raised.
    """
    if not _has_modes():
        return False
    restricted = [changed for path in paths for changed in _restrict_all(path, mask)]
    return any(restricted)


def _restrict_all(path: Path, mask: int) -> Iterator[bool]:
    yield _restrict(path, mask)
    with contextlib.suppress(OSError):  # not a folder
        for _, folders, files, folder in os.fwalk(path):
            yield from (_restrict(name, mask, folder) for name in (*folders, *files))


def _restrict(path: Path | str, mask: int, folder: int | None = None) -> bool:
    try:
        handle = os.open(path, _OPEN_EXISTING, dir_fd=folder)
    except OSError:
        return False
    try:
        mode = os.fstat(handle).st_mode
        if not mode & mask or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return False
        os.fchmod(handle, stat.S_IMODE(mode) & ~GROUP_AND_OTHERS)
        return (
            not os.fstat(handle).st_mode & GROUP_AND_OTHERS
        )  # a system without modes accepts the call and does nothing
    except OSError:
        return False
    finally:
        os.close(handle)
