"""Workbooks whose advice slots are taken twice, past or of nobody knows whom, and the anomalies expected of each.

The day is 20 April 2021.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.workbook.snapshots import at, tab, tabs_with

TAB = "Créneaux"
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]


def slot(hour: str, email: str | None = None, statut: str | None = "Libre", **fields: Any) -> dict[str, Any]:
    """A slot; `hour` is its day of 2021 and its hour, « 23/04 14:00 »."""
    starts = datetime.strptime(f"2021/{hour}", "%Y/%d/%m %H:%M")
    return {"debut": starts, "email": email, "statut": statut, **fields}


def cell(field: str, row: int) -> str:
    """The cell of a field in a row of the tab."""
    return at("creneaux", field, row - 1)


def workbook(*slots: dict[str, Any]) -> Snapshot:
    """A campaign with these slots."""
    return tabs_with(tab("creneaux", [*slots]))


def cases() -> Iterator[Said]:
    """All of them."""
    anna, bob = "anna@a.example", "bob@b.example"
    fine = (
        slot("23/04 14:00", anna, "Réservé"), slot("23/04 14:20", bob, "Réservé"), slot("23/04 14:40"),
        slot("23/04 14:00"), slot("16/04 14:00", anna, "Tenu"), slot("16/04 14:20", bob, "Annulé"),
        {"email": "chloe@c.example", "statut": "Demandé"},
    )  # fmt: skip
    yield "slots of which nothing is wrong", workbook(*fine), ()
    twice = workbook(slot("23/04 14:00", anna, "Réservé"), slot("23/04 14:10", bob, "Réservé"))
    yield "two slots that overlap", twice, (("creneau_double", TAB, cell("debut", 3)),)
    again = workbook(slot("23/04 14:00", anna, "Réservé"), slot("23/04 16:00", anna, "Réservé"))
    yield "two slots of one person on a day", again, (("creneau_meme_jour", TAB, cell("email", 3)),)
    past = workbook(slot("16/04 14:00", anna, "Réservé"), slot("20/04 09:00", bob, "Réservé"))
    yield "a booked slot that is past", past, (("creneau_sans_issue", TAB, cell("statut", 2)),)
    unused = workbook(slot("16/04 14:00"), slot("16/04 14:20"), slot("23/04 14:00"))
    yield "free slots that are past", unused, (("creneaux_libres_passes", TAB, cell("statut", 3)),)
    occupied = workbook(slot("23/04 14:00", anna), slot("23/04 15:00", None, None, reserve_par="Bob Le Gall"))
    expected = (
        ("creneau_libre_occupe", TAB, cell("email", 2)),
        ("creneau_libre_occupe", TAB, cell("reserve_par", 3)),
    )
    yield "slots of somebody that are not booked", occupied, expected
    yield "a slot without its hour", workbook(slot("23/04 00:00")), (("creneau_sans_heure", TAB, cell("debut", 2)),)
    nobody = workbook({"email": anna, "statut": "Réservé"})
    yield "a booked slot without an hour", nobody, (("numero_vide", TAB, cell("debut", 2)),)
