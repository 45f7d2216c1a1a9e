"""What an administration says of its ranking: what it is for, who decides, the rights of people; required of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.report.rule_sources import RuleSources
from eig_sheets.text.french import typographic

REQUIRED: Final = {
    "purpose": "la finalité du classement",
    "decided_by": "qui décide",
    "contact": "à qui demander ses règles",
}
"""What only the administration can say: the key of `[algorithm]`, and what it is."""

FILED: Final = "le dossier déposé par son porteur"
READ_IN_FICHE: Final = "la fiche détaillée du dossier, lue par l’équipe"


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
