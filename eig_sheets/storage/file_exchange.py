"""Atomic swap of two files, or creation of one, without losing a version that was saved meanwhile.

A rename destroys whatever has the name at that moment. A swap returns the file that it displaced.
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
"""Flags of renameat2 (Linux) and renamex_np (macOS)."""
_UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(new: Path, path: Path) -> None:
    """Replace `path` by `new`; the displaced file is then at `new`, or lost where the system only has a rename.

    Both are in one folder. Raises OSError when nothing was done.
    """
    for method in METHODS:
        if method(new, path):
            return


def create_from(new: Path, path: Path) -> None:
    """Rename `new` to the unused name `path`. Raises OSError: FileExistsError when the name is taken by now."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # no hard links there
        if not rename_with_flags(new, path, _NO_REPLACE):
            _rename_to_free_name(new, path)
    else:
        new.unlink()


def swap_by_exchange(new: Path, path: Path) -> bool:
    """Swap by the system call that exchanges two names; False where it is not supported."""
    return rename_with_flags(new, path, _EXCHANGE)


def swap_by_windows_backup(new: Path, path: Path) -> bool:
    """Swap by the Windows call that keeps a backup of the replaced file; False on other systems."""
    if sys.platform == "win32":
        backup = _backup_path(new)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.ReplaceFileW(str(path), str(new), str(backup), 0, None, None):
            raise ctypes.WinError(ctypes.get_last_error())
        backup.rename(new)
        return True
    return False


def swap_by_link(new: Path, path: Path) -> bool:
    """Swap by a rename, after a hard link to the old file; False where there are no hard links.

    What is written into the old file before the rename is not lost. A file that replaces it between the two calls, some
    microseconds apart, is lost.
    """
    old = _backup_path(new)
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


def swap_by_rename(new: Path, path: Path) -> bool:
    """Replace by a rename only: the displaced file is lost."""
    new.replace(path)
    return True


METHODS: list[Callable[[Path, Path], bool]] = [swap_by_exchange, swap_by_windows_backup, swap_by_link, swap_by_rename]
"""The ways to swap, the safest first: the first that this system and folder support is used."""


def _backup_path(new: Path) -> Path:
    return new.with_stem(f"{new.stem}-")


def rename_with_flags(new: Path, path: Path, flags: dict[str, int]) -> bool:
    """Rename with a flag; False where the system or file system does not support it. Raises OSError."""
    call = _rename_call()
    if call is None:
        return False
    ctypes.set_errno(0)
    if call(os.fsencode(new), os.fsencode(path), flags[sys.platform]) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(path))


def _rename_call() -> Callable[[bytes, bytes, int], Any] | None:
    """The system call that renames with flags; None when there is none."""
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
