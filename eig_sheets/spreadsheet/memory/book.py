"""The in-memory workbook: read whole, changed by a plan or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count

from eig_sheets.spreadsheet.memory.tabs import edited
from eig_sheets.spreadsheet.model.base import BusyError, MovedError, WorkbookError
from eig_sheets.spreadsheet.model.capabilities import PLAIN, Capabilities
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import typographic

_NUMBERS = count(1)


@dataclass
class Storage:
    """The content that all openers of a workbook share: its tabs (None: it does not exist), number of saves, lock.

    `identity`: that which its first save gave it.
    """

    tabs: tuple[TabSnapshot, ...] | None = None
    saves: int = 0
    identity: str = ""
    locked: bool = False

    @property
    def version(self) -> str:
        """The number of saves, as text."""
        return str(self.saves)

    def save(self, tabs: Sequence[TabSnapshot]) -> None:
        """Replace the tabs."""
        self.tabs, self.saves = tuple(tabs), self.saves + 1
        self.identity = self.identity or f"memory-{next(_NUMBERS)}"

    def copy(self) -> Storage:
        """An unlocked copy."""
        return replace(self, locked=False)


class MemoryWorkbook:
    """One workbook in memory. `location` is how messages name it; several may open one storage."""

    capabilities: Capabilities = PLAIN

    def __init__(self, storage: Storage, location: str = "classeur en mémoire") -> None:
        self.location, self.storage = location, storage
        self._holds_lock = False

    def exists(self) -> bool:
        """Whether it was saved once."""
        return self.storage.tabs is not None

    def read(self) -> Snapshot:
        """Everything in it. Raises WorkbookError."""
        if self.storage.tabs is None:
            raise _error(
                f"Il n’y a pas de classeur {self.location}. "
                "Vérifiez l’emplacement (option --workbook), ou créez-le avec « eig-sheets init »."
            )
        storage = self.storage
        return Snapshot(storage.tabs or (), storage.version, capabilities=self.capabilities, identity=storage.identity)

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply all of the plan or nothing, on the version for which it was computed; version '' creates the workbook.

        Raises WorkbookError when the version changed, or when an .xlsx file could not hold the result.
        """
        if plan:
            with self.locked():
                before = self._current(plan.version)
                self.storage.save(edited(before, plan))
        return ()

    def _current(self, version: str) -> tuple[TabSnapshot, ...]:
        if not version:
            if self.exists():
                raise _error(f"{self.location} existe déjà : rien n’a été écrit. Relancez la commande.")
            return ()
        if self.read().version != version:
            message = f"{self.location} a été modifié pendant le calcul : rien n’a été écrit. Relancez la commande."
            raise MovedError(typographic(message))
        return self.storage.tabs or ()

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """Hold the storage's lock. Raises WorkbookError when another opener holds it."""
        if self._holds_lock:
            yield ()
            return
        if self.storage.locked:
            message = f"Une autre exécution d’eig-sheets travaille sur {self.location} : attendez sa fin."
            raise BusyError(typographic(message))
        self._holds_lock = self.storage.locked = True
        try:
            yield ()
        finally:
            self._holds_lock = self.storage.locked = False

    def sharing_warning(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """Always '': no other machine sees this memory."""
        return ""

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:  # noqa: ARG002 (as any workbook)
        """Whether it exists, and whether another opener holds it."""
        if not self.exists():
            yield error("Classeur", f"Il n’y a pas de classeur {self.location}.", "Créez-le avec « eig-sheets init ».")
            return
        yield ok("Classeur", f"{self.location} existe.")
        if self.storage.locked:
            doubt = f"Une autre exécution d’eig-sheets travaille sur {self.location}."
            yield attention("Verrou", doubt, "Attendez sa fin.")


def _error(message: str) -> WorkbookError:
    return WorkbookError(typographic(message))
