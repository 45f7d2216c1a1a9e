"""The last imports into a workbook, in the state folder, so that a wrong one can be undone.

What was written is kept as digests. Personal data: the numbers of dossiers, and values received that the import
replaced, until it is undone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from eig_sheets.storage import imported_dossiers
from eig_sheets.storage.former_files import FormerJson
from eig_sheets.storage.import_record import ImportRecord
from eig_sheets.storage.imported_dossiers import ImportedDossiers
from eig_sheets.storage.records import Record

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
