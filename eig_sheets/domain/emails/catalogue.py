"""The catalogue of the e-mails: all that the program knows of each, but its text, which is `config/emails/<id>.md`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.domain.decisions import (
    LAUREATE,
    POSTPONED,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    REMINDED_ROLES,
    RETAINED,
    TO_EVALUATE,
    WAITING,
)
from eig_sheets.domain.emails import appointments
from eig_sheets.domain.emails import call_conditions as call
from eig_sheets.domain.emails import programme_conditions as programme
from eig_sheets.domain.emails.advice_emails import ADVICE
from eig_sheets.domain.emails.email import ANY, APPOINTMENTS, Email, Placeholder, Words
from eig_sheets.domain.talents.rules import WISHES

CANCELLATION: Final = "annulation"

_UNTOUCHED: Final[Words] = {"preselection": (None,), "decision": (None,)}


def _decided(word: str) -> Words:
    return {"preselection": (None, PRESELECTED), "decision": (None, word)}


def _set_aside(word: str) -> Words:
    return {"preselection": (None, word), "decision": (None, REFUSED)}


_ALL: Final = (
    *ADVICE,
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
        id="recu_jure",
        about="jury",
        due=call.jury_receipt,
        accepts=ANY,
        asks_for="received",
        setting=lambda rules: rules.jury_thanked,
    ),
    Email(
        id="remerciement_jure",
        about="jury",
        due=call.jury_thanks,
        accepts=ANY,
        setting=lambda rules: rules.jury_thanked,
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
    Email(id="accuse_talent", about="talents", due=programme.to_evaluate, accepts={"statut": (None, TO_EVALUATE)}),
    Email(
        id="choix_projets",
        about="talents",
        due=programme.to_choose,
        accepts={"statut": (PRESELECTED,)},
        setting=lambda rules: rules.talents.revealed,
    ),
    Email(
        id="rappel_voeux",
        about="talents",
        due=programme.to_remind_of_choice,
        accepts={"statut": (PRESELECTED,)},
        setting=lambda rules: rules.talents.wishes_reminder,
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
    Email(
        id="talent_non_retenu",
        about="talents",
        due=programme.talent_refused,
        accepts={"statut": (REFUSED,)},
        refusal=("statut", REFUSED),
    ),
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
        accepts={"statut": (None, POSTPONED), "responsable": (None, *REMINDED_ROLES)},
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
    Email(
        id="bilan_ouverture",
        about="candidatures",
        due=programme.openness,
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
