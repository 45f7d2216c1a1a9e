"""What was received from Démarche Numérique, kept in the state folder: where to go on from.

What is lost or damaged of it costs nothing but a whole import: everything is received again, nothing is added twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eig_sheets.storage.former_files import FormerJson
from eig_sheets.storage.ledger_file import LedgerError
from eig_sheets.storage.records import Record


@dataclass(frozen=True, slots=True)
class Progress:
    """`cursor` is good for the same `source` alone: a text that names the démarche and where its answers go."""

    source: str = ""
    cursor: str | None = None

    def cursor_for(self, source: str) -> str | None:
        """Where to go on from; None: from the beginning."""
        return self.cursor if self.source == source else None


def _former(content: bytes) -> dict[str, Any]:
    """What a file says; nothing when it is damaged."""
    try:
        stored = json.loads(content)
        return {name: stored[name] for name in ("source", "cursor")}
    except (ValueError, LookupError, TypeError):
        return {}


class ProgressRecord(Record[Progress]):
    """The progress of one workbook, in the state folder. `location` is the workbook's URL, key or absolute path.

    `form`: of another form than that of projects, each of which has its own.
    """

    value_type = Progress
    empty = Progress()
    unusable = "{path} ne peut pas être écrit ({cause})."
    remedy = "Choisissez un autre dossier dans [state] dir ou EIG_SHEETS_STATE."

    def __init__(self, folder: Path, location: str, form: str = "") -> None:
        self.name = f"demarche-{form}" if form else "demarche"
        self.former = FormerJson(self.name, _former)
        super().__init__(folder, location)

    def load(self) -> Progress:
        """What was saved; nothing when there is none, or when it cannot be read."""
        try:
            return self.read()
        except LedgerError:
            return Progress()

    def save(self, progress: Progress) -> None:
        """Save it, be what there is damaged. Raises LedgerError."""
        self.write(progress)
