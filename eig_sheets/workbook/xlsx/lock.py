"""The lock of a file: the kernel's, so that no crash keeps it, on another file that always stays beside it.

It keeps apart every process that sees the folder, whatever its machine, its user or its state folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from eig_sheets.workbook.xlsx import save

_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})


class BusyError(Exception):
    """Another process holds the lock."""


class NoLocksError(Exception):
    """The file system of that folder has no locks."""


def lock_of(path: Path) -> Path:
    """The file that is locked for another one."""
    return path.with_name(f".{path.name}.eig-verrou")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which need not exist. Raises BusyError, NoLocksError, OSError."""
    lock = _taken(path)
    try:
        yield
    finally:
        lock.release()


def _taken(path: Path) -> FileLock:
    _open_to_the_same_people(path)
    # A lock file that is one by its mere existence would outlive a crash.
    lock = FileLock(lock_of(path), timeout=0, fallback_to_soft=False, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError from None
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise NoLocksError from None
        raise
    return lock


def _open_to_the_same_people(path: Path) -> None:
    """Whoever may write the file may lock it, even if somebody else made the lock's file."""
    lock = lock_of(path)
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        handle = os.open(lock, os.O_RDWR)
    try:
        with contextlib.suppress(OSError):  # it is another person's, who made it so
            save.look_like(handle, path)
            os.fchmod(handle, os.fstat(handle).st_mode & 0o777 | 0o600)  # who made it opens it, if only to change this
    finally:
        os.close(handle)
