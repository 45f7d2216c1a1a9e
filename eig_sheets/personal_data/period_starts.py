"""The days from which the periods of a campaign run, for what has no day of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eig_sheets.config import Campaign
from eig_sheets.personal_data.holdings import Start

Starts = Mapping[Start, date]


def period_starts(campaign: Campaign) -> Starts:
    """The end of the experimentation, else the closing of the call; and the last contact with the candidates."""
    last = campaign.emails.experimentation
    end = last.ends if last else campaign.campaign.last_moment.date()
    return {Start.CAMPAIGN: end, Start.CONTACT: _last_contact(campaign) or end}


def _last_contact(campaign: Campaign) -> date | None:
    """The last day that the call for candidates has: that of its outcome, when it says one; None when it has none."""
    rules, told = campaign.talents, campaign.emails.talents
    closes = rules.last_moment.date() if rules.last_moment else None
    days = (closes, *rules.hearing_days, rules.results_before, told.announced)
    return max((day for day in days if day), default=None)
