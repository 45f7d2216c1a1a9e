"""The free advice slots, as messages to who asks for one list them."""

from __future__ import annotations

from datetime import date, datetime, time

from eig_sheets.config import Campaign
from eig_sheets.domain.slots import free
from eig_sheets.emails.drafting.lines import Lines
from eig_sheets.emails.mail.context import Missing


def shown_slots(lines: Lines, campaign: Campaign, today: date | None) -> tuple[datetime, ...] | Missing:
    """The next free slots, the day after `today` at the earliest: who reads the message has to answer it.

    Where there is none, what a person should do.
    """
    after = datetime.combine(today, time.max) if today else datetime.min
    slots = free(lines.frame, campaign.emails.advice_minutes, after)
    shown: tuple[datetime, ...] = tuple(start.to_pydatetime() for start in slots["debut"].head(campaign.slots.shown))
    return shown or Missing(lines.tab.name, "n’a plus rien à proposer", "ajoutez des créneaux « Libre » dans")
