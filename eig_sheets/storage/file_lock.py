"""A lock for a file: a kernel lock on a lock file that always stays beside it.

The kernel releases it after a crash. It excludes every process that sees the folder, whatever its machine, its user or
its state folder.
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

from eig_sheets.storage import atomic_write, permissions

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_UNSUPPORTED: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})


class LockedError(Exception):
    """Another process holds the lock."""


class LocksUnsupportedError(Exception):
    """The file system of that folder does not support locks."""


def lock_path(path: Path) -> Path:
    """The path of the lock file of a file."""
    return path.with_name(f".{path.name}.eig-verrou")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which need not exist. Raises LockedError, LocksUnsupportedError, OSError."""
    lock = _acquired(path)
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock of a file now, without creating anything; False where that cannot be told.

    Raises LocksUnsupportedError, OSError.
    """
    lock = lock_path(path)
    if fcntl is None or not lock.exists():  # type: ignore[redundant-expr]
        return False
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            raise LocksUnsupportedError from None
        raise
    finally:
        os.close(handle)
    return False


def _acquired(path: Path) -> FileLock:
    _match_permissions(path)
    # A lock that consists in the existence of a file would outlive a crash.
    lock = FileLock(lock_path(path), timeout=0, fallback_to_soft=False, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError from None
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            raise LocksUnsupportedError from None
        raise
    return lock


def _match_permissions(path: Path) -> None:
    """Give the lock file the permissions of the file, so that whoever may write the file may lock it."""
    lock = lock_path(path)
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        handle = os.open(lock, os.O_RDWR)
    try:
        with contextlib.suppress(OSError):  # it belongs to another user, who set it so
            atomic_write.copy_permissions(handle, path)
            permissions.allow_owner(handle)  # who can always open it, if only to change this
    finally:
        os.close(handle)
