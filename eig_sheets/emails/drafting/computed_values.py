"""Values of messages that no cell holds: of the configuration, grilles, answers received, ways of appeal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from eig_sheets.call.jury.grilles import NOTES, PageLink
from eig_sheets.call.jury.receipts import ReceivedDossier
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import AlgorithmRules
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.drafting.subjects import CommonValues
from eig_sheets.emails.mail.context import DatedText
from eig_sheets.emails.mail.filters import paragraphs
from eig_sheets.emails.mail.messages import AttachedFile, Blocked, Message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.text.french import in_letters, listed, number, typographic
from eig_sheets.text.french_days import in_months, named_days, of_months


class Grilles:
    """Where each juror notes, as the tab `Grilles` records it."""

    def __init__(self, pages: Iterable[PageLink], others_fill: Callable[[], Collection[str]]) -> None:
        """`others_fill`: the jurors whose grille somebody else of their group fills."""
        self._pages = {page.jure: page for page in pages if page.page == NOTES}
        self._others_fill = others_fill

    def link_of(self, juror: str) -> str | None:
        """The page online of a juror."""
        page = self._pages.get(juror)
        return (page.link or None) if page else None

    def file_of(self, juror: str) -> AttachedFile | None:
        """The file that a juror fills; None for who has a page online, no file, or nothing to fill."""
        page = self._pages.get(juror)
        if page is None or page.link or not page.file or juror in self._others_fill():
            return None
        return AttachedFile(page.jure, page.file, page.file_digest)

    def file_name_of(self, juror: str) -> str | None:
        """The name of that file."""
        file = self.file_of(juror)
        return file.name if file else None


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
    email, algorithm = catalogue_of(campaign.features).email_of(template.id), campaign.algorithm
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


def common(campaign: Campaign) -> dict[str, object]:
    """The values of the configuration, the same for every message."""
    emails, period, features = campaign.emails, campaign.emails.experimentation, campaign.features
    return {
        "campagne": campaign.campaign.name or campaign.campaign.id,
        "contact": emails.contact,
        "signature": emails.signature,
        "reponse_avant": emails.reply_before,
        "dates_jury": days_text(emails.jury_dates),
        "lieu_jury": emails.jury_place.strip().rstrip("."),
        "cofinancement_avant": emails.cofinancing_before,
        "mois_cadrage": _months(emails.scoping_months),
        "mois_contrats": _months(emails.contract_months),
        "cloture": campaign.campaign.last_moment,
        "debut_experimentation": period.starts if period else None,
        "fin_experimentation": period.ends if period else None,
        "duree_experimentation": f"{in_letters(period.months)} mois" if period else None,
        **legal_values(campaign),
        **{name: None for part in features.parts_off(CommonValues) for name in part.placeholders},
        **{name: value for part in features.parts(CommonValues) for name, value in part.values(campaign).items()},
    }


def days_text(text: str) -> str:
    """The text about some days, with their dates where it tells them."""
    days = named_days(text)
    return DatedText.of(text, *days) if days else text


def _months(days: Sequence[date]) -> DatedText | None:
    """« en juillet et en août », from the first of July to the last of August, whatever the days."""
    return DatedText.of(in_months(days), *of_months(days)) if days else None


def answers_text(received: ReceivedDossier) -> str:
    """« Pertinence du besoin 3,5 ; Définition NSP ; il manque Engagement »."""
    return typographic(" ; ".join(_parts(received)))


def _parts(received: ReceivedDossier) -> Iterator[str]:
    if received.stands_aside:
        yield "vous vous déportez" + (" (réponse peu claire : l’équipe confirmera)" if received.doubtful else "")
    yield from (f"{label} {_note(note)}" for label, note in received.notes)
    if received.unreadable:
        yield f"à corriger : {listed(received.unreadable)}"
    if received.missing:
        yield f"il manque {listed(received.missing)}"
    if received.typed:
        yield "l’équipe a saisi une évaluation de vous, qui compte à la place"


def _note(note: float | str) -> str:
    return note if isinstance(note, str) else number(note)
