"""`[slots]`: the days and hours of advice slots, and those on which there are none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from eig_sheets.domain.audition_rules import Hours, Span, slots_in
from eig_sheets.domain.rules import Rules

Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_WEEK: Final[tuple[Weekday, ...]] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class SlotRules(Rules):
    """Advice slots are given on some days of the week, in some hours, but for breaks and days off.

    `shown`: how many free slots a message or a list to paste has, at most.
    """

    weekdays: tuple[Weekday, ...] = ()
    hours: tuple[Hours, ...] = ()
    breaks: tuple[Hours, ...] = ()
    days_off: tuple[date, ...] = ()
    shown: Annotated[int, Field(ge=1, le=200)] = 20

    def is_a_day(self, day: date) -> bool:
        """Whether advice is given on that day of the week, and it is no day off."""
        return _WEEK[day.weekday()] in self.weekdays and day not in self.days_off

    def slots_on(self, day: date, minutes: int) -> Iterator[Span]:
        """The slots of so many minutes of a day on which there are some."""
        pauses = tuple(sorted(pause.on(day) for pause in self.breaks))
        for hours in sorted(self.hours, key=lambda opening: opening.start):
            yield from slots_in(hours.on(day), timedelta(minutes=minutes), pauses)
