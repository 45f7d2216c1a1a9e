"""Values of messages that no cell holds: of the configuration, and the answers received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from eig_sheets.campaign.receipts import ReceivedDossier
from eig_sheets.config import Campaign
from eig_sheets.emails.drafting.legal_mentions import legal_values
from eig_sheets.emails.drafting.subjects import CommonValues
from eig_sheets.emails.mail.context import DatedText
from eig_sheets.text.french import in_letters, listed, number, typographic
from eig_sheets.text.french_days import in_months, named_days, of_months


def common(campaign: Campaign) -> dict[str, object]:
    """The values of the configuration, the same for every message."""
    emails, period, features = campaign.emails, campaign.emails.experimentation, campaign.features
    return {
        "campagne": campaign.campaign.name or campaign.campaign.id,
        "contact": emails.contact,
        "signature": emails.signature,
        "reponse_avant": emails.reply_before,
        "dates_jury": days_text(emails.jury_dates),
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
        yield f"illisible : {listed(received.unreadable)}"
    if received.missing:
        yield f"il manque {listed(received.missing)}"
    if received.typed:
        yield "l’équipe a saisi une évaluation de vous, qui compte à la place"


def _note(note: float | str) -> str:
    return note if isinstance(note, str) else number(note)
