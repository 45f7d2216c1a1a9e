"""The days from which the periods of a campaign run, for what has no day of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eig_sheets.campaign.key_dates import LastContact
from eig_sheets.config import Campaign
from eig_sheets.personal_data.holdings import Start

Starts = Mapping[Start, date]


def period_starts(campaign: Campaign) -> Starts:
    """The end of the experimentation, else the closing of the call; and the last contact with others."""
    last = campaign.emails.experimentation
    end = last.ends if last else campaign.campaign.last_moment.date()
    days = (part.day(campaign) for part in campaign.features.parts(LastContact))
    contacts = [day for day in days if day is not None]
    return {Start.CAMPAIGN: end, Start.CONTACT: max(contacts, default=end)}
