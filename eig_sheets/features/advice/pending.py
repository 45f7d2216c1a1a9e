"""The lines of `Accueil` on advice: slots that are asked for, people who came and have no dossier. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from eig_sheets.campaign.pending import PendingLines
from eig_sheets.campaign.pending_links import OFFICERS, link_to
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.features.advice.prospects import prospects
from eig_sheets.features.advice.rules import REQUESTED, free
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import SLOTS
from eig_sheets.text.french import day, plural
from eig_sheets.workbook.render.accueil import Pending, Urgency


def pending_slots(reading: Reading, _results: Results, today: date) -> Iterator[Pending]:
    """What awaits officers of advice until the call closes."""
    closes = reading.campaign.campaign.last_moment.date()
    if today > closes or not reading.owns("candidatures") or not reading.has(SLOTS) or SLOTS not in reading.layout.tabs:
        return
    yield from _requested_slots(reading, today)
    visitors = prospects(reading)
    if visitors.first is not None:
        tab, row = visitors.first
        what = plural(visitors.without_dossier, "personne venue sans dossier", "personnes venues sans dossier")
        left = (
            f" {plural(visitors.left_alone, 'autre n’est pas relancée', 'autres ne sont pas relancées')} : leur "
            "administration a un dossier."
            if visitors.left_alone
            else ""
        )
        link = link_to(reading.layout.tabs[tab], "email", row)
        detail = f"Un créneau « Tenu » ou un webinaire, et rien dans Candidatures. L’appel se termine le {day(closes)}."
        yield Pending(OFFICERS, what, visitors.without_dossier, Urgency.TO_KNOW, link, f"{detail}{left}")


def _requested_slots(reading: Reading, today: date) -> Iterator[Pending]:
    """The slots that are asked for, and how many there are to offer."""
    slots, tab = reading.valid_rows(SLOTS), reading.layout.tabs[SLOTS]
    asked = slots[slots["statut"].isin([REQUESTED])]
    if asked.empty:
        return
    offered = len(free(slots, reading.campaign.section(SlotSettings).minutes, datetime.combine(today, time.max)))
    what = plural(len(asked), "créneau demandé", "créneaux demandés")
    many = plural(offered, "créneau libre est à proposer", "créneaux libres sont à proposer")
    none = "Aucun créneau n’est libre : ajoutez-en, ou « eig-sheets slots generate »."
    detail = f"{many} : validez le message, puis saisissez l’heure choisie et « Réservé »." if offered else none
    yield Pending(OFFICERS, what, len(asked), Urgency.TO_DO, link_to(tab, "statut", int(asked["row"].min())), detail)


LINES: Final = PendingLines(pending_slots)
