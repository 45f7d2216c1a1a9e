"""The e-mails to who asks for advice or comes to a webinar, and the appointments that they bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from eig_sheets.emails.catalogue.appointments import Appointment, Details, RowAppointments, Schedule, TypedRow, Values
from eig_sheets.emails.catalogue.due import moment_name
from eig_sheets.emails.catalogue.entries import ANY, Email, Mail, Placeholder
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.emails.drafting.lines import Computed, Lines
from eig_sheets.emails.drafting.subjects import MailSubject, SubjectRow
from eig_sheets.emails.mail.context import Missing
from eig_sheets.features.advice import conditions as advice
from eig_sheets.features.advice.prospects import SUBMISSIONS
from eig_sheets.features.advice.rules import BOOKED, HELD, REQUESTED, free, webinar_at
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS

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


def _webinars(settings: MessageSettings) -> Sequence[Webinar]:
    return settings.section(SlotSettings).webinars


def _recorded(settings: MessageSettings) -> list[Webinar]:
    return [webinar for webinar in _webinars(settings) if webinar.recording]


def _reminders(settings: MessageSettings) -> Sequence[int]:
    return settings.section(SlotSettings).submission_reminders


def _first_round(settings: MessageSettings) -> str:
    return next((moment_name(webinar.starts) for webinar in _webinars(settings)), "")


def _of_webinar(field_name: str) -> Callable[[MessageSettings, str], object]:
    return lambda settings, number: getattr(webinar_at(settings.section(SlotSettings), number), field_name, None)


_WEBINAR: Final[Mapping[str, Placeholder]] = {
    "webinaire": Placeholder("Titre du webinaire (slots.webinars.title)", _of_webinar("title")),
    "webinaire_debut": Placeholder("Date et heure du webinaire (slots.webinars.starts)", _of_webinar("starts")),
    "webinaire_lien": Placeholder("Lien du webinaire (slots.webinars.link)", _of_webinar("link")),
}
_RECORDING: Final = Placeholder(
    "Lien de l’enregistrement du webinaire (slots.webinars.recording)", _of_webinar("recording")
)
_IMPORT_FIRST: Final = (
    "Importez d’abord les dossiers déposés : seules leurs adresses et leurs administrations disent qui a candidaté."
)

_EMAILS: Final = (
    Email(id="proposition_creneaux", about="creneaux", due=advice.requested_slot, accepts={"statut": (REQUESTED,)}),
    Email(
        id=advice.INVITATION,
        about="creneaux",
        due=advice.webinar_invitation,
        accepts={"statut": (BOOKED, HELD)},
        setting=_webinars,
        example_round=_first_round,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=WEBINAR,
    ),
    Email(
        id=advice.CONFIRMATION,
        about="creneaux",
        due=advice.booked_slot,
        accepts={"statut": (BOOKED,)},
        moment="debut",
        appointment=SLOT,
    ),
    Email(
        id="rappel_creneau",
        about="creneaux",
        due=advice.slot_reminder,
        accepts={"statut": (BOOKED,)},
        moment="debut",
        appointment=SLOT,
        recalls=True,
    ),
    Email(
        id=advice.REGISTRATION,
        about="inscriptions",
        due=advice.registration,
        accepts=ANY,
        setting=_webinars,
        example_round=_first_round,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=WEBINAR,
    ),
    Email(
        id="rappel_webinaire",
        about="inscriptions",
        due=advice.webinar_reminder,
        accepts=ANY,
        setting=_webinars,
        example_round=_first_round,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=WEBINAR,
        recalls=True,
    ),
    Email(
        id="enregistrement_webinaire",
        about="inscriptions",
        due=advice.recording,
        accepts=ANY,
        setting=_recorded,
        example_round=_first_round,
        placeholders={**_WEBINAR, "webinaire_enregistrement": _RECORDING},
    ),
    Email(
        id=advice.AFTER_A_SLOT,
        about="creneaux",
        due=advice.reminder_after_a_slot,
        accepts={"statut": (HELD,)},
        setting=_reminders,
        note=_IMPORT_FIRST,
    ),
    Email(
        id=advice.AFTER_A_WEBINAR,
        about="inscriptions",
        due=advice.reminder_after_a_webinar,
        accepts={"present": (True,)},
        setting=_reminders,
        note=_IMPORT_FIRST,
    ),
)
"""In the order in which a visitor may receive them."""

MAIL: Final = Mail(emails=_EMAILS, facts=(SUBMISSIONS,))


def _shown_slots(lines: Lines, rules: SlotSettings, today: date | None) -> tuple[datetime, ...] | Missing:
    """The next free slots, the day after `today` at the earliest: who reads the message has to answer it.

    Where there is none, what a person should do.
    """
    after = datetime.combine(today, time.max) if today else datetime.min
    slots = free(lines.frame, rules.minutes, after)
    shown: tuple[datetime, ...] = tuple(start.to_pydatetime() for start in slots["debut"].head(rules.shown))
    return shown or Missing(lines.tab.name, "n’a plus rien à proposer", "ajoutez des créneaux « Libre » dans")


def _values(row: SubjectRow) -> Computed:
    rules = row.campaign.section(SlotSettings)
    return {
        "lieu_creneau": lambda: rules.place,
        "duree_creneau": lambda: rules.minutes,
        "creneaux_libres": lambda: _shown_slots(row.line.lines, rules, row.today),
    }


SUBJECTS: Final = (
    MailSubject(
        tab=SLOTS,
        key="email",
        address="email",
        placeholders={
            "lieu_creneau": "Lieu ou lien des rendez-vous (slots.place)",
            "duree_creneau": "Durée d’un rendez-vous, en minutes (slots.minutes)",
            "creneaux_libres": "Liste des créneaux libres à venir",
        },
        values=_values,
    ),
    MailSubject(tab=REGISTRATIONS, key="email", address="email"),
)
