"""Findings about what surrounds the workbook: alerts and nights, Démarche Numérique, jurors' pages, the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from eig_sheets.spreadsheet.model.diagnosis import CLOCK, Finding, attention, ok
from eig_sheets.text.french import day, moment, plural

ALERTS: Final = "Alertes"
NIGHTS: Final = "Nuits"
HEALTH: Final = "Surveillance"
DEMARCHE: Final = "Démarche Numérique"
PAGES: Final = "Dossier des grilles"
_AHEAD_SECONDS: Final = 120


def of_alerts(*, operator: bool, health_url: bool, smtp: bool) -> Finding:
    """Whether somebody would learn of trouble; each is whether it is configured."""
    if operator and not smtp:
        return attention(
            ALERTS,
            "La personne de [alerts] operator ne peut pas être prévenue : aucun serveur d’envoi n’est réglé.",
            "Ajoutez [smtp] à la configuration (docs/emails.fr.md), ou retirez [alerts] operator.",
        )
    ways = [
        *(["un e-mail après deux nuits qui échouent"] if operator else []),
        *(["un appel de « doctor --canary » à la surveillance"] if health_url else []),
    ]
    if not ways:
        return ok(ALERTS, "Aucune n’est réglée dans [alerts] : un échec ne se voit que dans le classeur et le journal.")
    return ok(ALERTS, f"Sont réglés : {' et '.join(ways)}.")


def of_nights(nights: Sequence[date]) -> Finding:
    """How many nights failed one after the other; `nights`: their evenings, at least one."""
    return attention(
        NIGHTS,
        f"{plural(len(nights), 'nuit')} sans synchronisation réussie ; la première est celle du {day(nights[0])}.",
        "Lisez la fin du journal de la nuit, corrigez, puis relancez « eig-sheets sync » : réussir efface ce compte.",
    )


def of_health_report(*, failed: bool, problem: str) -> Finding:
    """Whether the monitoring service took the call; `problem`: a clause that says why not, '' when it did."""
    if not problem:
        what = "L’échec est signalé" if failed else "La réussite est signalée"
        return ok(HEALTH, f"{what} au service de surveillance.")
    what = "l’échec ne lui est pas signalé" if failed else "la réussite ne lui est pas signalée"
    return attention(
        HEALTH,
        f"Le service de surveillance {problem} : {what}.",
        "Vérifiez [alerts] health_url et la connexion de cette machine.",
    )


def of_silence() -> Finding:
    """The finding of a trial that did not take place: the monitoring service is told nothing."""
    return ok(
        HEALTH, "Rien n’est signalé au service de surveillance : l’essai n’a pas eu lieu, sans que ce soit un échec."
    )


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
