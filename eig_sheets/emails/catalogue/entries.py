"""The catalogue of the e-mails: all that the program knows of each, but its text (`config/emails/<id>.md`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
)
from eig_sheets.domain.parts import Part
from eig_sheets.emails.catalogue import appointments
from eig_sheets.emails.catalogue import conditions as call
from eig_sheets.emails.catalogue import conditions as programme
from eig_sheets.emails.catalogue.appointments import Appointment
from eig_sheets.emails.catalogue.due import Condition, Fact
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.registry import Features

APPOINTMENTS: Final = "rendez_vous"
"""What an e-mail is about when it is no row of a tab, but an appointment that people were invited to."""

Words = Mapping[str, tuple[str | bool | None, ...]]
"""Field of a row → the words that it may hold (an answer by yes or no is True or False); None for a blank."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder that one e-mail alone has: its French name, and its value for a round of that e-mail."""

    label: str
    value: Callable[[MessageSettings, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """One e-mail of the programme.

    `about`: the id of the tab whose rows it is about, or APPOINTMENTS. `due`: when it is due; None when it answers to
    what was sent before. `accepts`: the words under which a row may still receive it, whatever the day. `asks_for`: a
    field that lists what the row lacks, and `chose`: fields of which one is filled; other rows do not receive it.
    `setting`: what the configuration must give, else it is never due. `placeholders`: those that it alone may name,
    besides those of its tab. `moment`: the placeholder of the date and time that its invitation puts in a calendar,
    and `appointment` the rest of it. `recalls`: it recalls an appointment that another e-mail announced: it leaves
    though people have that appointment as it is. `note`: what whoever approves it should do first. `to_team`: those who
    were recruited may receive it, too. `example_round`: a round of it, to see what it would say.

    `founded_on_ranking`: it announces a decision that whoever took it had the ranking before their eyes: that of the
    jury, and « Écarté – insuffisant », which is typed when notes come in. « Écarté – inéligible » applies a condition
    of the call, which its message states; that of `[algorithm]` is about projects, not candidates. `refusal`: the field
    and the word of the refusal that it announces, to which ways of appeal are due. A waiting list is no refusal: who
    never leaves it is then told « Non retenu ».
    """

    id: str
    about: str
    due: Condition | None
    accepts: Words
    asks_for: str | None = None
    chose: tuple[str, ...] = ()
    setting: Callable[[MessageSettings], object] = lambda _: True
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    moment: str | None = None
    appointment: Appointment | None = None
    recalls: bool = False
    note: str = ""
    to_team: bool = False
    founded_on_ranking: bool = False
    refusal: tuple[str, str] | None = None
    example_round: Callable[[MessageSettings], str] = lambda _: ""

    def is_of(self, part: Part) -> bool:
        """Whether it leaves from the outbox of the workbook that holds that part."""
        if self.about == APPOINTMENTS:
            return True
        return part.has_talents if self.about == "talents" else part.has_projects


ANY: Final[Words] = {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mail:
    """The e-mails that a feature adds to the catalogue, and what their conditions go by besides tables."""

    emails: tuple[Email, ...]
    facts: tuple[Fact[Any], ...] = ()


CANCELLATION: Final = "annulation"

_UNTOUCHED: Final[Words] = {"preselection": (None,), "decision": (None,)}


def _decided(word: str) -> Words:
    return {"preselection": (None, PRESELECTED), "decision": (None, word)}


def _set_aside(word: str) -> Words:
    return {"preselection": (None, word), "decision": (None, REFUSED)}


_ALL: Final = (
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
        refusal=("preselection", REJECTED_INELIGIBLE),
    ),
    Email(
        id="non_preselectionne",
        about="candidatures",
        due=call.rejected_insufficient,
        accepts=_set_aside(REJECTED_INSUFFICIENT),
        founded_on_ranking=True,
        refusal=("preselection", REJECTED_INSUFFICIENT),
    ),
    Email(
        id="convocation_jury",
        about="candidatures",
        due=call.hearing,
        accepts={"preselection": (None, PRESELECTED), "decision": (None,)},
        placeholders={
            "lieu_audition": Placeholder(
                "Lieu ou lien de l’audition (emails.audition_place)", lambda settings, _: settings.emails.audition_place
            ),
            "duree_audition": Placeholder(
                "Durée de l’audition, en minutes (emails.audition_minutes)",
                lambda settings, _: settings.emails.audition_minutes,
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
        setting=lambda settings: settings.emails.jury_invited,
    ),
    Email(
        id="relance_jure",
        about="jury",
        due=call.jury_reminder,
        accepts=ANY,
        asks_for="pending",
        setting=lambda settings: settings.emails.reminders,
    ),
    Email(
        id="recu_jure",
        about="jury",
        due=call.jury_receipt,
        accepts=ANY,
        asks_for="received",
        setting=lambda settings: settings.emails.jury_thanked,
    ),
    Email(
        id="remerciement_jure",
        about="jury",
        due=call.jury_thanks,
        accepts=ANY,
        setting=lambda settings: settings.emails.jury_thanked,
    ),
    Email(
        id="laureat",
        about="candidatures",
        due=call.laureate,
        accepts=_decided(LAUREATE),
        founded_on_ranking=True,
    ),
    Email(
        id="liste_attente",
        about="candidatures",
        due=call.waiting,
        accepts=_decided(WAITING),
        founded_on_ranking=True,
    ),
    Email(
        id="promotion_liste_attente",
        about="candidatures",
        due=call.promoted,
        accepts=_decided(LAUREATE),
        founded_on_ranking=True,
    ),
    Email(
        id="non_retenu",
        about="candidatures",
        due=call.refused,
        accepts=_decided(REFUSED),
        founded_on_ranking=True,
        refusal=("decision", REFUSED),
    ),
    Email(
        id="cofinancement_a_completer",
        about="candidatures",
        due=call.cofinancing_incomplete,
        accepts=_decided(LAUREATE),
        asks_for="cofin_missing",
    ),
    Email(
        id="bienvenue",
        about="candidatures",
        due=programme.welcome,
        accepts=_decided(LAUREATE),
        setting=lambda settings: settings.emails.experimentation,
        to_team=True,
    ),
    Email(id=CANCELLATION, about=APPOINTMENTS, due=None, accepts=ANY, moment="debut"),
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every e-mail of a call by its id: those of the call itself, then those of its features; `off`: of the others."""

    emails: Mapping[str, Email]
    off: Mapping[str, Email] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Email]:
        """Those that may leave, in order."""
        return iter(self.emails.values())

    def email_of(self, template: str) -> Email:
        """The record of an e-mail; one that is not in the catalogue is the staff's own, about a dossier."""
        known = self.emails.get(template) or self.off.get(template)
        return known or Email(id=template, about="candidatures", due=None, accepts=ANY)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of all, those of features that are off included."""
        return (*self.emails, *self.off)


CALL: Final = Catalogue({email.id: email for email in _ALL})
"""The e-mails of the call itself, in the order of the programme's life."""


@cache
def catalogue_of(features: Features) -> Catalogue:
    """The e-mails of a call that has these features."""
    added, left = (
        {email.id: email for mail in mails for email in mail.emails}
        for mails in (features.parts(Mail), features.parts_off(Mail))
    )
    return Catalogue({**CALL.emails, **added}, left)
