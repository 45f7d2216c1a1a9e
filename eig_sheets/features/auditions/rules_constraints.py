"""Which constraints a timetable breaks and who is concerned: each dossier against the rules, then the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from eig_sheets.features.auditions.rules_problem import Hearing, Placement, Timetabling


class Constraint(StrEnum):
    """What a timetable has to respect."""

    DAY = "jour"  # not a day on which the jury sits
    HOURS = "horaires"  # before the jury sits, or after
    BREAK = "pause"
    GROUP = "groupe"  # the group hears another dossier, which `who` names
    PARALLEL = "parallele"  # more groups at once than may be
    PORTEUR = "porteur"  # the porteur `who` is expected elsewhere
    AVAILABILITY = "disponibilites"  # the juror `who` cannot come
    RECUSAL = "deports"  # the juror `who` leaves, and too few stay
    QUORUM = "quorum"  # too few jurors of the group `who` are there


class Broken(NamedTuple):
    """A constraint that a dossier's audition breaks; `who`: a juror, a porteur, a dossier or a group, if any."""

    numero: str
    constraint: Constraint
    who: str | None = None


def broken(problem: Timetabling, placements: Sequence[Placement]) -> list[Broken]:
    """Every broken constraint, dossier by dossier in the order of `placements`."""
    all_broken: list[Broken] = []
    crowded = {*_crowded(problem, placements)}
    hearings = {hearing.numero: hearing for hearing in problem.hearings}
    together = [*_together(problem, hearings, placements)]
    for placement in placements:
        all_broken += _outside(problem, placement)
        all_broken += (breach for breach in together if breach.numero == placement.numero)
        all_broken += [Broken(placement.numero, Constraint.PARALLEL)] if placement.numero in crowded else []
        all_broken += _absences(problem, placement)
    return all_broken


def is_within(problem: Timetabling, placement: Placement) -> bool:
    """Whether an audition keeps to the days, hours and breaks, and enough jurors can hear it."""
    group = problem.group_named(placement.group)
    enough = problem.has_quorum(placement.numero, group, placement.span)
    return enough and not any(_outside(problem, placement))


def _outside(problem: Timetabling, placement: Placement) -> Iterator[Broken]:
    sittings, span = problem.rules.sittings, placement.span
    if all(sitting.start.date() != span.start.date() for sitting in sittings):
        yield Broken(placement.numero, Constraint.DAY)
    elif not any(sitting.contains(span) for sitting in sittings):
        yield Broken(placement.numero, Constraint.HOURS)
    if any(pause.overlaps(span) for pause in problem.rules.pauses):
        yield Broken(placement.numero, Constraint.BREAK)


def _together(problem: Timetabling, hearings: dict[str, Hearing], placements: Sequence[Placement]) -> Iterator[Broken]:
    """What two auditions at the same time break: each of the two is named. A group that is not known hears nothing."""
    groups = {group.name for group in problem.groups}
    for first, second in combinations(placements, 2):
        if not first.span.overlaps(second.span):
            continue
        if first.group == second.group and first.group in groups:
            yield Broken(first.numero, Constraint.GROUP, second.numero)
            yield Broken(second.numero, Constraint.GROUP, first.numero)
        for porteur in sorted(_in_both(problem, hearings, first, second)):
            yield Broken(first.numero, Constraint.PORTEUR, porteur)
            yield Broken(second.numero, Constraint.PORTEUR, porteur)


def _in_both(problem: Timetabling, hearings: dict[str, Hearing], first: Placement, second: Placement) -> Iterable[str]:
    """The porteurs of either who are expected in both, as porteurs or as jurors who hear it."""
    expected = [
        hearings[placement.numero].porteurs.union(
            problem.present(placement.numero, problem.group_named(placement.group), placement.span)
        )
        for placement in (first, second)
    ]
    return (hearings[first.numero].porteurs | hearings[second.numero].porteurs) & expected[0] & expected[1]


def _crowded(problem: Timetabling, placements: Sequence[Placement]) -> Iterator[str]:
    """The dossiers that are heard while more groups hear than may at once."""
    for placement in placements:
        at_once = [placed for placed in placements if placed.span.start <= placement.span.start < placed.span.end]
        if len(Counter(placed.group for placed in at_once)) > problem.most_at_once:
            yield from (placed.numero for placed in at_once)


def _absences(problem: Timetabling, placement: Placement) -> Iterator[Broken]:
    numero, group = placement.numero, problem.group_named(placement.group)
    for juror in problem.unavailable(numero, group, placement.span):
        yield Broken(numero, Constraint.AVAILABILITY, juror)
    if not problem.has_quorum(numero, group, placement.span):
        yield from (Broken(numero, Constraint.RECUSAL, juror) for juror in problem.recused(numero, group))
        yield Broken(numero, Constraint.QUORUM, group.name or None)
