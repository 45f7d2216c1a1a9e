"""E-mails about rows that are left out of every result: what was drafted of them waits, as it was. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.campaign.changed_keys import changed_keys
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.catalogue import CATALOGUE
from eig_sheets.domain.emails.due import KEYS, short_name
from eig_sheets.text.french import typographic
from eig_sheets.workbook.parse import Table


class Held:
    """The e-mails about rows that are left out, and those that may be about a row which says no more of whom it is."""

    def __init__(self, reading: Reading) -> None:
        tables = {tab_id: reading.tables[tab_id] for tab_id in KEYS if tab_id in reading.tables}
        rows = {tab_id: dict(_left_out(table, reading)) for tab_id, table in tables.items()}
        emails = [email for email in CATALOGUE.values() if email.about in tables]
        self._ids = {
            f"{email.id}-{short_name(whom)}": cell for email in emails for whom, cell in rows[email.about].items()
        }
        unknown = {tab_id: cell for tab_id, table in tables.items() if (cell := _of_nobody(table))}
        self._templates = {email.id: unknown[email.about] for email in emails if email.about in unknown}

    def reason(self, sending_id: str) -> str | None:
        """Why an e-mail that is due no more waits, in French; None when its row counts, or is gone.

        `sending_id`: the id of its first version.
        """
        found = (cell for name, cell in self._ids.items() if sending_id == name or sending_id.startswith(f"{name}-"))
        if (cell := next(found, None)) is not None:
            return typographic(f"La ligne de {cell} est laissée de côté : corrigez-la.")
        names = (cell for name, cell in self._templates.items() if sending_id.startswith(f"{name}-"))
        if (cell := next(names, None)) is not None:
            return typographic(f"{cell} ne se lit pas : cet e-mail est peut-être celui de cette ligne. Corrigez-la.")
        return None


def _of_nobody(table: Table) -> str | None:
    """The cell of the first row whose number or address is filled, or missing, and cannot be read."""
    key = KEYS[table.layout.schema.id]
    if key not in table.layout.columns:
        return None
    unread = table.frame["unreadable"].map(lambda fields: key in fields).astype(bool) & table.frame[key].isna()
    row = next(iter(table.frame.loc[unread, "row"].tolist()), None)
    return None if row is None else table.layout.reference(key, int(row))


def _left_out(table: Table, reading: Reading) -> Iterator[tuple[str, str]]:
    """The key of each row that is left out, or that it had at the last run, and its cell."""
    key = KEYS[table.layout.schema.id]
    left_out = table.frame[table.frame["row"].isin(table.blocked)]
    for whom, row in zip(left_out[key], left_out["row"], strict=True):
        if whom is not None:
            yield whom, table.layout.reference(key, int(row)) or table.layout.name
    for one in changed_keys(table, reading.known):
        yield one.before, table.layout.reference(key, one.row) or table.layout.name
