"""The last imports into a workbook, in the state folder, so that a wrong one can be undone.

What was written is kept as digests. Personal data: the numbers of dossiers, and values received that the import
replaced, until it is undone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.import_record import ImportRecord, as_json, from_json
from eig_sheets.storage.received import Received
from eig_sheets.storage.state import StateError, workbook_key
from eig_sheets.text.french import typographic, why

MOST_IMPORTS: Final = 10
"""As many are kept: an older one is too far to be undone."""


class ImportLog:
    """The last imports into one workbook, oldest first, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        name = hashlib.sha256(workbook_key(location).encode()).hexdigest()[:16]
        self._path = folder / f"imports-{name}.json"

    def records(self) -> list[ImportRecord]:
        """Every import that is kept. Raises StateError."""
        try:
            return [from_json(one) for one in json.loads(regular_files.read_bytes(self._path))]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._error(why(error)) from None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self._error(type(error).__name__) from None

    def add(self, record: ImportRecord) -> None:
        """Keep an import that is about to be written, in the place of a vain attempt of its own. Raises StateError."""
        self._save([*(one for one in self.records() if one.written or one.rows.keys() != record.rows.keys()), record])

    def mark(self, record: ImportRecord, *, undone: bool = False) -> None:
        """Keep that an import was written, and that it was `undone` if it was. Raises StateError."""
        marked = replace(record, written=True, undone=undone)
        if undone:  # what it replaced is back where it was
            marked = replace(marked, brought={}, before=Received())
        self._save([marked if one == record else one for one in self.records()])

    def _save(self, records: Sequence[ImportRecord]) -> None:
        content = json.dumps([as_json(one) for one in records[-MOST_IMPORTS:]])
        try:
            permissions.make_folder(self._path.parent)
            permissions.write(self._path, content.encode())
        except OSError as error:
            raise self._error(why(error)) from None

    def _error(self, cause: str) -> StateError:
        return StateError(
            typographic(
                f"Le registre des imports {self._path} est inutilisable ({cause}). Déplacez-le ailleurs puis "
                "relancez : les imports déjà faits ne pourront plus être défaits par « eig-sheets import --undo »."
            )
        )
