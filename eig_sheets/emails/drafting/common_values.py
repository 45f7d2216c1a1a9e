"""The values of the configuration that every message may name; those about days know when these are past."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from eig_sheets.config import Campaign
from eig_sheets.domain.rules import Days, Experimentation
from eig_sheets.emails.mail.context import DatedText
from eig_sheets.text import french


def common(campaign: Campaign) -> dict[str, object]:
    """The values of the configuration, the same for every message."""
    emails, period = campaign.emails, campaign.emails.experimentation
    return {
        "campagne": campaign.campaign.name or campaign.campaign.id,
        "contact": emails.contact,
        "signature": emails.signature,
        "reponse_avant": emails.reply_before,
        "dates_jury": _days(emails.jury_dates, campaign.scoring.closes),
        "dates_jury_talents": _days(emails.talents.jury_dates),
        "voeux_avant": emails.talents.wishes_before,
        "revelation_projets": emails.talents.revealed,
        "cofinancement_avant": emails.cofinancing_before,
        "mois_cadrage": _months(emails.scoping_months),
        "mois_contrats": _months(emails.contract_months),
        "debut_experimentation": period.starts if period else None,
        "fin_experimentation": period.ends if period else None,
        "duree_experimentation": _length(period) if period else None,
    }


def _days(days: Days, closes: date | None = None) -> str | None:
    """What is said of days; of those given as a text, `closes` is known to be the last."""
    if isinstance(days, str):
        last = date(closes.year, closes.month, closes.day) if closes else None
        return DatedText.of(days, last, last) if last and days else days
    return DatedText.of(french.days(days), min(days), max(days)) if days else None


def _months(days: Sequence[date]) -> DatedText | None:
    """« en juillet et en août », from the first of July to the last of August, whatever the days."""
    if not days:
        return None
    first, last = min(days), max(days)
    return DatedText.of(
        french.in_months(days), first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    )


def _length(period: Experimentation) -> str:
    return f"{french.in_letters(period.months)} mois"
