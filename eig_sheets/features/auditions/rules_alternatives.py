"""Where else a dossier could be heard, every other audition staying: what each slot would cost, or what prevents it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final, NamedTuple

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_candidates import choice_of
from eig_sheets.features.auditions.rules_constraints import Constraint, broken
from eig_sheets.features.auditions.rules_problem import Hearing, Placement, Timetabling

_OBSTACLES: Final = (Constraint.GROUP, Constraint.PORTEUR, Constraint.PARALLEL, Constraint.QUORUM)
"""What can prevent a slot of the rules; the first of several is shown."""


class Criterion(StrEnum):
    """What is compared between two places of a dossier, in this order."""

    ABSENT = "absents"  # jurors who cannot come
    STRANGERS = "lecteurs"  # readers of it who are of another group
    LEAVING = "retraits"  # jurors who step out
    NEW_DAY = "jours"  # whether it takes a day on which no other is heard
    START = "heure"


class Costs(NamedTuple):
    """What a place costs, by criterion: the lower the better, the first before the next."""

    absent: int
    strangers: int
    leaving: int
    new_day: bool
    span: Span

    def first_difference(self, other: Costs) -> Criterion | None:
        """The criterion that decides between two places; None when none does."""
        return next((criterion for criterion, own, its in zip(Criterion, self, other, strict=True) if own != its), None)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The other places of a dossier. `own`: what its audition costs, None without one.

    `possible`: what each place costs, the best first; `blocked`: how many there are that each constraint prevents.
    """

    own: Costs | None
    possible: Mapping[Placement, Costs]
    blocked: Mapping[Constraint, int]


def alternatives(problem: Timetabling, placements: Sequence[Placement], hearing: Hearing) -> Alternatives:
    """Every slot and group that could hear a dossier, other than those of its own audition, all others staying."""
    others = [placed for placed in placements if placed.numero != hearing.numero]
    own = next((placed for placed in placements if placed.numero == hearing.numero), None)
    possible: dict[Placement, Costs] = {}
    blocked: Counter[Constraint] = Counter()
    for span, group in product(problem.slots, problem.groups_of(hearing)):
        placement = Placement(hearing.numero, span, group.name)
        if placement == own:
            continue
        obstacle = _obstacle(problem, others, placement)
        if obstacle is None:
            possible[placement] = _costs(problem, hearing, placement, others)
        else:
            blocked[obstacle] += 1
    best_first = dict(sorted(possible.items(), key=lambda item: (item[1], item[0].group)))
    return Alternatives(own and _costs(problem, hearing, own, others), best_first, blocked)


def _obstacle(problem: Timetabling, others: Sequence[Placement], placement: Placement) -> Constraint | None:
    """What prevents a place; auditions at other times prevent nothing, so only those at the same time are compared."""
    at_once = [placed for placed in others if placed.span.overlaps(placement.span)]
    constraints = {
        placed.constraint for placed in broken(problem, [*at_once, placement]) if placed.numero == placement.numero
    }
    return next((obstacle for obstacle in _OBSTACLES if obstacle in constraints), None)


def _costs(problem: Timetabling, hearing: Hearing, placement: Placement, others: Sequence[Placement]) -> Costs:
    choice = choice_of(problem, hearing, placement, bound=False)
    day = placement.span.start.date()
    new_day = all(placed.span.start.date() != day for placed in others)
    return Costs(choice.absent, choice.strangers, choice.leaving, new_day, placement.span)
