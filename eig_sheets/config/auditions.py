"""Checks of `[auditions]`: hours that overlap, breaks of no day, days in which no audition fits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from eig_sheets.domain.audition_rules import AuditionRules, Hours, slots_in

_MOST_SLOTS = 1_000


def audition_errors(rules: AuditionRules) -> Iterator[str]:
    """A French sentence for each value of `[auditions]` that contradicts another."""
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


def audition_questions(rules: AuditionRules, invited_minutes: int) -> Iterator[str]:
    """A French sentence when an applicant is invited for longer than the jury's slot lasts."""
    if rules.days and invited_minutes > rules.minutes:
        yield (
            f"emails.audition_minutes = {invited_minutes} dépasse auditions.minutes = {rules.minutes} : le porteur est "
            "convoqué pour plus longtemps que le créneau du jury ; vérifiez l’une des deux durées"
        )


def _written(hours: Hours) -> str:
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"
