"""`[auditions]` in the configuration: its model, its errors, its dates among the others."""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.half_days import HalfDays
from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside
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
