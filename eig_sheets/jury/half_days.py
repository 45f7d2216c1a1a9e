"""The half-days in which the jury hears dossiers, as jurors are asked whether they are available. Pure."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from eig_sheets.domain.audition_rules import AuditionRules, Span

_NOON: Final = time(12)
_AFTERNOON: Final = time(14)
_MIDDLE: Final = time(13)


def half_days(rules: AuditionRules) -> tuple[str, ...]:
    """Each half-day in the syntax of « Disponibilités »: « 04/05/2021 09:00–12:20 »."""
    return tuple(_written(half) for sitting in rules.sittings for half in _halves(sitting, rules.pauses))


def _halves(sitting: Span, pauses: tuple[Span, ...]) -> list[Span]:
    """The two sides of the break at lunch, or of one o’clock; all of it when it has one side only."""
    day = sitting.start.date()
    lunch = Span(datetime.combine(day, _NOON), datetime.combine(day, _AFTERNOON))
    middle = datetime.combine(day, _MIDDLE)
    pause = max((one for one in pauses if one.overlaps(lunch)), key=lambda one: one.end - one.start, default=None)
    morning_ends, afternoon_starts = pause or (middle, middle)
    morning = Span(sitting.start, min(sitting.end, morning_ends))
    afternoon = Span(max(sitting.start, afternoon_starts), sitting.end)
    return [half for half in (morning, afternoon) if half.start < half.end]


def _written(half: Span) -> str:
    return f"{half.start:%d/%m/%Y %H:%M}–{half.end:%H:%M}"
