"""Schemas of the tabs of the call for talents: candidates, their evaluations, and the export of their choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from eig_sheets.domain.decisions import TALENT_STATES
from eig_sheets.domain.talents.rules import WISHES, TalentRules
from eig_sheets.workbook.field_forms import JUROR, choice, email, internal, recusal, scored, text
from eig_sheets.workbook.fields import CardSchema, Choices, Field, Kind, TabSchema
from eig_sheets.workbook.model.sheet import Owner


def talents(choices: Choices) -> TabSchema:
    """One row per candidate."""
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15),
        text("prenom", "Prénom"),
        text("nom", "Nom"),
        email("email", "E-mail"),
        Field("metier", "Métier", width=24, offered=choices.profiles),
        Field("experience", "Années d’expérience", Kind.YEARS, width=12, note="Cinq ans et demi : 5,5."),
        text("statut_actuel", "Statut actuel"),
        Field("date_depot", "Date de dépôt", Kind.DATETIME),
        text("etat", "État du dossier", 16, "Sur la plateforme, quand la candidature a été importée."),
        text("cv", "CV"),
        *(text(wish, f"Vœu {n}", 12, "Numéro de dossier.") for n, wish in enumerate(WISHES, 1)),
        Field(
            "voeux_le",
            "Vœux reçus le",
            Kind.DATETIME,
            note="Date et heure du choix des projets, qui disent s’il est arrivé à temps. Vide : non vérifiable.",
        ),
        *internal(
            replace(choice("statut", "Statut", TALENT_STATES), remembered=True),
            Field(
                "audition",
                "Audition décidée",
                Kind.DATETIME,
                width=18,
                note="Date et heure : celles de la convocation.",
            ),
            replace(text("projet_decide", "Projet décidé", 14, "Numéro de dossier."), remembered=True),
            Field("debut_contrat", "Début du contrat", Kind.DATE),
            Field("fin_contrat", "Fin du contrat", Kind.DATE, note="Dernier jour. Vide : dix mois après le début."),
            Field(
                "cout_reel",
                "Coût réel",
                Kind.AMOUNT,
                note="Coût total employeur de 10 mois, même si le contrat est plus court ou plus long.",
            ),
            text("commentaire", "Commentaire", 40),
        ),
    )
    return TabSchema("talents", "Talents", Owner.PEOPLE, "candidature", fields, hidden=True)


def talent_reviews(rules: TalentRules) -> TabSchema:
    """One row per juror and candidate, on the criteria and the scale of the call for talents."""
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15),
        JUROR,
        text("numero", "N° de dossier", 14, "Le projet pour lequel la personne est entendue."),
        *scored([*rules.labels.items()], *rules.scale),
        recusal(),
        text("commentaire", "Commentaire", 44),
    )
    shown = ("candidature", "numero", *rules.labels, "deport", "commentaire")
    cards = CardSchema("Vos notes", shown, ("candidature", "numero"), "Noter")
    return TabSchema(
        "evaluations_talents", "Évaluations talents", Owner.PEOPLE, "candidature", fields, hidden=True, cards=cards
    )


CHOICES: Final = WISHES
"""The fields of the choices of an answer, under the ids of those of a candidate."""

WISHES_SCHEMA: Final = TabSchema(
    "voeux_recus",
    "Vœux reçus",
    Owner.ROBOT,
    "numero",
    (
        Field("numero", "N° de la réponse", required=True),
        text("candidature", "N° de candidature", 15),
        email("email", "E-mail"),
        *(text(choice, f"Vœu {place}") for place, choice in enumerate(CHOICES, 1)),
        Field("date_depot", "Date de dépôt", Kind.DATETIME),
        Field("modifie_le", "Réponse modifiée le", Kind.DATETIME),
    ),
)
"""`modifie_le`: when the person last changed the answer, where the export says it of the form alone."""
