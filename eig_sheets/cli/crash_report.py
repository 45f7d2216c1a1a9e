"""The report of an unforeseen exception: where in the program, never what was in the workbook.

It has the types of the exceptions, the file and line of each frame, versions and the name of the command. The message
of an exception, a value of a variable or an argument may quote a cell or a secret: none is there.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from eig_sheets import __version__

_MOST_FRAMES: Final = 40
_LIBRARIES: Final = ("click", "pandas", "numpy", "pydantic", "jinja2", "gspread", "python-calamine")
_PACKAGE: Final = Path(__file__).parents[2]


def saved(error: BaseException, command: Sequence[str]) -> Path:
    """Save the report in a new file, readable by its owner only. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix="eig-sheets-erreur-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text(error, command))
    return Path(name)


def text(error: BaseException, command: Sequence[str]) -> str:
    """The whole report; `command` are the names of the command, without its arguments."""
    return "\n".join((f"commande : {' '.join(command)}", *_versions(), *_exceptions(error), ""))


def _versions() -> Iterator[str]:
    yield f"eig-sheets {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    for name in _LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue


def _exceptions(error: BaseException) -> Iterator[str]:
    """The exception, then those that it was raised from or during, each with its frames."""
    seen: set[int] = set()
    exception: BaseException | None = error
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        yield f"\n{type(exception).__module__}.{type(exception).__qualname__}"
        yield from _frames(exception)
        exception = exception.__cause__ or exception.__context__


def _frames(error: BaseException) -> Iterator[str]:
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    kept = frames if len(frames) <= _MOST_FRAMES else frames[-_MOST_FRAMES:]
    if len(kept) < len(frames):
        yield f"  … ({len(frames) - len(kept)})"
    for code, line in kept:
        yield f"  {_place(code.co_filename)}:{line} {code.co_name}"


def _place(file: str) -> str:
    """The file of a frame, without the folder of the installation, which may hold a person's name."""
    path = Path(file)
    for folder in (_PACKAGE, *map(Path, sys.path)):
        if folder.is_absolute() and path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name
