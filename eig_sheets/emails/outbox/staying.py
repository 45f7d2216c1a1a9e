"""Ticked rows of the outbox that do not leave: a French sentence on each, with why and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.rows import Row, place, rows_of
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.text.french import listed, listed_first, typographic

_LEFT: Final = (DeliveryStatus.SENT, DeliveryStatus.RETURNED)
_WHY: Final = {
    DeliveryStatus.SET_ASIDE: "« Ne pas envoyer » est coché aussi.",
    DeliveryStatus.DRAFTED: "Il est dans les brouillons d’une messagerie : envoyez-le de là.",
}


def staying(reading: Reading, emails: OutboxStatus) -> Iterator[str]:
    """Each ticked row that may not leave, in the order of the tab; what was sent before is not said again."""
    lines, ready = {line.id: line for line in emails.lines}, {email.row.id for email in emails.ready}
    for row in rows_of(reading):
        if row.approved and row.id not in ready and (line := lines[row.id]).state not in _LEFT:
            why = line.detail or _WHY.get(line.state, "")
            yield typographic(f"{line.state}, ne part pas : {row.id}. {why} ({place(reading, 'id', row)})")
    if cells := _ticked_without_id(reading):
        yield typographic(f"Coché sans Id, ne part pas : {listed(cells)}. Rétablissez l’Id, ou décochez.")


def named(reading: Reading, rows: Iterable[Row]) -> str:
    """Rows by their ids, each with its cell."""
    return listed(_names(reading, rows))


def first_named(reading: Reading, rows: Iterable[Row]) -> str:
    """The same of the first ones, and how many others there are."""
    return listed_first(_names(reading, rows))


def _names(reading: Reading, rows: Iterable[Row]) -> list[str]:
    return [f"{row.id} ({place(reading, 'id', row)})" for row in rows]


def _ticked_without_id(reading: Reading) -> list[str]:
    table = reading.tables.get("emails")
    if table is None:
        return []
    ticked = table.frame[table.frame["id"].isna() & table.frame["valider"].eq(True)]
    return [cell for row in ticked["row"] if (cell := table.layout.reference("valider", row))]
