"""Puts a file in the place of another, or where there is none, and loses nothing that was saved there meanwhile.

A rename replaces whatever has the name at that very moment, seen or not. An exchange gives back what it displaced.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_AT_FDCWD: Final = -100
_NO_REPLACE: Final = {"linux": 1, "darwin": 4}
_EXCHANGE: Final = {"linux": 2, "darwin": 2}
"""Flags of renameat2 (Linux) and of renamex_np (macOS)."""
_NOT_OFFERED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(new: Path, path: Path) -> None:
    """Put `new` in the place of `path`; what was there is then at `new`, which is gone where nothing can tell.

    Both are in one folder. Raises OSError when nothing was done.
    """
    for way in WAYS:
        if way(new, path):
            return


def create(new: Path, path: Path) -> None:
    """Give `new` the name `path`, which nothing has. Raises OSError: FileExistsError when something has it by now."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # no hard links there
        if not renamed(new, path, _NO_REPLACE):
            _rename_to_free_name(new, path)
    else:
        new.unlink()


def exchanged(new: Path, path: Path) -> bool:
    """By the system call that exchanges two names; False where it is not offered."""
    return renamed(new, path, _EXCHANGE)


def replaced_with_backup(new: Path, path: Path) -> bool:
    """By the call of Windows that renames what it replaces; False elsewhere."""
    if sys.platform == "win32":
        backup = _beside(new)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.ReplaceFileW(str(path), str(new), str(backup), 0, None, None):
            raise ctypes.WinError(ctypes.get_last_error())
        backup.rename(new)
        return True
    return False


def replaced_after_link(new: Path, path: Path) -> bool:
    """By a rename, when the old file has got a second name; False where there are no hard links.

    What is written into the old file until the rename is not lost. A file that takes its name between the two calls,
    some microseconds apart, is.
    """
    old = _beside(new)
    try:
        os.link(path, old)
    except FileNotFoundError:
        raise
    except OSError:
        return False
    try:
        new.replace(path)
    except OSError:
        old.unlink()
        raise
    old.replace(new)
    return True


def replaced(new: Path, path: Path) -> bool:
    """By a rename alone: what it displaces is gone."""
    new.replace(path)
    return True


WAYS: list[Callable[[Path, Path], bool]] = [exchanged, replaced_with_backup, replaced_after_link, replaced]
"""From the surest: the first that this system and this folder offer is taken."""


def _beside(new: Path) -> Path:
    return new.with_stem(f"{new.stem}-")


def renamed(new: Path, path: Path, flags: dict[str, int]) -> bool:
    """Rename with the flag of this system; False where system or file system have no such rename. Raises OSError."""
    call = _call()
    if call is None:
        return False
    ctypes.set_errno(0)
    if call(os.fsencode(new), os.fsencode(path), flags[sys.platform]) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(path))


def _call() -> Callable[[bytes, bytes, int], Any] | None:
    """The system's rename that takes flags; None when it has none."""
    if sys.platform not in _EXCHANGE:
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return getattr(library, "renamex_np", None)
    rename = getattr(library, "renameat2", None)
    return rename and (lambda new, path, flag: rename(_AT_FDCWD, new, _AT_FDCWD, path, flag))


def _rename_to_free_name(new: Path, path: Path) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    new.rename(path)
