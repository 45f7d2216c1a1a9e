"""The e-mails of the catalogue to who asks for advice, comes to a webinar or may apply: before the call closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from eig_sheets.domain.emails.due import moment_name
from eig_sheets.domain.emails.email import ANY, Email, Mail, Placeholder
from eig_sheets.domain.emails.settings import MessageSettings
from eig_sheets.emails.drafting.lines import Computed, Lines
from eig_sheets.emails.drafting.subjects import MailSubject, SubjectRow
from eig_sheets.emails.mail.context import Missing
from eig_sheets.features.advice import conditions as advice
from eig_sheets.features.advice.appointments import SLOT, WEBINAR
from eig_sheets.features.advice.prospects import SUBMISSIONS
from eig_sheets.features.advice.rules import BOOKED, HELD, REQUESTED, free
from eig_sheets.features.advice.rules_webinars import webinar_at
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS


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
