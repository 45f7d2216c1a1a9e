"""The notes that were collected from each juror, for a page that shows a dossier again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eig_sheets.domain.versions import Record
from eig_sheets.jury.pages import CollectedNotes
from eig_sheets.workbook.typed_values import as_typed


def collected_notes(records: Iterable[Record]) -> dict[str, Mapping[str, CollectedNotes]]:
    """The notes that count of each juror, by dossier."""
    by_juror: dict[str, dict[str, CollectedNotes]] = {}
    for version in (record.version for record in records):
        if version.numero and version.values:
            values = {name: as_typed(value) for name, value in version.values.items()}
            by_juror.setdefault(version.juror, {})[version.numero] = CollectedNotes(values, version.moment)
    return {**by_juror}
