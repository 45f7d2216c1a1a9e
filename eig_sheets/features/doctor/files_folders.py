"""The state folder and the disks: the facts about each, and the findings that they make."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.storage import file_lock, permissions
from eig_sheets.text.french import number, plural

STATE: Final = "Dossier d’état"
DISK: Final = "Disque"
_ELSEWHERE: Final = "Choisissez-en un autre, sur un disque de cette machine, dans [state] dir ou EIG_SHEETS_STATE."
_MB: Final = 1_000_000
_COPIES_OF_A_RUN, _LEAST_OF_A_RUN = 3, 20 * _MB
_COPIES_KEPT, _LEAST_TO_KEEP = 32, 200 * _MB
_WRITE_BITS: Final = 0o222


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """Facts about a folder, or about the first of its parents that exists when it is to be made.

    `synchronised_by` and `without_locks` are a program and a kind of mount ('': none); `free` is in bytes.
    """

    folder: Path
    exists: bool
    is_folder: bool
    is_writable: bool
    is_open_to_others: bool
    synchronised_by: str
    without_locks: str
    device: int
    free: int


def gathered(folder: Path, environment: Mapping[str, str]) -> FolderFacts:
    """The facts about a folder. Makes nothing. Raises OSError."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    entry = folder / "x"  # of which the folder is a parent
    mount = file_lock.mount_holding(entry)
    return FolderFacts(
        folder,
        there == folder,
        there.is_dir(),
        bool(there.stat().st_mode & _WRITE_BITS) and os.access(there, os.W_OK | os.X_OK),
        there == folder and permissions.is_readable_by_others(folder),
        file_lock.synchronised_by(entry, environment),
        mount.kind if mount and mount.lacks_locks else "",
        there.stat().st_dev,
        shutil.disk_usage(there).free,
    )


def of_state(facts: FolderFacts) -> Iterator[Finding]:
    """Whether the state folder can serve, and whether it is the robot's alone."""
    folder = facts.folder
    if not facts.is_folder:
        yield error(STATE, f"{folder} ne peut pas être un dossier : un fichier est à sa place.", _ELSEWHERE)
        return
    if not facts.is_writable:
        verb = "être modifié" if facts.exists else "être créé"
        yield error(STATE, f"{folder} ne peut pas {verb} (accès refusé).", _ELSEWHERE)
        return
    faults = [*_faults(facts)]
    yield from faults
    if not faults:
        yield ok(STATE, f"{folder} " + ("est à vous seul." if facts.exists else "sera créé, pour vous seul."))


def _faults(facts: FolderFacts) -> Iterator[Finding]:
    folder = facts.folder
    if facts.is_open_to_others:
        yield attention(
            STATE, f"D’autres utilisateurs de cette machine peuvent lire {folder}.", f"Tapez « chmod 700 {folder} »."
        )
    if facts.synchronised_by:
        yield attention(STATE, f"{facts.synchronised_by} synchronise {folder} avec d’autres machines.", _ELSEWHERE)
    if facts.without_locks:
        yield error(STATE, f"{folder} est sur un partage sans verrous ({facts.without_locks}).", _ELSEWHERE)


def of_disk(facts: FolderFacts, workbook: FolderFacts | None, size: int) -> Iterator[Finding]:
    """Whether the versions before of a workbook of `size` bytes have room; `workbook`: the folder of a local one."""
    disks = {facts.device: facts, **({workbook.device: workbook} if workbook else {})}
    for disk in disks.values():
        yield _of_room(disk, size, others=len(disks) - 1)


def _of_room(disk: FolderFacts, size: int, *, others: int) -> Finding:
    left = f"Il reste {_bytes(disk.free)} sur le disque de {disk.folder}"
    remedy = "Libérez de la place sur ce disque."
    if disk.free < max(_LEAST_OF_A_RUN, _COPIES_OF_A_RUN * size):
        return error(DISK, f"{left}, trop peu pour une synchronisation.", remedy)
    if disk.free < max(_LEAST_TO_KEEP, _COPIES_KEPT * size):
        return attention(DISK, f"{left}, trop peu pour garder les versions d’avant du classeur.", remedy)
    apart = " ; le classeur et le dossier d’état sont sur deux disques" if others else ""
    return ok(DISK, f"{left}{apart}.")


def _bytes(count: int) -> str:
    return plural(count // _MB, "Mo", "Mo") if count < 1000 * _MB else f"{number(count / (1000 * _MB), 1)} Go"
