"""The appointments of advice: a slot, a webinar; title, duration, place, and what cancels each."""

from __future__ import annotations

from datetime import date
from typing import Final

from eig_sheets.domain.emails.appointments import Appointment, Details, RowAppointments, Schedule, TypedRow, Values
from eig_sheets.domain.emails.settings import MessageSettings
from eig_sheets.features.advice.rules import BOOKED, HELD
from eig_sheets.features.advice.settings import SlotSettings, Webinar

# ---- A slot of advice


def _slot(settings: MessageSettings, values: Values) -> Details:
    rules = settings.section(SlotSettings)
    title = _slot_title(values["projet"], values["campagne"])
    return Details(title, values["duree"] or rules.minutes, rules.place)


def _slot_title(project: str | None, call: str) -> str:
    return f"Rendez-vous : {project or call}"


def _slot_schedule(row: TypedRow, _today: date) -> Schedule | None:
    return (row.values["email"], row.values["debut"]) if row.may_be("statut", BOOKED, HELD) else None


SLOT: Final = Appointment(
    family="creneau",
    details=_slot,
    in_rows=RowAppointments(
        _slot_schedule,
        ("debut", "email", "statut"),
        ("projet",),
        lambda row, call: None if "projet" in row.unreadable else _slot_title(row.values["projet"], call),
    ),
    several=True,
    transferable=True,
    minutes_field="duree",
)


# ---- A webinar


def _webinar(settings: MessageSettings, values: Values) -> Details:
    webinars = settings.section(SlotSettings).webinars
    webinar = next(known for known in webinars if known.starts == values["webinaire_debut"])
    return Details(_webinar_title(webinar), webinar.minutes, webinar.link)


def _webinar_title(webinar: Webinar) -> str:
    return f"Webinaire : {webinar.title}"


WEBINAR: Final = Appointment(
    family="webinaire",
    details=_webinar,
    configured=lambda settings: [
        (webinar.starts, _webinar_title(webinar)) for webinar in settings.section(SlotSettings).webinars
    ],
    several=True,
)
