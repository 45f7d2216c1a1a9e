"""Workbooks that tests keep in memory under the path of a file that is not there, so that commands find them by it.

People who use the program cannot come by one: only `registered` makes the registry of backends know them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eig_sheets.spreadsheet import backends
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage.state import State

_STORAGES: dict[str, Storage] = {}
_KINDS: dict[str, type[MemoryWorkbook]] = {}
ENTRY = backends.Backend(
    "memory",
    accepts=_STORAGES.__contains__,
    place=lambda location: location,
    open=lambda place, _: _KINDS[place](_STORAGES[place], place),
)


OF_THE_FILE = shutil.ignore_patterns("*.xlsx", "*.eig-verrou", "versions")
"""What a campaign's folder lacks when its workbook is in memory."""


@contextmanager
def registered() -> Iterator[None]:
    """Let the program find them."""
    backends.BACKENDS.insert(0, ENTRY)
    try:
        yield
    finally:
        backends.BACKENDS.remove(ENTRY)


def is_for(request: pytest.FixtureRequest) -> bool:
    """Whether the campaigns of a test have their workbook in memory, by its marks and those of its module."""
    marked = request.node.get_closest_marker
    return bool(marked("in_memory")) and not marked("on_a_file")


def keep(path: Path, storage: Storage, kind: type[MemoryWorkbook] | None = None) -> Storage:
    """Have what is kept there be the workbook of that path, of the kind that it had unless one is given."""
    _STORAGES[str(path)] = storage
    _KINDS[str(path)] = kind or _KINDS.get(str(path), MemoryWorkbook)
    return storage


def forget(folder: Path) -> None:
    """Let go of the workbooks of a folder: thousands of tests would keep them all."""
    for path in [path for path in _STORAGES if Path(path).is_relative_to(folder)]:
        del _STORAGES[path], _KINDS[path]


def read_from(path: Path) -> Storage:
    """What a file holds."""
    made = Storage()
    made.save(XlsxWorkbook(path, path.parent / "versions").read().tabs)
    return made


def copy(original: Path, path: Path) -> Storage:
    """Have another workbook that holds the same be that of another path."""
    return keep(path, _STORAGES[str(original)].copy())


def storage_at(path: Path) -> Storage | None:
    """What is kept under that path; None: it is a file, if anything."""
    return _STORAGES.get(str(path))


def opened(path: Path, state: State) -> Workbook:
    """The workbook of that path, as commands open it."""
    place = str(path)
    return backends.backend_of(place).open(place, backends.Resources(os.environ, state))
