"""`[auditions]`: the days, hours and breaks in which the jury hears dossiers, and how long it takes for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from eig_sheets.domain.rules import Count, Probability, Rules

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])(?:\s*[:hH]\s*([0-5]\d)?)", re.ASCII)
_MOST_DAYS: Final = 60


class Span(NamedTuple):
    """From a moment, included, to another, excluded; naive, in the campaign's time zone."""

    start: datetime
    end: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether they have a moment in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether all of another is within this one."""
        return self.start <= other.start and other.end <= self.end


def _clock(value: Any) -> time:
    """« 09:00 », « 9h30 » or an hour of TOML."""
    if isinstance(value, time):
        return value
    clock = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if clock is None:
        raise PydanticCustomError("clock_type", "an hour of the day")
    return time(int(clock[1]), int(clock[2] or 0))


Clock = Annotated[time, BeforeValidator(_clock)]


class Hours(Rules):
    """`{from, to}`: hours of a day."""

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError("hours_upside_down")
        return self

    def on(self, day: date) -> Span:
        """These hours on a day."""
        return Span(datetime.combine(day, self.start), datetime.combine(day, self.end))


class AuditionDay(Hours):
    """`{date, from, to}`: hours in which the jury sits."""

    date: date

    @property
    def span(self) -> Span:
        """From its first moment to its last."""
        return self.on(self.date)


class AuditionRules(Rules):
    """`[auditions]`: a slot lasts `minutes`, presentation and deliberation included; breaks are of every day.

    `parallel`: how many groups hear at once, all of them unless said. `quorum`: the share of a group that has to be
    there. A call without `days` has no timetable.
    """

    minutes: Annotated[int, Field(ge=5, le=720)] = 40
    days: Annotated[tuple[AuditionDay, ...], Field(max_length=_MOST_DAYS)] = ()
    breaks: tuple[Hours, ...] = ()
    parallel: Count | None = None
    quorum: Probability = 0.5

    @property
    def length(self) -> timedelta:
        """How long a slot lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def sittings(self) -> tuple[Span, ...]:
        """The hours of all days, in order."""
        return tuple(sorted(day.span for day in self.days))

    @property
    def pauses(self) -> tuple[Span, ...]:
        """The breaks of all days, in order."""
        days = sorted({day.date for day in self.days})
        return tuple(sorted(hours.on(day) for day in days for hours in self.breaks))

    @property
    def slots(self) -> tuple[Span, ...]:
        """The slots that auditions are proposed in: one after the other from the beginning, and after each break."""
        return tuple(slot for sitting in self.sittings for slot in slots_in(sitting, self.length, self.pauses))


def slots_in(sitting: Span, length: timedelta, pauses: tuple[Span, ...]) -> Iterator[Span]:
    """The slots of some hours: what would overlap a break begins after it."""
    start = sitting.start
    while start + length <= sitting.end:
        slot = Span(start, start + length)
        hit = max((pause.end for pause in pauses if pause.overlaps(slot)), default=None)
        if hit is None:
            yield slot
        start = slot.end if hit is None else hit
