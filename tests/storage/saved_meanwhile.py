"""Saves by people around each step of a replacement, and a process that is killed at each of them.

`python -m tests.storage.saved_meanwhile FOLDER` replaces a file again and again, in a folder of its own each
time, and kills itself (kill -9) before and after each call that touches the disk, for each method to swap two files,
whether or not somebody saved the file just before.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eig_sheets.storage import file_exchange, file_replacement

OLD, NEW, THEIRS = b"old", b"new", b"theirs"
METHODS = {
    "exchange": file_exchange.swap_by_exchange,
    "link": file_exchange.swap_by_link,
    "rename": file_exchange.swap_by_rename,
}
SAFE_METHODS = ("exchange", "link")
"""The methods that lose no version that was saved before the swap."""
_CALLS = (
    (os, "fsync"), (os, "link"), (Path, "replace"), (Path, "rename"), (Path, "unlink"),
    (file_exchange, "rename_with_flags"),
)  # fmt: skip


def by_rename(path: Path, data: bytes) -> None:
    """Save as most programs do."""
    other = path.with_name("in another program")
    other.write_bytes(data)
    os.replace(other, path)  # noqa: PTH105 (`Path.replace` is watched)


def in_place(path: Path, data: bytes) -> None:
    """Save as some do."""
    path.write_bytes(data)


def contents(folder: Path) -> list[bytes]:
    """The sorted contents of all files of a folder."""
    return sorted(file.read_bytes() for file in folder.iterdir())


def _killed_at(place: int) -> Callable[[], int]:
    """Kill this process at a place, before or after a call. Returns a function that counts the places passed."""
    passed = 0

    def pass_place() -> None:
        nonlocal passed
        passed += 1
        if passed == place:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(*arguments: Any, **options: Any) -> Any:
            pass_place()
            done = real(*arguments, **options)
            pass_place()
            return done

        return call

    for owner, name in _CALLS:
        setattr(owner, name, watched(getattr(owner, name)))
    return lambda: passed


def _replace(folder: Path, method: str, saved: bool, place: int) -> None:
    path = folder / "a.xlsx"
    path.write_bytes(OLD)
    file_exchange.METHODS[:] = [METHODS[method]]
    passed = _killed_at(place)
    try:
        file_replacement.replace_version(path, OLD, NEW, lambda: by_rename(path, THEIRS) if saved else None)
    except file_replacement.ConcurrentSaveError:
        assert saved
    assert passed() < place


def _kill_everywhere(folder: Path, method: str, *, saved: bool) -> None:
    place, end = 0, -signal.SIGKILL
    while end == -signal.SIGKILL:
        place += 1
        here = folder / f"{method}-{'saved' if saved else 'quiet'}-{place}"
        here.mkdir()
        process = os.fork()
        if not process:
            _replace(here, method, saved, place)
            os._exit(0)
        end = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert end == 0, end


if __name__ == "__main__":
    for method in METHODS:
        _kill_everywhere(Path(sys.argv[1]), method, saved=False)
    for method in SAFE_METHODS:
        _kill_everywhere(Path(sys.argv[1]), method, saved=True)
