"""The webinars in the calendar of the call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, entry
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.features.advice.settings import SlotSettings


def _webinars(campaign: Campaign) -> Iterator[AgendaEntry]:
    for place, webinar in enumerate(campaign.section(SlotSettings).webinars, 1):
        ends = webinar.starts + timedelta(minutes=webinar.minutes)
        yield entry(campaign, f"webinaire-{place}", f"Webinaire : {webinar.title}", webinar.starts, ends, webinar.link)


DATES: Final = Dates(_webinars)
