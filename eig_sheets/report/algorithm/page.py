"""The page that everybody may read: the rules of the ranking, from the configuration itself (CRPA, L. 312-1-3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets import __version__
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.campaign.ranking_digest import canonical
from eig_sheets.campaign.reading import schema_of
from eig_sheets.config import Campaign
from eig_sheets.report.algorithm.explanation import Explanation
from eig_sheets.report.algorithm.money import cofinancing_sections
from eig_sheets.report.algorithm.rules import criteria_section, eligibility_section, operations, parameters_section
from eig_sheets.report.rule_sources import RuleSources
from eig_sheets.report.sections import Section, section
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic

REQUIRED: Final = {
    "purpose": "la finalité du classement",
    "decided_by": "qui décide",
    "contact": "à qui demander ses règles",
}
"""What only the administration can say: the key of `[algorithm]`, and what it is."""

FILED: Final = "le dossier déposé par son porteur"
READ_IN_FICHE: Final = "la fiche détaillée du dossier, lue par l’équipe"

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


def require_sources(campaign: Campaign, source_of: RuleSources) -> None:
    """Raise UnsaidError for the values that were told, and whose source is not written beside them."""
    if not source_of.unsourced:
        return
    keys = [f"{key} (weight)" if key.startswith("criteria.") else key for key in source_of.unsourced]
    [named] = campaign.provenance.located([", ".join(keys)])
    raise UnsaidError(
        typographic(
            f"Rien ne dit d’où viennent ces valeurs de {campaign.path} : {named}. Écrivez-le en commentaire, à la fin "
            "de la ligne de chacune (par exemple weight = 3  # Règlement, 5), ou que c’est une hypothèse."
        )
    )


def published(campaign: Campaign, overrides: Overrides, day: date) -> Explanation:
    """The page of a campaign, as of that day. Raises UnsaidError.

    `overrides`: the settings of its officers, which `campaign` has; their cells are the sources of their values.
    """
    require(campaign, *REQUIRED)
    source_of = RuleSources(campaign, overrides)
    sections = tuple(_sections(campaign, source_of, day))
    require_sources(campaign, source_of)
    title = campaign.campaign.name or campaign.campaign.id
    return Explanation(typographic("Comment les projets sont classés"), title, campaign.campaign.banner, sections)


def _sections(campaign: Campaign, source_of: RuleSources, day: date) -> Iterator[Section]:
    yield section("1. À quoi sert ce traitement, et qui décide", contribution(campaign))
    yield section("2. Les données, et d’où elles viennent", (), ("Donnée", "Source"), data(campaign), (8.8, 8.8))
    yield eligibility_section("3. Les conditions de l’appel", campaign, source_of)
    yield criteria_section("4. Les critères", campaign)
    yield parameters_section("5. Les paramètres, et d’où ils viennent", campaign, source_of)
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
    yield from _filed(campaign)
    yield "Note de chaque critère, avis, coup de cœur, déport", "les grilles remplies par les jurés"
    yield "Groupe de chaque juré", "l’équipe du programme"
    yield "Présélection, décision et leurs motifs", "les personnes qui décident"
    if campaign.cofinancing.rule != "none":
        yield (
            "Coût, type d’administration, programme budgétaire (co-financement seulement)",
            "le dossier, complété par l’équipe",
        )


def _filed(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What applicants filed as such, and what the team read in their document and typed."""
    rules, tab = campaign.eligibility, schema_of(campaign).tab("candidatures")
    filed = [name for name in rules.attestations if name not in rules.read_in_fiche]
    content = ", contenu et attestations du dossier" if filed else " et contenu du dossier"
    yield f"Date de réception{content}", FILED
    if rules.read_in_fiche:
        yield " ; ".join(tab.field(name).header for name in rules.read_in_fiche), READ_IN_FICHE


def rights(campaign: Campaign) -> Iterator[str]:
    """How to ask for more, and to whom.

    Decisions of private law are not those of CRPA; L. 311-3-1 is only of those that the ranking founds.
    """
    contact = _sentence(campaign.algorithm.contact)
    if not campaign.decisions.public_law:
        yield (
            "Toute personne peut demander les règles de ce traitement, et le porteur d’un projet, une fois la décision "
            f"connue, ce qu’elles ont donné pour son dossier : {contact}"
        )
        return
    founded = campaign.algorithm.founds_decisions
    told = "les principales caractéristiques de sa mise en œuvre" if founded else "ce qu’elles ont donné"
    article = "L. 311-3-1" if founded else "L. 311-1, sur les documents administratifs"
    yield (
        "Toute personne peut demander les règles de ce traitement ; le porteur d’un projet peut aussi demander, une "
        f"fois la décision connue, {told} pour son dossier (code des relations entre le public et l’administration, "
        f"{article}) : {contact}"
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
    yield f"Empreinte des règles (SHA-256) : {_digest(campaign)}"
    yield (
        f"Elle porte sur les sections {', '.join(_SECTIONS)} de la configuration, réglages de l’équipe compris, et "
        "sur decisions.public_law, en JSON (UTF-8, clés triées, sans espaces)."
    )


def _digest(campaign: Campaign) -> str:
    """The SHA-256 of what the page tells of the configuration: the same for the same rules."""
    rules = campaign.model_dump(mode="json", include={**dict.fromkeys(_SECTIONS, True), "decisions": {"public_law"}})
    return hashlib.sha256(canonical(rules)).hexdigest()
