"""When a dossier last changed, as an export of the platform says."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.importing.columns import Columns
from eig_sheets.text.french import plain
from eig_sheets.workbook import values

HEADERS: Final = ("Dernière mise à jour du dossier le", "Dernière mise à jour le")
"""The first is about the form alone, the second about anything, such as a message."""


def last_update(columns: Columns, row: int, zone: ZoneInfo) -> datetime | None:
    """When the dossier of a 1-based row last changed, naive in `zone`; None when the export does not say it."""
    headers = [plain(str(cell)) for cell in columns.cells(columns.header_row)]
    for header in map(plain, HEADERS):
        if header in headers:
            try:
                moment = values.moment(columns.value(row, headers.index(header)), zone)
            except values.UnreadableError:
                continue
            if moment is not None:
                return moment.replace(second=0, microsecond=0)
    return None
