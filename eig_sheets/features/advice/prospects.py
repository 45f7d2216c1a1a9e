"""People who came for advice and may still apply; the lines of `Accueil` on them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.emails.catalogue.due import Fact
from eig_sheets.features.advice.rules import (
    REQUESTED,
    Submissions,
    came_to_a_slot,
    came_to_a_webinar,
    free,
    has_applied,
    organisation_has_applied,
)
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import SLOTS
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to
from eig_sheets.text.french import day, plain, plural
from eig_sheets.workbook.fields import Kind

TAB = "candidatures"


def submissions_of(reading: Reading) -> Submissions:
    """The addresses and organisations of every dossier, rows that do not count included; the last day of the call.

    None of them in the candidates' own workbook, which writes to nobody who came for advice.
    """
    closes = reading.campaign.campaign.last_moment.date()
    if not reading.owns(TAB):
        return Submissions(frozenset(), frozenset(), closes)
    frame = reading.tables[TAB].frame
    fields = [field.id for field in reading.schema.tab(TAB).fields if field.kind is Kind.EMAIL]
    addresses = {str(address).casefold() for field in fields for address in frame[field].dropna()}
    organisations = {plain(name) for field in ("administration", "porteur") for name in frame[field].dropna()}
    return Submissions(frozenset(addresses), frozenset(organisations), closes)


SUBMISSIONS: Final = Fact(submissions_of)
"""The dossiers that are there, by which who has applied is known."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """How many people came and have no dossier, and how many others are left alone for their organisation has one.

    `first`: the tab's id and the row of the first of those without a dossier; None without any.
    """

    without_dossier: int
    left_alone: int
    first: tuple[str, int] | None = None


def prospects(reading: Reading) -> Prospects:
    """The people who came to a slot or to a webinar, once each, by whether a dossier tells of them."""
    submissions = submissions_of(reading)
    came = {
        "creneaux": came_to_a_slot(reading.valid_rows("creneaux")) if reading.has("creneaux") else None,
        "inscriptions": came_to_a_webinar(reading.valid_rows("inscriptions")) if reading.has("inscriptions") else None,
    }
    frames = [
        people[["email", "administration", "row"]].assign(tab=tab)
        for tab, people in came.items()
        if people is not None and not people.empty
    ]
    if not frames:
        return Prospects(0, 0)
    people = pd.concat(frames).drop_duplicates("email")
    others = people[~has_applied(people, submissions)]
    left_alone = organisation_has_applied(others, submissions)
    places = [(str(tab), int(row)) for tab, row in others.loc[~left_alone, ["tab", "row"]].to_numpy()]
    return Prospects(len(places), int(left_alone.sum()), next(iter(places), None))


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
