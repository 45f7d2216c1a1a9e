"""`[auditions]`: the days, hours and breaks in which the jury hears dossiers, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Annotated, Final

from pydantic import Field

from eig_sheets.config import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.hours import Hours, Span, slots_in
from eig_sheets.domain.rules import Count, Probability, Rules

_MOST_DAYS: Final = 60
_MOST_SLOTS = 1_000
_NOON: Final = time(12)
_AFTERNOON: Final = time(14)
_MIDDLE: Final = time(13)


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


def audition_errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each value of `[auditions]` that contradicts another."""
    rules = campaign.section(AuditionRules)
    for first, second in combinations(range(len(rules.days)), 2):
        if rules.days[first].span.overlaps(rules.days[second].span):
            yield (
                f"auditions.days[{first + 1}] et auditions.days[{second + 1}] se recouvrent, le "
                f"{rules.days[first].date:%d/%m/%Y} : gardez-en un, ou corrigez les heures"
            )
    for place, day in enumerate(rules.days, 1):
        if not any(slots_in(day.span, rules.length, rules.pauses)):
            yield (
                f"auditions.days[{place}] ({day.date:%d/%m/%Y}, {_written(day)}) : aucune audition de {rules.minutes} "
                "minutes n’y tient entre les pauses ; corrigez les heures, ou auditions.minutes"
            )
    for place, hours in enumerate(rules.breaks, 1):
        if rules.days and not any(hours.on(day.date).overlaps(day.span) for day in rules.days):
            yield (
                f"auditions.breaks[{place}] ({_written(hours)}) n’est dans les heures d’aucun jour de auditions.days : "
                "corrigez ou retirez cette pause"
            )
    ordered = sorted((hours.start, hours.end, place) for place, hours in enumerate(rules.breaks, 1))
    for (_, end, first), (start, _, second) in pairwise(ordered):
        if start < end:
            yield f"auditions.breaks[{first}] et auditions.breaks[{second}] se recouvrent : n’en gardez qu’une"
    if len(rules.slots) > _MOST_SLOTS:
        yield f"auditions donne {len(rules.slots)} créneaux, plus de {_MOST_SLOTS} : corrigez les jours ou les minutes"


def audition_questions(campaign: Campaign) -> Iterator[str]:
    """A French sentence when an applicant is invited for longer than the jury's slot lasts."""
    rules, invited_minutes = campaign.section(AuditionRules), campaign.emails.audition_minutes
    if rules.days and invited_minutes > rules.minutes:
        yield (
            f"emails.audition_minutes = {invited_minutes} dépasse auditions.minutes = {rules.minutes} : le porteur est "
            "convoqué pour plus longtemps que le créneau du jury ; vérifiez l’une des deux durées"
        )


def _written(hours: Hours) -> str:
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"


def half_days(campaign: Campaign) -> tuple[str, ...]:
    """Each half-day that has a slot, in the syntax of « Disponibilités »: « 04/05/2021 09:00–12:20 »."""
    rules = campaign.section(AuditionRules)
    halves = (half for sitting in rules.sittings for half in _halves(sitting, rules.pauses))
    open_halves = (half for half in halves if any(map(half.overlaps, rules.slots)))
    return tuple(f"{half.start:%d/%m/%Y %H:%M}–{half.end:%H:%M}" for half in open_halves)


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
