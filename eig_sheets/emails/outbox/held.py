"""E-mails about rows that are left out of every result: what was drafted of them waits, as it was. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.campaign.changed_keys import changed_keys
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.catalogue import CATALOGUE
from eig_sheets.domain.emails.due import KEYS, short_name
from eig_sheets.text.french import typographic
from eig_sheets.workbook.parse import Table

_TABS: Final = ("candidatures", "talents", "jury")


class Held:
    """The e-mails about rows that an anomaly leaves out."""

    def __init__(self, reading: Reading) -> None:
        self._rows: Mapping[str, Mapping[str, str]] = {
            tab_id: dict(_left_out(reading.tables[tab_id], reading)) for tab_id in _TABS if tab_id in reading.tables
        }
        self._ids = {
            f"{email.id}-{short_name(whom)}": cell
            for email in CATALOGUE.values()
            if email.about in self._rows
            for whom, cell in self._rows[email.about].items()
        }

    def reason(self, sending_id: str) -> str | None:
        """Why an e-mail waits, in French; None when its row counts, or is gone.

        `sending_id`: the id of its first version.
        """
        found = (cell for name, cell in self._ids.items() if sending_id == name or sending_id.startswith(f"{name}-"))
        cell = next(found, None)
        return None if cell is None else typographic(f"La ligne de {cell} est laissée de côté : corrigez-la.")


def _left_out(table: Table, reading: Reading) -> Iterator[tuple[str, str]]:
    """The key of each row that is left out, or that it had at the last run, and its cell."""
    key = KEYS[table.layout.schema.id]
    valid = {*table.valid_rows[key].dropna()}
    for whom, row in zip(table.frame[key], table.frame["row"], strict=True):
        if whom is not None and whom not in valid:
            yield whom, table.layout.reference(key, int(row)) or table.layout.name
    for one in changed_keys(table, reading.known):
        yield one.before, table.layout.reference(key, one.row) or table.layout.name
