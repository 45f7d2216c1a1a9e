"""The catalogue of the e-mails: all that the program knows of each, but its text, which is `config/emails/<id>.md`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from eig_sheets.domain.decisions import (
    BOOKED,
    DONE,
    HELD,
    LAUREATE,
    MILESTONE_STATES,
    POINTLESS,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    RETAINED,
    TO_EVALUATE,
    WAITING,
)
from eig_sheets.domain.emails import appointments
from eig_sheets.domain.emails import call_conditions as call
from eig_sheets.domain.emails import programme_conditions as programme
from eig_sheets.domain.emails.appointments import Appointment, webinar_at
from eig_sheets.domain.emails.due import WISHES, Condition
from eig_sheets.domain.rules import EmailRules

APPOINTMENTS: Final = "rendez_vous"
"""What an e-mail is about when it is no row of a tab, but an appointment that people were invited to."""

CANCELLATION: Final = "annulation"

Words = Mapping[str, tuple[str | None, ...]]
"""Field of a row → the words that it may hold; None for a blank."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder that one e-mail alone has: its French name, and its value for a round of that e-mail."""

    label: str
    value: Callable[[EmailRules, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """One e-mail of the programme.

    `about`: the id of the tab whose rows it is about, or APPOINTMENTS. `due`: when it is due; None when it answers to
    what was sent before. `accepts`: the words under which a row may still receive it, whatever the day. `asks_for`: a
    field that lists what the row lacks, and `chose`: fields of which one is filled; other rows do not receive it.
    `setting`: what the configuration must give, else it is never due. `placeholders`: those that it alone may name,
    besides those of its tab. `moment`: the placeholder of the date and time that its invitation puts in a calendar,
    and `appointment` the rest of it. `to_team`: those who were recruited may receive it, too.
    """

    id: str
    about: str
    due: Condition | None
    accepts: Words
    asks_for: str | None = None
    chose: tuple[str, ...] = ()
    setting: Callable[[EmailRules], object] = lambda _: True
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    moment: str | None = None
    appointment: Appointment | None = None
    to_team: bool = False


ANY: Final[Words] = {}
_UNTOUCHED: Final[Words] = {"preselection": (None,), "decision": (None,)}


def _decided(word: str) -> Words:
    return {"preselection": (None, PRESELECTED), "decision": (None, word)}


def _set_aside(word: str) -> Words:
    return {"preselection": (None, word), "decision": (None, REFUSED)}


def _of_webinar(field_name: str) -> Callable[[EmailRules, str], object]:
    return lambda rules, number: getattr(webinar_at(rules, number), field_name, None)


_ALL: Final = (
    Email(
        id="invitation_webinaire",
        about="creneaux",
        due=call.webinar,
        accepts={"statut": (BOOKED, HELD)},
        setting=lambda rules: rules.webinars,
        placeholders={
            "webinaire": Placeholder(
                "Titre du webinaire (emails.webinars.title)",
                _of_webinar("title"),
            ),
            "webinaire_debut": Placeholder(
                "Date et heure du webinaire (emails.webinars.starts)",
                _of_webinar("starts"),
            ),
            "webinaire_lien": Placeholder(
                "Lien du webinaire (emails.webinars.link)",
                _of_webinar("link"),
            ),
        },
        moment="webinaire_debut",
        appointment=appointments.WEBINAR,
    ),
    Email(
        id="confirmation_creneau",
        about="creneaux",
        due=call.booked_slot,
        accepts={"statut": (BOOKED,)},
        moment="debut",
        appointment=appointments.SLOT,
    ),
    Email(id="accuse_reception", about="candidatures", due=call.untouched, accepts=_UNTOUCHED),
    Email(
        id="pieces_manquantes",
        about="candidatures",
        due=call.incomplete,
        accepts=_UNTOUCHED,
        asks_for="to_complete",
    ),
    Email(
        id="ineligible",
        about="candidatures",
        due=call.rejected_ineligible,
        accepts=_set_aside(REJECTED_INELIGIBLE),
    ),
    Email(
        id="non_preselectionne",
        about="candidatures",
        due=call.rejected_insufficient,
        accepts=_set_aside(REJECTED_INSUFFICIENT),
    ),
    Email(
        id="convocation_jury",
        about="candidatures",
        due=call.hearing,
        accepts={"preselection": (None, PRESELECTED), "decision": (None,)},
        placeholders={
            "lieu_audition": Placeholder(
                "Lieu ou lien de l’audition (emails.audition_place)", lambda rules, _: rules.audition_place
            ),
            "duree_audition": Placeholder(
                "Durée de l’audition, en minutes (emails.audition_minutes)", lambda rules, _: rules.audition_minutes
            ),
        },
        moment="audition",
        appointment=appointments.HEARING,
    ),
    Email(
        id="invitation_jury",
        about="jury",
        due=call.jury_invitation,
        accepts=ANY,
        setting=lambda rules: rules.jury_invited,
    ),
    Email(
        id="relance_jure",
        about="jury",
        due=call.jury_reminder,
        accepts=ANY,
        asks_for="pending",
        setting=lambda rules: rules.reminders,
    ),
    Email(
        id="remerciement_jure",
        about="jury",
        due=call.jury_thanks,
        accepts=ANY,
        setting=lambda rules: rules.jury_thanked,
    ),
    Email(id="laureat", about="candidatures", due=call.laureate, accepts=_decided(LAUREATE)),
    Email(id="liste_attente", about="candidatures", due=call.waiting, accepts=_decided(WAITING)),
    Email(id="promotion_liste_attente", about="candidatures", due=call.promoted, accepts=_decided(LAUREATE)),
    Email(id="non_retenu", about="candidatures", due=call.refused, accepts=_decided(REFUSED)),
    Email(
        id="cofinancement_a_completer",
        about="candidatures",
        due=call.cofinancing_incomplete,
        accepts=_decided(LAUREATE),
        asks_for="cofin_missing",
    ),
    Email(id="accuse_talent", about="talents", due=programme.to_evaluate, accepts={"statut": (None, TO_EVALUATE)}),
    Email(
        id="choix_projets",
        about="talents",
        due=programme.to_choose,
        accepts={"statut": (PRESELECTED,)},
        setting=lambda rules: rules.talents.revealed,
    ),
    Email(
        id="convocation_talent",
        about="talents",
        due=programme.talent_hearing,
        accepts={"statut": (PRESELECTED,)},
        chose=WISHES,
        moment="audition",
        appointment=appointments.CANDIDATE,
    ),
    Email(id="talent_retenu", about="talents", due=programme.talent_retained, accepts={"statut": (RETAINED,)}),
    Email(id="talent_non_retenu", about="talents", due=programme.talent_refused, accepts={"statut": (REFUSED,)}),
    Email(
        id="bienvenue",
        about="candidatures",
        due=programme.welcome,
        accepts=_decided(LAUREATE),
        setting=lambda rules: rules.experimentation,
        to_team=True,
    ),
    Email(
        id="rappel_jalon",
        about="suivi",
        due=programme.milestone,
        accepts={"statut": (None, *(state for state in MILESTONE_STATES if state not in (DONE, POINTLESS)))},
        setting=lambda rules: rules.experimentation,
        to_team=True,
    ),
    Email(
        id="point_mensuel",
        about="candidatures",
        due=programme.monthly_point,
        accepts=_decided(LAUREATE),
        setting=lambda rules: rules.experimentation,
        to_team=True,
    ),
    Email(id=CANCELLATION, about=APPOINTMENTS, due=None, accepts=ANY, moment="debut"),
)

CATALOGUE: Final[Mapping[str, Email]] = {email.id: email for email in _ALL}
"""Every e-mail by its id, in the order of the programme's life."""

TEMPLATES: Final = tuple(CATALOGUE)


def email_of(template: str) -> Email:
    """The record of an e-mail; one that is not in the catalogue is the staff's own, about a dossier."""
    return CATALOGUE.get(template) or Email(id=template, about="candidatures", due=None, accepts=ANY)
