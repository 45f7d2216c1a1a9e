"""What is kept of imports and of Démarche Numérique in the state folder: to undo one, to go on from the last.

What was written is kept as digests. Personal data: the numbers of dossiers, and values received that the import
replaced, until it is undone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage import imported_dossiers
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.imported_dossiers import ImportedDossiers, ImportRecord
from eig_sheets.storage.records import FormerJson, Record

MOST_IMPORTS: Final = 10
"""As many are kept: an older one is too far to be undone."""


def _former(content: bytes) -> list[Mapping[str, Any]]:
    """The imports of a former file, in which waiting values had a shorter form."""
    return [
        {**stored, "before": imported_dossiers.from_json(stored.get("before", {}))} for stored in json.loads(content)
    ]


class ImportLog(Record[tuple[ImportRecord, ...]]):
    """The last imports into one workbook, oldest first, in `folder`. Each method raises LedgerError."""

    name = "imports"
    value_type = tuple[ImportRecord, ...]
    empty = ()
    former = FormerJson("imports", _former)
    unusable = "Le registre des imports {path} est inutilisable ({cause})."
    remedy = (
        "Déplacez-le ailleurs puis relancez : les imports déjà faits ne pourront plus être défaits par « eig-sheets "
        "import --undo »."
    )

    def records(self) -> list[ImportRecord]:
        """Every import that is kept."""
        return [*self.read()]

    def add(self, record: ImportRecord) -> None:
        """Keep an import that is about to be written, in the place of a vain attempt of its own."""
        vain = (record.tab, record.rows.keys())
        self.change(
            lambda known: (
                *(earlier for earlier in known if earlier.written or (earlier.tab, earlier.rows.keys()) != vain),
                record,
            )[-MOST_IMPORTS:]
        )

    def mark(self, record: ImportRecord, *, undone: bool = False) -> None:
        """Keep that an import was written, and that it was `undone` if it was: what it replaced is forgotten then."""
        marked = replace(record, written=True, undone=undone)
        if undone:  # what it replaced is back where it was
            marked = replace(marked, brought={}, before=ImportedDossiers())
        keep = self.forget if undone else self.change
        keep(lambda known: tuple(marked if earlier == record else earlier for earlier in known))


@dataclass(frozen=True, slots=True)
class Progress:
    """`cursor` is good for the same `source` alone: a text that names the démarche and where its answers go."""

    source: str = ""
    cursor: str | None = None

    def cursor_for(self, source: str) -> str | None:
        """Where to go on from; None: from the beginning."""
        return self.cursor if self.source == source else None


def _former_progress(content: bytes) -> dict[str, Any]:
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
        self.former = FormerJson(self.name, _former_progress)
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
