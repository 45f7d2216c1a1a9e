"""Legal mentions in messages about a decision: that a ranking founds it, and the ways of appeal against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.domain.decision_rules import AlgorithmRules
from eig_sheets.emails.mail.markdown import paragraphs
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.text.french import typographic

MENTION: Final = "mention_algorithme"
APPEAL: Final = "voies_recours"
REQUIRED: Final = {
    "purpose": "la finalité du classement",
    "contact": "à qui demander ses règles",
}
"""What the mention must say (CRPA, R. 311-3-1-1) and only the configuration knows: the key, and what it is."""


def legal_values(campaign: Campaign) -> dict[str, object]:
    """The placeholders of both texts; None for one that this call does not owe, or of which a part is missing."""
    algorithm, is_public = campaign.algorithm, campaign.decisions.public_law
    owed = is_public and algorithm.founds_decisions and not blank_keys(algorithm)
    return {
        MENTION: paragraphs(mention(algorithm)) if owed else None,
        APPEAL: paragraphs(campaign.decisions.voies_recours) or None if is_public else None,
    }


def mention(algorithm: AlgorithmRules) -> str:
    """The mention of code des relations entre le public et l’administration, L. 311-3-1 and R. 311-3-1-1.

    A month of silence is a refusal, the CADA within two months: R. 311-12, R. 311-13 and R. 343-1.
    """
    return typographic(
        "Cette décision a été prise sur le fondement d’un traitement algorithmique, au sens de l’article L. 311-3-1 du "
        f"code des relations entre le public et l’administration. Sa finalité : {_inside(algorithm.purpose)}. Vous "
        "avez le droit d’obtenir la communication des règles qui définissent ce traitement et des principales "
        f"caractéristiques de sa mise en œuvre à votre égard : demandez-la à {_inside(algorithm.contact)}. Un mois "
        "sans réponse vaut refus ; vous pouvez alors, dans les deux mois, saisir la Commission d’accès aux documents "
        "administratifs (CADA, www.cada.fr)."
    )


def _inside(text: str) -> str:
    """A text of the configuration inside a sentence of ours."""
    return " ".join(text.split()).removesuffix(".")


def blank_keys(algorithm: AlgorithmRules) -> list[str]:
    """The keys of `REQUIRED` that say nothing."""
    return [key for key in REQUIRED if not getattr(algorithm, key).strip()]


def with_legal_mentions(outcome: Message | Blocked, template: Template, campaign: Campaign) -> Message | Blocked:
    """The message; Blocked when it would announce a decision without what the law and the configuration want in it."""
    reasons = tuple(map(typographic, _faults(outcome, template, campaign)))
    if not reasons:
        return outcome
    return Blocked((*outcome.reasons, *reasons) if isinstance(outcome, Blocked) else reasons)


def _faults(outcome: Message | Blocked, template: Template, campaign: Campaign) -> Iterator[str]:
    if not campaign.decisions.public_law:
        return
    email, algorithm = campaign.catalogue.email_of(template.id), campaign.algorithm
    if email.founded_on_ranking and algorithm.founds_decisions:
        for key in blank_keys(algorithm):
            yield (
                f"algorithm.{key} est vide : la mention du classement (CRPA, R. 311-3-1-1) doit dire {REQUIRED[key]} ; "
                "complétez la configuration."
            )
        yield from _left_out(outcome, template, MENTION, campaign, "algorithm.founds_decisions = true")
    if email.refusal and campaign.decisions.voies_recours.strip():
        yield from _left_out(outcome, template, APPEAL, campaign, "decisions.voies_recours")


def _left_out(outcome: Message | Blocked, template: Template, name: str, campaign: Campaign, key: str) -> Iterator[str]:
    if name not in template.placeholders:
        yield f"Le modèle « {template.id} » ne contient pas {_TAG.format(name)}, que veut {key} : ajoutez-le au modèle."
    elif isinstance(outcome, Message) and not _says(outcome, legal_values(campaign)[name]):
        yield (
            f"Le modèle « {template.id} » n’écrit pas {_TAG.format(name)} dans ce message, alors que le veut {key} : "
            "sortez-le de la condition ({% if … %}) qui l’écarte."
        )


def _says(message: Message, text: object) -> bool:
    return not text or _letters(str(text)) in _letters(message.body)


def _letters(text: str) -> str:
    """A text without what the layout of a message changes: spaces, signs of Markdown, punctuation as it is typed."""
    return "".join(filter(str.isalnum, text))


_TAG: Final = "« {{{{ {} }}}} »"
