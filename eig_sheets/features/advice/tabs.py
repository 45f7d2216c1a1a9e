"""The tabs of advice, `Créneaux` and `Inscriptions`, and whom each column names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from eig_sheets.campaign.dependencies import FeatureAct
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.domain.date_bounds import Bounds, deposit_bounds
from eig_sheets.features.advice.rules import BOOKED, HELD, REQUESTED, SLOT_STATES, labels_of
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.personal_data import PersonalTab, PersonColumns
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.workbook.fields import Field, Kind, TabSchema, choice, email, text, yes_no

SLOTS, REGISTRATIONS = "creneaux", "inscriptions"

_STATES: Final = (
    f"« {REQUESTED} », sans heure : un e-mail propose les créneaux libres. « {BOOKED} » : un e-mail confirme celui-ci. "
    f"« {HELD} » : la personne est venue."
)


def _slots(_campaign: Campaign) -> TabSchema:
    """One row per advice slot, or per person who asks for one: « Demandé » needs no hour yet."""
    fields = (
        Field("debut", "Début", Kind.DATETIME, required=True, note=f"Vide tant que « {REQUESTED} » est en Statut."),
        Field("duree", "Durée (min)", Kind.INTEGER, width=10),
        text("reserve_par", "Réservé par"),
        email("email", "E-mail"),
        text("administration", "Administration", 30),
        text("projet", "Projet", 28),
        choice("statut", "Statut", SLOT_STATES, _STATES, 12),
    )
    return TabSchema(
        SLOTS, "Créneaux", Owner.PEOPLE, "debut", fields, without_key=("statut", _is_asked_for), identity=("debut",)
    )


def _is_asked_for(status: object) -> bool:
    return status == REQUESTED


def _registrations(campaign: Campaign) -> TabSchema:
    """One row per person and webinar; a person of whom two rows tell came if one of them says so."""
    webinars = tuple(labels_of(campaign.section(SlotSettings).webinars))
    fields = (
        choice("webinaire", "Webinaire", webinars, width=36),
        text("nom", "Prénom Nom", 26),
        replace(email("email", "E-mail"), required=True),
        text("administration", "Administration", 30),
        Field("inscrit_le", "Inscrit le", Kind.DATETIME),
        yes_no("present", "Présent", "oui : la personne y était. Une seconde ligne de la même personne peut le dire."),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema(REGISTRATIONS, "Inscriptions", Owner.PEOPLE, "email", fields, hidden=True)


def _bounds(campaign: Campaign) -> Mapping[str, Bounds]:
    """Advice is given when dossiers come."""
    experimentation, cofinancing = campaign.emails.experimentation, campaign.cofinancing
    return {"debut": deposit_bounds(campaign.campaign, experimentation, cofinancing)}


def _opening(campaign: Campaign) -> date:
    """Advice is given to who prepares an application: while the call is open."""
    return campaign.campaign.opens


def _first_webinar(campaign: Campaign) -> date | None:
    """While the call is open, of one that has webinars."""
    return campaign.campaign.opens if campaign.section(SlotSettings).webinars else None


TABS: Final = (
    PeopleTab(
        id=SLOTS,
        schema=_slots,
        opens=_opening,
        bounds=_bounds,
        messages=("debut", "duree", "reserve_par", "email", "projet", "statut"),
        meanwhile=((("statut", "debut", "duree"), "le créneau n’est pas proposé, et rien n’en part"),),
    ),
    PeopleTab(
        id=REGISTRATIONS,
        schema=_registrations,
        contents="Qui s’est inscrit aux webinaires, qui y était",
        opens=_first_webinar,
        messages=("webinaire", "nom", "email", "present"),
    ),
)


def _columns(_campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield SLOTS, ("debut", "duree", "reserve_par", "email", "administration", "projet", "statut")
    yield REGISTRATIONS, ("webinaire", "email", "present")


ACT: Final = FeatureAct(_columns)

_REQUESTS: Final = "eig_sheets.features.advice.commands_requests"
ACTIONS: Final = (
    FeatureAction(id="creneaux", label="Créneaux libres", place=f"{_REQUESTS}:add_slots", acts=(ACT,)),
    FeatureAction(
        id="rendez_vous", label="Reprendre les rendez-vous", place=f"{_REQUESTS}:take_bookings", acts=(ACT,),
        of_file=True,
    ),
    FeatureAction(
        id="inscriptions", label="Reprendre les inscriptions", place=f"{_REQUESTS}:take_registrations", acts=(ACT,),
        of_file=True,
    ),
)  # fmt: skip


PERSONS: Final = (
    PersonColumns(SLOTS, "email", ("reserve_par",), whole_row=True),
    PersonColumns(REGISTRATIONS, "email", ("nom",), whole_row=True),
    PersonalTab(
        SLOTS,
        "Créneaux",
        "dossiers",
        ("reserve_par", "email"),
        (),
        ("debut", "duree", "administration", "projet", "statut"),
    ),
    PersonalTab(
        REGISTRATIONS,
        "Inscriptions",
        "dossiers",
        ("nom", "email", "commentaire"),
        (),
        ("webinaire", "administration", "inscrit_le", "present"),
    ),
)
