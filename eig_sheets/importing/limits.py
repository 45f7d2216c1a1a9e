"""Limits of an export file: one that would fill the memory is refused before it is parsed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from eig_sheets.storage import regular_files
from eig_sheets.workbook.xlsx.markup import DamagedError, TooLargeError
from eig_sheets.workbook.xlsx.package import Package
from eig_sheets.workbook.xlsx.read import snapshot

_MOST_BYTES: Final = regular_files.DATA_BYTES
_MOST_CELLS: Final = 4_000_000
"""As many dossiers as a tab may have, of a form as long as they come: 10,000 of 400 columns."""


def csv_bytes(path: Path) -> bytes:
    """The bytes of a .csv. Raises OSError, with EFBIG when it has too many cells."""
    data = regular_files.read_bytes(path, _MOST_BYTES)
    if data.count(b"\n") + max(data.count(separator) for separator in (b",", b";", b"\t")) > _MOST_CELLS:
        raise _too_large(path)
    return data


def workbook_bytes(path: Path) -> bytes:
    """The bytes of an .xlsx. Raises OSError, with EFBIG when a sheet, up to its last row and column, is too large.

    Calamine, which reads it then, keeps every one of them, empty ones included.
    """
    data = regular_files.read_bytes(path, _MOST_BYTES)
    try:
        tabs = snapshot(Package(data), "").tabs
    except TooLargeError:
        raise _too_large(path) from None
    except (DamagedError, ValueError, LookupError, ArithmeticError):  # what is wrong is said by who reads it
        return data
    if any(len(tab.rows) * max(map(len, tab.rows), default=0) > _MOST_CELLS for tab in tabs):
        raise _too_large(path)
    return data


def _too_large(path: Path) -> OSError:
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
