"""The milestones of the ten months in the calendar of the call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, whole_day
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.features.follow_up.schedule import Period, schedule
from eig_sheets.features.follow_up.settings import FollowUpRules


def _milestones(campaign: Campaign) -> Iterator[AgendaEntry]:
    """Those of a project that begins on the first day of the call's own ten months."""
    period = campaign.emails.experimentation
    if period is None:
        return
    for planned in schedule(campaign.section(FollowUpRules), Period(period.starts, period.ends)):
        yield whole_day(campaign, f"jalon-{planned.key}", planned.label, planned.due)


DATES: Final = Dates(_milestones)
