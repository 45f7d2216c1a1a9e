"""The people's tabs of the call for talents: candidates, and their evaluations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from eig_sheets.campaign.dependencies import AS_IT_WAS, LEFT_OUT
from eig_sheets.campaign.reading_parts import PeopleTab, Revealed
from eig_sheets.campaign.tabs import NameErrors, label_errors
from eig_sheets.config import Campaign
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.domain.date_bounds import Bounds, call_bounds, contract_bounds, window_bounds
from eig_sheets.domain.decisions import TALENT_STATES
from eig_sheets.features.talents.settings import WISHES, CandidateForm, TalentDates, TalentRules, WishForm
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.workbook.fields import (
    JUROR,
    CardSchema,
    Field,
    Kind,
    TabSchema,
    choice,
    email,
    internal,
    recusal,
    scored,
    text,
)
from eig_sheets.workbook.schema import Schema

TALENTS, REVIEWS = "talents", "evaluations_talents"


def _talents(campaign: Campaign) -> TabSchema:
    """One row per candidate."""
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15, is_number=True),
        text("prenom", "Prénom"),
        text("nom", "Nom"),
        email("email", "E-mail"),
        Field("metier", "Métier", width=24, offered=campaign.words.profiles),
        Field("experience", "Années d’expérience", Kind.YEARS, width=12, note="Cinq ans et demi : 5,5."),
        text("statut_actuel", "Statut actuel"),
        Field("date_depot", "Date de dépôt", Kind.DATETIME),
        text("etat", "État du dossier", 16, "Sur la plateforme, quand la candidature a été importée."),
        text("cv", "CV"),
        *(
            Field(wish, f"Vœu {n}", width=12, note="Numéro de dossier.", is_number=True)
            for n, wish in enumerate(WISHES, 1)
        ),
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
            Field(
                "projet_decide", "Projet décidé", width=14, note="Numéro de dossier.", remembered=True, is_number=True
            ),
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
    return TabSchema(
        TALENTS,
        "Talents",
        Owner.PEOPLE,
        "candidature",
        fields,
        hidden=True,
        identity=("candidature",),
        unique=True,
        named_people=True,
    )


def _reviews(campaign: Campaign) -> TabSchema:
    """One row per juror and candidate, on the criteria and the scale of the call for talents."""
    rules = campaign.section(TalentRules)
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15, is_number=True),
        JUROR,
        Field(
            "numero",
            "N° de dossier",
            width=14,
            note="Le projet pour lequel la personne est entendue.",
            is_number=True,
        ),
        *scored([*rules.labels.items()], *rules.scale),
        recusal(),
        text("commentaire", "Commentaire", 44),
    )
    shown = ("candidature", "numero", *rules.labels, "deport", "commentaire")
    cards = CardSchema("Vos notes", shown, ("candidature", "numero"), "Noter")
    return TabSchema(
        REVIEWS,
        "Évaluations talents",
        Owner.PEOPLE,
        "candidature",
        fields,
        hidden=True,
        cards=cards,
        identity=("candidature", "jure", "numero"),
        may_lack="numero",
        of_jurors=True,
    )


def _bounds(campaign: Campaign) -> Mapping[str, Bounds]:
    """The deposit of a candidature, as long before or after the window as for dossiers; the rest is of the call."""
    rules, call = campaign.section(TalentRules), campaign.campaign
    period = campaign.emails.experimentation, campaign.cofinancing
    bounds = {}
    if rules.first_moment is not None and rules.last_moment is not None:
        bounds["date_depot"] = window_bounds(rules.first_moment, rules.last_moment, *period)
    until_the_end, afterwards = call_bounds(call, *period), contract_bounds(call, *period)
    if until_the_end is not None and afterwards is not None:
        bounds |= dict.fromkeys(("audition", "voeux_le", "debut_contrat"), until_the_end)
        bounds["fin_contrat"] = afterwards
    return bounds


TABS: Final = (
    PeopleTab(
        id=TALENTS,
        schema=_talents,
        contents="Les candidatures à l’appel à talents",
        recruits=True,
        bounds=_bounds,
        messages=("candidature", "email", "statut", "projet_decide", "audition"),
        meanwhile=(
            (("candidature",), LEFT_OUT),
            (("statut", "projet_decide"), AS_IT_WAS),
            (("email",), "rien n’y part"),
            (("experience", "cout_reel", "debut_contrat", "fin_contrat"), "le montant reste une fourchette"),
        ),
    ),
    PeopleTab(
        id=REVIEWS,
        schema=_reviews,
        contents="Les évaluations de ces candidatures",
        meanwhile=((("deport",), "le juré se déporte de cette candidature"),),
    ),
)


def _name_errors(campaign: Campaign, everything: Schema) -> Iterator[str]:
    fields = everything.tab(TALENTS).fields
    candidate, answer = [field.id for field in fields], [field.id for field in WISHES_SCHEMA.fields]
    yield from unknown_name_errors("import.talents.fields", campaign.section(CandidateForm).fields, candidate)
    yield from unknown_name_errors("import.wishes.fields", campaign.section(WishForm).fields, answer)
    rules = campaign.section(TalentRules)
    yield from unknown_name_errors("talents.required", rules.required, candidate)
    for number, exclusion in enumerate(rules.exclusions, 1):
        texts = [field.id for field in fields if field.kind is Kind.TEXT]
        yield from unknown_name_errors(f"talents.exclusions[{number}].fields", exclusion.fields, texts)
    yield from label_errors(rules.criteria, "talents.criteria", everything.tab(REVIEWS))


NAMES: Final = NameErrors(_name_errors)
REVEALED: Final = Revealed("emails.talents.revealed", lambda campaign: campaign.section(TalentDates).revealed)
