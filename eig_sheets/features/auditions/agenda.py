"""The auditions in the calendar of the call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, entry
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.features.auditions.settings import AuditionRules


def _sittings(campaign: Campaign) -> Iterator[AgendaEntry]:
    for number, day in enumerate(campaign.section(AuditionRules).days, 1):
        yield entry(campaign, f"audition-{number}", "Auditions du jury", *day.span, campaign.emails.audition_place)


DATES: Final = Dates(_sittings)
