"""The catalogue of the e-mails: all that the program knows of each, but its text, which is `config/emails/<id>.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
)
from eig_sheets.domain.emails import appointments
from eig_sheets.domain.emails import call_conditions as call
from eig_sheets.domain.emails import programme_conditions as programme
from eig_sheets.domain.emails.email import ANY, APPOINTMENTS, Email, Mail, Placeholder, Words
from eig_sheets.registry import Features

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
