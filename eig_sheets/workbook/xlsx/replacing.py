"""Replaces one known version of a file by another, though people and other machines may save it at any moment.

What the new version displaced is compared with what it was made from. Whatever else it is, somebody saved it: it goes
back, and nothing is deleted that is neither the old version nor ours. A crash leaves at most a file named « .eig-swap »
beside, which says in its name what it was for: `resume` ends what it began.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.private import sync_folder
from eig_sheets.workbook.xlsx import save
from eig_sheets.workbook.xlsx.exchange import create, swap

_SHORT: Final = 16
_STAGED: Final = re.compile(r"\.([0-9a-f]{16}|new)\.([0-9a-f]{16})\.\w+-?\.eig-swap")


@dataclass(frozen=True, slots=True)
class Rescued:
    """Something that a person saved while the file was being replaced: back in its place, or kept `aside`."""

    aside: Path | None = None


class OvertakenError(Exception):
    """Somebody saved the file while it was being replaced, which was undone."""

    def __init__(self, rescued: Rescued) -> None:
        super().__init__()
        self.rescued = rescued


def replace_version(path: Path, before: bytes, after: bytes, last_look: Callable[[], None]) -> None:
    """Put `after` in place of `before`, or where there is no file when `before` is empty.

    `last_look` is called when all is on the disk but the exchange, and may raise. Raises OvertakenError; OSError when
    nothing was done, which is FileExistsError when somebody made the file meanwhile.
    """
    staged = _staged(path, before, after)
    try:
        last_look()
    except BaseException:
        staged.unlink()
        raise
    try:
        (swap if before else create)(staged, path)
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    rescued = _settled(staged, path)
    if rescued:
        raise OvertakenError(rescued)


def resume(path: Path) -> list[Rescued]:
    """End what a crash interrupted: what people saved is put back or kept, what is ours is deleted. Raises OSError.

    Only under the lock of the file: what another run is doing looks the same.
    """
    save.delete_unfinished(path)
    if not path.exists():
        return []
    return [rescued for one in sorted(_left(path)) if (rescued := _settled(one, path))]


def _staged(path: Path, before: bytes, after: bytes) -> Path:
    """The new version on the disk under a name that tells what it is to replace, which none has before it is whole."""
    old = save.version_of(before)[:_SHORT] if before else "new"
    written = save.written_beside(path, after)
    *_, drawn, _ = written.name.split(".")
    name = f".{path.name}.{old}.{save.version_of(after)[:_SHORT]}.{drawn}.eig-swap"
    return written.rename(path.with_name(name))


def _left(path: Path) -> Iterator[Path]:
    prefix = f".{path.name}"
    for one in path.parent.iterdir():
        if one.name.startswith(prefix) and _STAGED.fullmatch(one.name.removeprefix(prefix)):
            yield one


def _settled(staged: Path, path: Path) -> Rescued | None:
    """What becomes of the file that is at the staged name, and at `path`, after an exchange, or a crash around one."""
    before, after = _versions(staged)
    found = _version(staged)
    if found in (None, before, after) or found == (there := _version(path)):
        staged.unlink(missing_ok=True)
        return None
    if there == after:
        swap(staged, path)
        if _version(staged) == after:
            staged.unlink()
            return Rescued()
        swap(staged, path)  # saved again meanwhile: that one is the newest
    return Rescued(_kept_aside(staged, path))


def _versions(staged: Path) -> tuple[str, str]:
    *_, before, after, _, _ = staged.name.split(".")
    return before, after


def _version(path: Path) -> str | None:
    try:
        return save.version_of(path.read_bytes())[:_SHORT]
    except FileNotFoundError:
        return None


def _kept_aside(staged: Path, path: Path) -> Path:
    """Under a name that people see and understand, and that nothing had."""
    stem = f"{path.stem} (autre version, {datetime.now():%Y-%m-%d %Hh%Mm%S})"
    number = 1
    while True:
        name = path.with_name(f"{stem}{f' {number}' if number > 1 else ''}{path.suffix}")
        try:
            create(staged, name)
        except FileExistsError:
            number += 1
        else:
            sync_folder(path.parent)
            return name
