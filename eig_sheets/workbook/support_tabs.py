"""Schemas of the tabs around a call: advice slots and webinars before it, milestones and deliverables after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from eig_sheets.domain.decisions import BOOKED, HELD, MILESTONE_STATES, REQUESTED, ROLES, SLOT_STATES
from eig_sheets.workbook.field_forms import NUMBER, PROJECT_NAME, choice, email, text, yes_no
from eig_sheets.workbook.fields import Field, Kind, TabSchema
from eig_sheets.workbook.model.sheet import Owner

_STATES: Final = (
    f"« {REQUESTED} », sans heure : un e-mail propose les créneaux libres. « {BOOKED} » : un e-mail confirme celui-ci. "
    f"« {HELD} » : la personne est venue."
)


def slots() -> TabSchema:
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
    return TabSchema("creneaux", "Créneaux", Owner.PEOPLE, "debut", fields, without_key=("statut", _is_asked_for))


def _is_asked_for(status: object) -> bool:
    return status == REQUESTED


def registrations(webinars: tuple[str, ...]) -> TabSchema:
    """One row per person and webinar; a person of whom two rows tell came if one of them says so."""
    fields = (
        choice("webinaire", "Webinaire", webinars, width=36),
        text("nom", "Prénom Nom", 26),
        replace(email("email", "E-mail"), required=True),
        text("administration", "Administration", 30),
        Field("inscrit_le", "Inscrit le", Kind.DATETIME),
        yes_no("present", "Présent", "oui : la personne y était. Une seconde ligne de la même personne peut le dire."),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema("inscriptions", "Inscriptions", Owner.PEOPLE, "email", fields, hidden=True)


def follow_up() -> TabSchema:
    """One row per project and milestone."""
    fields = (
        NUMBER,
        Field("jalon", "Jalon", required=True, width=30),
        Field("echeance", "Échéance", Kind.DATE),
        choice(
            "responsable",
            "Responsable",
            tuple(ROLES.values()),
            "Qui le rappel atteint : son adresse est dans Candidatures. Vide : le porteur. « Programme » : personne, "
            "c’est à l’équipe du programme.",
            14,
        ),
        choice("statut", "Statut", MILESTONE_STATES, width=14),
        Field("fait_le", "Fait le", Kind.DATE),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema("suivi", "Suivi", Owner.PEOPLE, "numero", fields, (PROJECT_NAME,))


DELIVERABLES: Final = "livrables"
_DELIVERABLE_KINDS: Final = ("Code", "Données", "Documentation", "Design", "Autre")
LICENCES: Final = (
    # Information, documentation included: CRPA, D. 323-2-1, I.
    "Licence Ouverte 2.0", "ODbL 1.0",
    # Source code, permissive then with reciprocity: CRPA, D. 323-2-1, II.
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CeCILL-B", "MIT",
    "AGPL-3.0", "CeCILL-2.1", "CeCILL-C", "EUPL-1.2", "GPL-3.0", "LGPL-3.0", "MPL-2.0",
    # Another one needs an approval of its own (CRPA, L. 323-2).
    "Autre, homologuée",
)  # fmt: skip
"""Those that the State may choose without asking: CRPA, L. 323-2 and D. 323-2-1, by their SPDX names for code."""


def deliverables() -> TabSchema:
    """One row per thing that a project made; hidden in a new workbook, since it is of use for two months."""
    fields = (
        NUMBER,
        choice("type", "Type", _DELIVERABLE_KINDS, width=16),
        text("intitule", "Intitulé", 34),
        text("adresse", "Adresse", 40, "L’adresse de la page où on le trouve."),
        choice("licence", "Licence", LICENCES, "Celles que l’État peut choisir : CRPA, D. 323-2-1.", 20),
        yes_no("ouvert", "Ouvert", "oui : chacun peut le lire et le réutiliser."),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema(DELIVERABLES, "Livrables", Owner.PEOPLE, "numero", fields, hidden=True)
