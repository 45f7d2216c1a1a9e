"""What was received from Démarche Numérique, kept in the state folder: where to go on from.

A lost or damaged file costs nothing but a whole import: everything is received again, and nothing is added twice.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.json_log import file_of
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import unusable

_UNWRITABLE: Final = (
    "{path} ne peut pas être écrit ({cause}). Choisissez un autre dossier dans [state] dir ou EIG_SHEETS_STATE."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """`cursor` is good for the same `source` alone: a text that names the démarche and where its answers go."""

    source: str = ""
    cursor: str | None = None

    def cursor_for(self, source: str) -> str | None:
        """Where to go on from; None: from the beginning."""
        return self.cursor if self.source == source else None


class ProgressFile:
    """The progress of one workbook, in the state folder. `location` is the workbook's URL, key or absolute path.

    `form`: of another form than that of projects, each of which has its own.
    """

    def __init__(self, folder: Path, location: str, form: str = "") -> None:
        self._path = file_of(folder, location, f"demarche-{form}" if form else "demarche")

    def load(self) -> Progress:
        """What was saved; nothing when there is none, or when it cannot be read."""
        try:
            return _progress_of(json.loads(regular_files.read_text(self._path)))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return Progress()

    def save(self, progress: Progress) -> None:
        """Save it, atomically. Raises StateError."""
        try:
            permissions.make_folder(self._path.parent)
            permissions.write(self._path, json.dumps(asdict(progress)).encode())
        except OSError as error:
            raise StateError(unusable(_UNWRITABLE, self._path, error)) from None


def _progress_of(stored: dict[str, Any]) -> Progress:
    cursor = stored["cursor"]
    return Progress(str(stored["source"]), None if cursor is None else str(cursor))
