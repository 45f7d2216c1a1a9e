"""Reading of files: regular ones only, up to a size. A pipe would be waited for without end, a device never ends.

Every file that the program reads is opened here; a path that is impossible, or a link to itself, is an OSError too.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

TEXT_BYTES: Final = 1 << 20
"""The most that a file that people type may hold: a configuration, a template, a key."""
DATA_BYTES: Final = 1 << 26
"""The most that any other file may hold: a workbook, an export, a report, a draft."""
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_PIECE: Final = 1 << 20


def read_bytes(path: Path, limit: int = DATA_BYTES) -> bytes:
    """The bytes of a regular file. Raises OSError, with EFBIG when there are more than `limit`."""
    with _opened(path) as handle:
        pieces, size = [], 0
        while piece := os.read(handle, _PIECE):
            size += len(piece)
            if size > limit:
                raise _error(errno.EFBIG, path)
            pieces.append(piece)
    return b"".join(pieces)


def read_beginning(path: Path, limit: int) -> bytes:
    """The first bytes of a regular file, `limit` at most. Raises OSError."""
    with _opened(path) as handle:
        pieces, size = [], 0
        while size < limit and (piece := os.read(handle, min(_PIECE, limit - size))):
            size += len(piece)
            pieces.append(piece)
    return b"".join(pieces)


def read_text(path: Path, encoding: str = "utf-8", limit: int = TEXT_BYTES) -> str:
    """The text of a regular file, its lines ended by line feeds. Raises OSError, UnicodeDecodeError."""
    return read_bytes(path, limit).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def check(path: Path) -> None:
    """Raise OSError unless a library can open this path: a regular file that may be read."""
    with _opened(path):
        pass


def is_taken(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere. Raises OSError."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, _OPEN)
    except ValueError:  # a NUL, which no name has
        raise _error(errno.EINVAL, path) from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise _error(errno.EISDIR if stat.S_ISDIR(mode) else errno.ESPIPE, path)
        yield handle
    finally:
        os.close(handle)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
