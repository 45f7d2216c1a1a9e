"""Where each dossier may be heard: every slot and group that keep to the rules, and what each choice costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from eig_sheets.features.auditions.rules_constraints import is_within
from eig_sheets.features.auditions.rules_problem import Hearing, Placement, Timetabling


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
