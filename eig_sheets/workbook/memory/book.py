"""One workbook in memory: read whole, changed by a plan or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from eig_sheets.text.french import typographic
from eig_sheets.workbook.memory.tabs import edited
from eig_sheets.workbook.model.base import MovedError, WorkbookError
from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.plan import Plan
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.xlsx.capabilities import CAPABILITIES


@dataclass
class Storage:
    """What a workbook holds, whoever opens it: its tabs (None: it does not exist), how often it was saved, its lock."""

    tabs: tuple[TabSnapshot, ...] | None = None
    saves: int = 0
    held: bool = False

    @property
    def version(self) -> str:
        """Another one after each save."""
        return str(self.saves)

    def save(self, tabs: Sequence[TabSnapshot]) -> None:
        """Hold these tabs instead."""
        self.tabs, self.saves = tuple(tabs), self.saves + 1

    def copy(self) -> Storage:
        """Another workbook that holds the same."""
        return replace(self, held=False)


class MemoryWorkbook:
    """One workbook in memory. `location` is how messages name it; several may open one storage."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, storage: Storage, location: str = "classeur en mémoire") -> None:
        self.location, self.storage = location, storage
        self._holds_lock = False

    def exists(self) -> bool:
        """Whether it was saved once."""
        return self.storage.tabs is not None

    def read(self) -> Snapshot:
        """Everything in it. Raises WorkbookError."""
        if self.storage.tabs is None:
            raise _refused(
                f"Il n’y a pas de classeur {self.location}. "
                "Vérifiez l’emplacement (option --workbook), ou créez-le avec « eig-sheets init »."
            )
        return Snapshot(self.storage.tabs, self.storage.version, capabilities=self.capabilities)

    def apply(self, plan: Plan) -> Sequence[str]:
        """All of the plan or nothing, on the version that it was made for; a plan of version '' makes the workbook.

        Raises WorkbookError when it is not that version any more, or when a file could not hold the result.
        """
        if plan:
            with self.locked():
                before = self._current(plan.version)
                self.storage.save(edited(before, plan))
        return ()

    def _current(self, version: str) -> tuple[TabSnapshot, ...]:
        if not version:
            if self.exists():
                raise _refused(f"{self.location} existe déjà : rien n’a été écrit. Relancez la commande.")
            return ()
        if self.read().version != version:
            said = f"{self.location} a été modifié pendant le calcul : rien n’a été écrit. Relancez la commande."
            raise MovedError(typographic(said))
        return self.storage.tabs or ()

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """Hold its lock. Raises WorkbookError when somebody else who opened the same storage has it."""
        if self._holds_lock:
            yield ()
            return
        if self.storage.held:
            raise _refused(f"Une autre exécution d’eig-sheets travaille sur {self.location} : attendez sa fin.")
        self._holds_lock = self.storage.held = True
        try:
            yield ()
        finally:
            self._holds_lock = self.storage.held = False

    def sharing_warning(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """None: no other machine sees this memory."""
        return ""


def _refused(message: str) -> WorkbookError:
    return WorkbookError(typographic(message))
