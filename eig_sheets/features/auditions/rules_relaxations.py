"""Why a dossier has no audition, and the smallest thing that would make room for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_candidates import Choice, Mode, choice_of, choices_of
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Placement, Timetabling, is_within
from eig_sheets.features.auditions.rules_program import Timetable, TimetableProgram
from eig_sheets.integer_program.highs import SearchCutError

MOST_EXPLAINED: Final = 12
"""Each explanation is a program of its own: beyond so many dossiers without an audition, the others are counted."""
_COMING, _LONGER, _JOINING = 1, 3, 100


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What would make room for a dossier: all of it together, nothing at all when nothing does.

    `undecided`: the search stopped before it found anything, or proved that there is nothing.

    `placement`: where it would then be heard. `coming`: jurors who would have to be available then; `joining`: how many
    more jurors without a déport its group would need; `longer`: the day would go on after its last slot.
    """

    numero: str
    placement: Placement | None = None
    coming: tuple[str, ...] = ()
    joining: int = 0
    longer: bool = False
    undecided: bool = False

    @property
    def cost(self) -> int:
        """How much is asked: jurors to bring, then a longer day, then other jurors."""
        return _COMING * len(self.coming) + _LONGER * self.longer + _JOINING * self.joining


def relaxations(problem: Timetabling, timetable: Timetable, mode: Mode) -> Iterator[Relaxation]:
    """For each dossier without an audition, the smallest relaxation with which it has one, and all others keep one.

    Others may move to other slots that the rules allow: what is relaxed is for the dossier alone.
    """
    placed = [placement.numero for placement in timetable.placements]
    for numero in timetable.unplaced[:MOST_EXPLAINED]:
        yield _relaxation(problem, numero, placed, mode)


def _relaxation(problem: Timetabling, numero: str, placed: Sequence[str], mode: Mode) -> Relaxation:
    kept = {numero, *placed}
    smaller = replace(problem, hearings=tuple(hearing for hearing in problem.hearings if hearing.numero in kept))
    own = next(hearing for hearing in smaller.hearings if hearing.numero == numero)
    relaxed = dict(_relaxed(problem, own))
    choices = [
        *(choice for choice in choices_of(smaller, mode) if choice.placement not in relaxed),
        *(choice_of(problem, own, placement, bound=False) for placement in relaxed),
    ]
    program = TimetableProgram(smaller, choices)
    program.must_place(kept)
    ranks = {placement: place for place, placement in enumerate(relaxed)}

    def cost(choice: Choice) -> float:
        return relaxed[choice.placement].cost if choice.placement in relaxed else 0

    try:
        chosen, _ = program.solved(
            [program.choices.sum(cost), program.choices.sum(lambda choice: ranks.get(choice.placement, 0))]
        )
    except SearchCutError:
        return Relaxation(numero, undecided=True)
    possible = (relaxed[choice.placement] for choice in chosen if choice.placement in relaxed)
    return next(possible, Relaxation(numero))


def _relaxed(problem: Timetabling, hearing: Hearing) -> Iterator[tuple[Placement, Relaxation]]:
    """Where a dossier could be heard if more were allowed, the earliest first."""
    later = [*_longer_days(problem)]
    for span in sorted([*problem.slots, *later]):
        for group in problem.groups_of(hearing):
            placement = Placement(hearing.numero, span, group.name)
            if span in later or not is_within(problem, placement):
                yield placement, _asked(problem, placement, group, longer=span in later)


def _longer_days(problem: Timetabling) -> Iterator[Span]:
    """One slot more at the end of each day's hours."""
    for sitting in problem.rules.sittings:
        ends = [slot.end for slot in problem.rules.slots if sitting.contains(slot)]
        after = problem.span_from(max(ends, default=sitting.end))
        others = (other for other in problem.rules.sittings if other != sitting)
        blocked = any(span.overlaps(after) for span in (*problem.rules.pauses, *others))
        if problem.first_day <= after.start.date() == after.end.date() and not blocked:
            yield after


def _asked(problem: Timetabling, placement: Placement, group: Group, *, longer: bool) -> Relaxation:
    numero, span = placement.numero, placement.span
    lacking = max(0, problem.needed(group) - len(problem.present(numero, group, span)))
    coming = problem.unavailable(numero, group, span)[:lacking]
    return Relaxation(numero, placement, tuple(coming), lacking - len(coming), longer)
