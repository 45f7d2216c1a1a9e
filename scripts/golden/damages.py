"""Cells that people damage: one of each column of their tabs, in rows that differ, so that each has its anomaly."""

from __future__ import annotations

from typing import Any, Final

from golden.desks import Desk, Place

TABS: Final = {
    "Candidatures": "N° de dossier", "Jury": "Nom", "Évaluations": "N° de dossier", "Talents": "N° de candidature",
    "Évaluations talents": "N° de candidature", "Créneaux": "Début", "Inscriptions": "Webinaire", "Suivi": "Jalon",
    "Livrables": "Livrable", "Paramètres": "Réglage", "E-mails à envoyer": "Valider",
}  # fmt: skip
"""Each with a header by which its first row is found."""
VALUES: Final = ("abîmé", -7, "31/02/2021", "a@b@c", "=1/0")


def damage(projects: Desk, talents: Desk) -> None:
    """Damage both workbooks; one desk may be that of both."""
    for desk in [projects] if projects is talents else [projects, talents]:
        desk.put({place: value for tab in TABS if desk.has(tab) for place, value in _damaged(desk, tab).items()})


def _damaged(desk: Desk, tab: str) -> dict[Place, Any]:
    top, columns = desk.headers(tab, TABS[tab])
    rows = len(desk.rows(tab)) - top
    values = ((place, column, VALUES[place % len(VALUES)]) for place, column in enumerate(columns.values()) if rows)
    return {(tab, top + 1 + place % rows, column): value for place, column, value in values}
