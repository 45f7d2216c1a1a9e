"""The page that everybody may read (CRPA, L. 312-1-3): the rules of the ranking, from the configuration itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets import __version__
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.config import Campaign
from eig_sheets.report.algorithm.explanation import Explanation
from eig_sheets.report.algorithm.money import cofinancing_sections
from eig_sheets.report.algorithm.rules import criteria_section, eligibility_section, operations, parameters_section
from eig_sheets.report.algorithm.sources import RuleSources
from eig_sheets.report.sections import Section, section
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic

REQUIRED: Final = {
    "purpose": "la finalité du classement",
    "decided_by": "qui décide",
    "contact": "à qui demander ses règles",
}
"""What only the administration can say: the key of `[algorithm]`, and what it is."""

_SECTIONS: Final = (
    "campaign", "scoring", "criteria", "jury", "ranking", "eligibility", "cofinancing", "salaries", "selection",
    "algorithm",
)  # fmt: skip


class UnsaidError(Exception):
    """The configuration does not say what an explanation must say. The text is French and names the keys."""


def require(campaign: Campaign, *keys: str) -> None:
    """Raise UnsaidError for those of these keys of `[algorithm]` that are blank."""
    blank = [f"algorithm.{key} ({REQUIRED[key]})" for key in keys if not getattr(campaign.algorithm, key).strip()]
    if blank:
        raise UnsaidError(
            typographic(
                f"À compléter dans {campaign.to_edit}, que personne ne peut écrire à votre place : {', '.join(blank)}."
            )
        )


def published(campaign: Campaign, overrides: Overrides, day: date) -> Explanation:
    """The page of a campaign, as of that day. Raises UnsaidError.

    `overrides`: the settings of its officers, which `campaign` has; their cells are the sources of their values.
    """
    require(campaign, *REQUIRED)
    return Explanation(
        typographic("Comment les projets sont classés"),
        campaign.campaign.name or campaign.campaign.id,
        campaign.campaign.banner,
        tuple(_sections(campaign, overrides, day)),
    )


def _sections(campaign: Campaign, overrides: Overrides, day: date) -> Iterator[Section]:
    source_of = RuleSources(campaign, overrides)
    yield section("1. À quoi sert ce traitement, et qui décide", contribution(campaign))
    yield section("2. Les données, et d’où elles viennent", (), ("Donnée", "Source"), data(campaign), (8.8, 8.8))
    yield eligibility_section("3. Les conditions de l’appel", campaign, source_of)
    yield criteria_section("4. Les critères", campaign)
    yield parameters_section("5. Les paramètres, et d’où ils viennent", campaign, overrides, source_of)
    yield section("6. Les opérations, dans l’ordre", operations(campaign))
    yield from cofinancing_sections("7. Le co-financement", campaign, source_of)
    yield section("8. Vos droits", rights(campaign))
    yield section("9. Version", _version(campaign, day))


def contribution(campaign: Campaign) -> Iterator[str]:
    """What the treatment is for, how much it weighs in a decision, what people decide alone."""
    algorithm, is_public = campaign.algorithm, campaign.decisions.public_law
    who = "L’administration" if is_public else "L’organisme"
    yield f"Finalité : {_sentence(algorithm.purpose)}"
    yield f"Qui décide : {_sentence(algorithm.decided_by)}"
    if algorithm.founds_decisions:
        said = (
            " : les messages qui les annoncent le disent (code des relations entre le public et l’administration, "
            "L. 311-3-1)"
        )
        yield f"{who} considère que ses décisions sont prises sur le fondement de ce classement{said * is_public}."
    else:
        yield (
            f"{who} considère que ses décisions ne sont pas prises sur le fondement de ce classement : il éclaire la "
            "délibération du jury, qui n’est pas tenu de le suivre."
        )
    yield (
        "Le calcul classe et propose, il ne décide jamais. Les notes, les avis et les coups de cœur sont ceux des "
        "jurés ; la présélection et chaque décision sont saisies par des personnes, qui peuvent s’écarter de la "
        "proposition en écrivant pourquoi. Aucun message n’annonce une décision qui n’a pas été saisie, relue et "
        "validée."
    )


def data(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """The data that are processed, and where each comes from."""
    yield "Date de réception, contenu et attestations du dossier", "le dossier déposé par son porteur"
    yield "Note de chaque critère, avis, coup de cœur, déport", "les grilles remplies par les jurés"
    yield "Groupe de chaque juré", "l’équipe du programme"
    yield "Présélection, décision et leurs motifs", "les personnes qui décident"
    if campaign.cofinancing.rule != "none":
        yield (
            "Coût, type d’administration, programme budgétaire (co-financement seulement)",
            "le dossier, complété par l’équipe",
        )


def rights(campaign: Campaign) -> Iterator[str]:
    """How to ask for more, and to whom; decisions of private law are not those of CRPA."""
    contact = _sentence(campaign.algorithm.contact)
    if not campaign.decisions.public_law:
        yield (
            "Toute personne peut demander les règles de ce traitement, et le porteur d’un projet, une fois la décision "
            f"connue, ce qu’elles ont donné pour son dossier : {contact}"
        )
        return
    yield (
        "Toute personne peut demander les règles de ce traitement ; le porteur d’un projet peut aussi demander, une "
        "fois la décision connue, les principales caractéristiques de sa mise en œuvre pour son dossier (code des "
        f"relations entre le public et l’administration, L. 311-3-1) : {contact}"
    )
    yield (
        "Un mois sans réponse vaut refus ; la Commission d’accès aux documents administratifs (CADA, www.cada.fr) peut "
        "alors être saisie dans les deux mois."
    )


def _sentence(text: str) -> str:
    return " ".join(text.split()).removesuffix(".") + "."


def _version(campaign: Campaign, day: date) -> Iterator[str]:
    of_day = f"avec la configuration du {french_day(day)}"
    yield f"Appel {campaign.campaign.id}. Page écrite par eig-sheets {__version__}, {of_day}."
    yield f"Empreinte des règles (SHA-256) : {rules_digest(campaign)}"


def rules_digest(campaign: Campaign) -> str:
    """The SHA-256 of the sections of the configuration that the page tells: the same for the same rules."""
    rules = campaign.model_dump(mode="json", include=set(_SECTIONS))
    return hashlib.sha256(json.dumps(rules, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
