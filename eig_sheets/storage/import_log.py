"""The last imports into a workbook, in the state folder, so that a wrong one can be undone.

What was written is kept as digests. Personal data: the numbers of dossiers, and values received that the import
replaced, until it is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from eig_sheets.storage.import_record import ImportRecord, as_json, from_json
from eig_sheets.storage.json_log import JsonLog, file_of
from eig_sheets.storage.received import Received

MOST_IMPORTS: Final = 10
"""As many are kept: an older one is too far to be undone."""
_UNUSABLE: Final = (
    "Le registre des imports {path} est inutilisable ({cause}). Déplacez-le ailleurs puis relancez : les imports déjà "
    "faits ne pourront plus être défaits par « eig-sheets import --undo »."
)


class ImportLog:
    """The last imports into one workbook, oldest first, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        self._log = JsonLog(file_of(folder, location, "imports"), _UNUSABLE)

    def records(self) -> list[ImportRecord]:
        """Every import that is kept. Raises StateError."""
        return self._log.read(from_json)

    def add(self, record: ImportRecord) -> None:
        """Keep an import that is about to be written, in the place of a vain attempt of its own. Raises StateError."""
        vain = (record.tab, record.rows.keys())
        self._save([*(one for one in self.records() if one.written or (one.tab, one.rows.keys()) != vain), record])

    def mark(self, record: ImportRecord, *, undone: bool = False) -> None:
        """Keep that an import was written, and that it was `undone` if it was. Raises StateError."""
        marked = replace(record, written=True, undone=undone)
        if undone:  # what it replaced is back where it was
            marked = replace(marked, brought={}, before=Received())
        self._save([marked if one == record else one for one in self.records()])

    def _save(self, records: Sequence[ImportRecord]) -> None:
        self._log.write([as_json(one) for one in records[-MOST_IMPORTS:]])
