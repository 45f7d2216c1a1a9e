"""Findings about Démarche Numérique, the folder of jurors' pages, and the clock beside a file's last save."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from eig_sheets.text.french import moment
from eig_sheets.workbook.model.diagnosis import CLOCK, Finding, attention, ok

DEMARCHE: Final = "Démarche Numérique"
PAGES: Final = "Dossier des grilles"
_AHEAD_SECONDS: Final = 120


def of_demarche(number: int, *, with_instructeur: bool) -> Finding:
    """The finding of a service that shows this démarche; `with_instructeur`: it knows who acts there."""
    acting = " et connaît l’instructeur de la configuration" if with_instructeur else ""
    return ok(DEMARCHE, f"Le jeton est accepté : le service montre la démarche {number}{acting}.")


def of_pages() -> Finding:
    """The finding of a folder in which pages can be made."""
    return ok(PAGES, "Le robot peut créer les grilles des jurés dans le dossier de [jury] drive_folder.")


def of_saved(saved: datetime, now: datetime) -> Finding:
    """The finding about this machine's clock, from the last save of a file: two moments of its own zone."""
    if (saved - now).total_seconds() <= _AHEAD_SECONDS:
        return ok(CLOCK, "L’horloge de cette machine n’est pas en retard sur le dernier enregistrement du classeur.")
    return attention(
        CLOCK,
        f"Le classeur a été enregistré le {moment(saved)} ; pour cette machine, nous ne sommes que le {moment(now)}. "
        "L’une des deux horloges est fausse.",
        "Réglez l’horloge de cette machine (sous Linux : « sudo timedatectl set-ntp true »).",
    )
