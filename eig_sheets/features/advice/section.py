"""`[slots]` in the configuration: its model, its errors, the keys that it took from `[emails]`, its dates."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.features.advice.settings import SlotSettings, slot_errors

SECTION: Final = Section(
    key="slots",
    model=SlotSettings,
    errors=slot_errors,
    moved={
        "emails.advice_minutes": "slots.minutes",
        "emails.advice_place": "slots.place",
        "emails.appointment_reminder_days": "slots.reminder_days",
        "emails.submission_reminders": "slots.submission_reminders",
        "emails.webinars": "slots.webinars",
    },
    orders=(
        Order("slots.webinars.invited", "slots.webinars.starts", "on est invité avant un webinaire", of_one_item=True),
        Order("slots.webinars.starts", "campaign.closes", "un webinaire prépare à candidater", refused=False),
    ),
    texts_of_one_call=("slots.webinars.recording",),
    packaged=beside(__file__),
)
TEXTS: Final = texts_beside(__file__)
