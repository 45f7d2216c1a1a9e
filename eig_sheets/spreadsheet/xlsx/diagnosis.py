"""Findings about a file: whether it is there, may be read and written, is open or locked elsewhere, is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, of_exception, ok
from eig_sheets.spreadsheet.xlsx import error_messages
from eig_sheets.storage import file_lock, regular_files


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about a file: what prevents reading or writing it, who else may be using it."""

    name: str
    unreadable: WorkbookError | None = None
    unwritable: WorkbookError | None = None
    open_elsewhere: WorkbookError | None = None
    is_locked: bool = False
    lock_failure: WorkbookError | None = None
    sharing: str = ""


def gathered(path: Path, given: Path, environment: Mapping[str, str]) -> Facts:
    """The facts about a file; `given` is the path before links were resolved. Writes nothing."""
    unreadable = _problem(path, lambda: _read(path))
    if unreadable:
        return Facts(path.name, unreadable)
    is_locked, lock_failure, lacks_locks = _lock(path)
    return Facts(
        path.name,
        None,
        _problem(path, lambda: _raise_if_unwritable(path)),
        _problem(path, lambda: _raise_if_open(path, given)),
        is_locked,
        lock_failure,
        lacks_locks or file_lock.sharing_warning(path, environment),
    )


def _read(path: Path) -> None:
    try:
        regular_files.check(path)
    except FileNotFoundError:
        raise error_messages.missing_file(path) from None


def _raise_if_unwritable(path: Path) -> None:
    error_messages.raise_if_read_only(path)
    error_messages.raise_if_linked(path)


def _raise_if_open(path: Path, given: Path) -> None:
    for place in {path, given.absolute()}:
        error_messages.raise_if_open(place)


def _problem(path: Path, check: Callable[[], object]) -> WorkbookError | None:
    try:
        check()
    except WorkbookError as error:
        return error
    except OSError as error:
        return error_messages.os_error(path, error)
    return None


def _lock(path: Path) -> tuple[bool, WorkbookError | None, str]:
    """Whether another run holds the lock, why it cannot be taken, what is to be said of a file system without locks."""
    try:
        return file_lock.is_held(path), None, ""
    except file_lock.LocksUnsupportedError:
        return False, None, error_messages.locks_unsupported(path)
    except OSError as error:
        return False, error_messages.lock_failed(path, file_lock.lock_path(path), error), ""


def findings(facts: Facts) -> Iterator[Finding]:
    """The findings from these facts. Pure."""
    if facts.unreadable:
        yield of_exception("Fichier", facts.unreadable)
        return
    yield ok("Fichier", f"{facts.name} est là, et peut être ouvert.")
    if facts.unwritable:
        yield of_exception("Écriture", facts.unwritable)
    elif facts.open_elsewhere:
        finding = of_exception("Écriture", facts.open_elsewhere)
        yield attention("Écriture", finding.message, finding.remedy)
    else:
        yield ok("Écriture", f"{facts.name} et son dossier peuvent être modifiés, et aucun tableur ne l’a ouvert.")
    yield from _sharing(facts)


def _sharing(facts: Facts) -> Iterator[Finding]:
    if facts.lock_failure:
        yield of_exception("Verrou", facts.lock_failure)
    if facts.sharing:
        finding = of_exception("Partage", WorkbookError(facts.sharing))
        yield attention("Partage", finding.message, finding.remedy)
    elif facts.is_locked:
        yield attention(
            "Partage",
            f"Une autre exécution d’eig-sheets travaille sur {facts.name}.",
            "Attendez sa fin ; si cela dure, voyez ce qui la retient (« ps -ef »).",
        )
    else:
        yield ok("Partage", f"Rien n’indique que le dossier de {facts.name} soit partagé avec d’autres machines.")
