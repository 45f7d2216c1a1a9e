"""The half-days in which the jury hears dossiers, as jurors are asked whether they are available. Pure."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from eig_sheets.domain.audition_rules import AuditionRules, Span

_NOON: Final = time(12)
_AFTERNOON: Final = time(14)
_MIDDLE: Final = time(13)


def half_days(rules: AuditionRules) -> tuple[str, ...]:
    """Each half-day that has a slot, in the syntax of « Disponibilités »: « 04/05/2021 09:00–12:20 »."""
    halves = (half for sitting in rules.sittings for half in _halves(sitting, rules.pauses))
    return tuple(_written(half) for half in halves if any(map(half.overlaps, rules.slots)))


def _halves(sitting: Span, pauses: tuple[Span, ...]) -> tuple[Span, ...]:
    """The two sides of the break at lunch; without one, of one o’clock, for who sits before noon and after two."""
    day = sitting.start.date()
    lunch = Span(datetime.combine(day, _NOON), datetime.combine(day, _AFTERNOON))
    longest = max(
        (pause for pause in pauses if pause.overlaps(lunch)), key=lambda pause: pause.end - pause.start, default=None
    )
    if longest is None and not (sitting.start < lunch.start and lunch.end < sitting.end):
        return (sitting,)
    middle = datetime.combine(day, _MIDDLE)
    morning_ends, afternoon_starts = longest or (middle, middle)
    morning = Span(sitting.start, min(sitting.end, morning_ends))
    return morning, Span(max(sitting.start, afternoon_starts), sitting.end)


def _written(half: Span) -> str:
    return f"{half.start:%d/%m/%Y %H:%M}–{half.end:%H:%M}"
