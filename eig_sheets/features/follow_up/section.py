"""`[follow_up]` in the configuration: its model, its errors, the keys that stood elsewhere, its dates."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.features.follow_up.settings import FollowUpRules, follow_up_errors

_DAYS: Final = "follow_up.milestones.date"
SECTION: Final = Section(
    key="follow_up",
    model=FollowUpRules,
    errors=follow_up_errors,
    moved={
        "milestones": "follow_up.milestones",
        "emails.experimentation.remind_days": "follow_up.remind_days",
    },
    orders=(
        Order("scoring.closes", _DAYS, "les jalons sont ceux des lauréats", refused=False),
        Order(_DAYS, "emails.experimentation.ends", "un jalon précède la fin du projet", refused=False),
    ),
    packaged=beside(__file__),
)
TEXTS: Final = texts_beside(__file__)
