"""`[auditions]` in the configuration: its model, its errors, its dates among the others and in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading_parts import HalfDays
from eig_sheets.config import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside
from eig_sheets.emails.call_dates import Dates, entry
from eig_sheets.emails.mail.timetables import AgendaEntry
from eig_sheets.features.auditions.settings import AuditionRules, audition_errors, audition_questions, half_days

_DAYS: Final = "auditions.days.date"
SECTION: Final = Section(
    key="auditions",
    model=AuditionRules,
    errors=audition_errors,
    questions=audition_questions,
    orders=(
        Order("campaign.closes", _DAYS, "on entend les porteurs après la clôture", refused=False),
        Order(_DAYS, "scoring.closes", "les notes valent jusqu’à la fin du jury", refused=False),
        Order(_DAYS, "emails.jury_thanked", "les jurés sont remerciés après le jury", refused=False),
    ),
    jury_days="days",
    packaged=beside(__file__),
)
HALF_DAYS: Final = HalfDays(half_days)


def _sittings(campaign: Campaign) -> Iterator[AgendaEntry]:
    for number, day in enumerate(campaign.section(AuditionRules).days, 1):
        yield entry(campaign, f"audition-{number}", "Auditions du jury", *day.span, campaign.emails.audition_place)


DATES: Final = Dates(_sittings)
