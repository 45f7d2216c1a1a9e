"""Cells that people damage: one of each column of their tabs, each in a row of its own, so that each has its anomaly."""

from __future__ import annotations

from typing import Final

from golden.desks import Desk

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
        for tab, header in TABS.items():
            if desk.has(tab):
                _damage_tab(desk, tab, header)


def _damage_tab(desk: Desk, tab: str, header: str) -> None:
    top, columns = desk.headers(tab, header)
    rows = len(desk.rows(tab)) - top
    edits = {
        (top + 1 + place % rows, column): VALUES[place % len(VALUES)]
        for place, column in enumerate(columns.values())
        if rows > 0
    }
    desk.put(tab, edits)
