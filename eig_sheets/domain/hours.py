"""Hours of a day, spans of time, and the slots that some hours have room for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from eig_sheets.domain.rules import Rules

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])(?:\s*[:hH]\s*([0-5]\d)?)", re.ASCII)


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


def slots_in(sitting: Span, length: timedelta, pauses: tuple[Span, ...]) -> Iterator[Span]:
    """The slots of some hours: what would overlap a break begins after it."""
    start = sitting.start
    while start + length <= sitting.end:
        slot = Span(start, start + length)
        hit = max((pause.end for pause in pauses if pause.overlaps(slot)), default=None)
        if hit is None:
            yield slot
        start = slot.end if hit is None else hit
