"""Where each dossier may be heard, what each choice costs, and where else it could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import product
from typing import Final, NamedTuple

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_problem import Constraint, Hearing, Placement, Timetabling, broken, is_within


class Mode(Enum):
    """What a timetable may change of what is there."""

    PROPOSE = "propose"  # nothing that people decided; the rest as if nothing had been proposed
    ADJUST = "adjust"  # nothing that people decided; as little as possible of the rest
    FORCE = "force"  # as little as possible, what people decided included


@dataclass(frozen=True, slots=True)
class Choice:
    """A dossier heard in a slot by a group. `bound`: people decided so, and it is no one's to change.

    `absent`: jurors of the group who cannot come; `leaving`: those who step out; `strangers`: readers of it who
    are of another group; `stays`: it is where it was; `allowed`: it keeps to the rules.
    """

    placement: Placement
    bound: bool
    absent: int
    leaving: int
    strangers: int
    stays: bool
    allowed: bool


def choices_of(problem: Timetabling, mode: Mode) -> list[Choice]:
    """Every choice, in the order of the dossiers, of the slots and of the groups."""
    return [
        choice_of(problem, hearing, placement, bound=_is_bound(problem, hearing, mode))
        for hearing in problem.hearings
        for placement in _placements(problem, hearing, mode)
    ]


def _is_bound(problem: Timetabling, hearing: Hearing, mode: Mode) -> bool:
    return problem.is_over(hearing.numero) or (mode is not Mode.FORCE and hearing.numero in problem.decided)


def _placements(problem: Timetabling, hearing: Hearing, mode: Mode) -> Iterator[Placement]:
    """Where people decided, whatever that breaks; else wherever the rules allow, and where it is already."""
    groups = [group.name for group in problem.groups_of(hearing)]
    own = problem.decided.get(hearing.numero)
    if own is not None:
        yield from (Placement(hearing.numero, problem.span_from(own), name) for name in groups)
    if _is_bound(problem, hearing, mode):
        return
    known = problem.known.get(hearing.numero)
    spans = {*problem.slots, *([known.span] if known and mode is not Mode.PROPOSE else [])}
    for span in sorted(spans - {problem.span_from(own)} if own is not None else spans):
        possible = (Placement(hearing.numero, span, name) for name in groups)
        yield from (placement for placement in possible if is_within(problem, placement))


def choice_of(problem: Timetabling, hearing: Hearing, placement: Placement, *, bound: bool) -> Choice:
    """A dossier heard somewhere, with what that costs."""
    group = problem.group_named(placement.group)
    return Choice(
        placement,
        bound,
        absent=len(problem.unavailable(hearing.numero, group, placement.span)),
        leaving=len(problem.recused(hearing.numero, group)),
        strangers=len(hearing.readers.difference(group.jurors)),
        stays=stays(problem, placement),
        allowed=bound or is_within(problem, placement),
    )


def stays(problem: Timetabling, placement: Placement) -> bool:
    """Whether a dossier is heard when it was to be, and by the same group where that was known."""
    own, known = problem.decided.get(placement.numero), problem.known.get(placement.numero)
    if own is not None and placement.span.start != own:
        return False
    if known is None:
        return own is not None
    return known.group == placement.group and (own is not None or known.span == placement.span)


def moved(problem: Timetabling, placements: Iterable[Placement]) -> int:
    """How many dossiers are not heard as they were to be."""
    before = {hearing.numero for hearing in problem.hearings} & (problem.decided.keys() | problem.known.keys())
    return len(before - {placement.numero for placement in placements if stays(problem, placement)})


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
