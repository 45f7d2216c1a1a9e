"""The best timetable, by an exact integer program: what comes first is settled before what comes next is looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.frames import Mask
from eig_sheets.features.auditions.rules_candidates import Choice, Mode, choices_of
from eig_sheets.features.auditions.rules_problem import Placement, Timetabling
from eig_sheets.integer_program import NOTHING, Key, Linear, Program, Variables, total


@dataclass(frozen=True, slots=True)
class Timetable:
    """Auditions in the order in which they are heard, and the dossiers that have none.

    `gap`: 0 when it is proved that no timetable is better; else a search was stopped, and it is the largest of a
    criterion.
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[str, ...]
    gap: float = 0.0

    @property
    def optimal(self) -> bool:
        """Whether none is better."""
        return self.gap == 0


def best_timetable(problem: Timetabling, mode: Mode) -> Timetable:
    """The timetable that leaves out as few dossiers as can be; the criteria that follow decide between equals, in turn.

    The fewest auditions that move, unless anything may: those convened, those decided, the others. The fewest jurors
    who cannot come; those who read a dossier hear it; the fewest jurors who step out. The fewest days, the earliest
    slots, the fewest days of each group. The lowest numbers have a slot, and come first. Equal data give the same
    timetable, whatever the order of the rows. Raises SearchCutError.
    """
    program = TimetableProgram(problem, choices_of(problem, mode))
    chosen, gap = program.solved(_objectives(problem, program, mode))
    placed = {choice.placement.numero for choice in chosen}
    unplaced = tuple(hearing.numero for hearing in problem.hearings if hearing.numero not in placed)
    return Timetable(in_order(choice.placement for choice in chosen), unplaced, gap)


def in_order(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Auditions in the order in which they are heard."""
    return tuple(sorted(placements, key=lambda placement: (placement.span, placement.group)))


class TimetableProgram:
    """The constraints of a timetable on its choices. `days`, `days_of_groups`: which of them have an audition.

    Auditions that people decided stand even where they are at odds: an excess lets them, and costs before all else.
    """

    def __init__(self, problem: Timetabling, choices: Sequence[Choice]) -> None:
        self._program: Program[None] = Program()
        self.choices = self._program.keyed(choices)
        self._excess = NOTHING
        self._numbers = np.array([choice.placement.numero for choice in choices], dtype=object)
        self._groups = np.array([choice.placement.group for choice in choices], dtype=object)
        self._bound = np.array([choice.bound for choice in choices], dtype=bool)
        for hearing in problem.hearings:
            own = self._numbers == hearing.numero
            if own.any():
                self._program.constrain(self._sum(own), lower=float(self._bound[own].any()), upper=1)
        self._one_at_a_time(problem)
        self.days = self._used(lambda placement: placement.span.start.date())
        self.days_of_groups = self._used(lambda placement: (placement.group, placement.span.start.date()))

    def must_place(self, numbers: Iterable[str]) -> None:
        """Refuse any timetable that leaves one of these out."""
        for numero in sorted(numbers):  # a set has another order on each machine
            self._program.constrain(self._sum(self._numbers == numero), lower=1, upper=1)

    def solved(self, objectives: Sequence[Linear]) -> tuple[list[Choice], float]:
        """The choices that are best by each objective in turn, and the gap; none when no timetable is possible."""
        if not self.choices.keys:
            return [], 0.0
        useful = [objective for objective in (self._excess, *objectives) if objective.weights.any()]
        optimum = self._program.minimised_in_order(useful or [self._excess])
        return ([], 0.0) if optimum is None else (self.choices.chosen(optimum.values), optimum.gap)

    def _sum(self, choices: Mask) -> Linear:
        return total(self.choices.columns[choices])

    def _one_at_a_time(self, problem: Timetabling) -> None:
        """A group hears one dossier at a time, a porteur is in one place, and no more groups hear than may at once."""
        starts = np.array([choice.placement.span.start for choice in self.choices.keys], dtype="datetime64[m]")
        ends = np.array([choice.placement.span.end for choice in self.choices.keys], dtype="datetime64[m]")
        together = self._expected_of_porteurs(problem)
        for moment in np.unique(starts):
            under_way = (starts <= moment) & (moment < ends)
            for name in np.unique(self._groups[under_way]):
                self._at_most(under_way & (self._groups == name), 1)
            if problem.most_at_once < len(problem.groups):
                self._at_most(under_way, problem.most_at_once)
            for expected in together:
                self._at_most(under_way & expected, 1)

    def _expected_of_porteurs(self, problem: Timetabling) -> list[Mask]:
        """Of each porteur, which choices they are in: those of their dossiers, and those that they hear as a juror."""
        jurors = {juror for group in problem.groups for juror in group.jurors}
        dossiers: dict[str, list[str]] = {}
        for hearing in problem.hearings:
            for porteur in sorted(hearing.porteurs):
                dossiers.setdefault(porteur, []).append(hearing.numero)
        expected = []
        for porteur, numbers in dossiers.items():
            own = np.isin(self._numbers, numbers)
            hears = self._heard_by(porteur, problem) if porteur in jurors else np.zeros_like(own)
            if len(numbers) > 1 or hears.any():
                expected.append(own | hears)
        return expected

    def _heard_by(self, juror: str, problem: Timetabling) -> Mask:
        placements = [choice.placement for choice in self.choices.keys]
        present = [
            juror in problem.present(placed.numero, problem.group_named(placed.group), placed.span)
            for placed in placements
        ]
        return np.array(present, dtype=bool)

    def _at_most(self, choices: Mask, most: int) -> None:
        """At most so many of these, except what people decided."""
        if len(np.unique(self._numbers[choices])) <= most:
            return
        excess, decided = NOTHING, len(np.unique(self._numbers[choices & self._bound]))
        if decided > most:
            excess = self._program.variable(decided - most)
            self._excess += excess
        self._program.constrain(self._sum(choices) - excess, upper=most)

    def _used(self, of: Callable[[Placement], Key]) -> Variables[Key]:
        """A variable for each thing that an audition may take, at least 1 when one takes it."""

        def exclusive(choice: Choice) -> tuple[Key, object]:
            """Of the choices with the same, at most one is picked."""
            place = choice.placement
            return of(place), place.numero if choice.bound else (place.group, place.span)

        used = self._program.keyed(dict.fromkeys(of(choice.placement) for choice in self.choices.keys))
        for (key, _), columns in self.choices.grouped(exclusive).items():
            self._program.constrain(total(columns) - used[key], upper=0)
        return used


def _objectives(problem: Timetabling, program: TimetableProgram, mode: Mode) -> list[Linear]:
    choices, days = program.choices, program.days.sum()
    slots = {span: place for place, span in enumerate(sorted({choice.placement.span for choice in choices.keys}))}
    groups = {group.name: place for place, group in enumerate(problem.groups)}
    order = {hearing.numero: place for place, hearing in enumerate(reversed(problem.hearings), 1)}

    def staying(numbers: Collection[str]) -> Linear:
        return choices.sum(lambda choice: -float(choice.stays and choice.placement.numero in numbers))

    unmoved = [staying(problem.convened), staying(problem.decided), staying(order)]
    absent, strangers = choices.sum(lambda choice: choice.absent), choices.sum(lambda choice: choice.strangers)
    leaving, earliest = (
        choices.sum(lambda choice: choice.leaving),
        choices.sum(lambda choice: slots[choice.placement.span]),
    )
    return [
        -choices.sum(),
        choices.sum(lambda choice: float(not choice.allowed)),
        *(unmoved if mode is not Mode.PROPOSE else ()),
        # Pairs are settled together: each program more takes as long as the others.
        _before(absent, strangers, len(order)),
        _before(leaving, days, len(order)),
        _before(earliest, program.days_of_groups.sum(), len(order)),
        choices.sum(lambda choice: -order[choice.placement.numero]),
        choices.sum(lambda choice: slots[choice.placement.span] * order[choice.placement.numero]),
        choices.sum(lambda choice: groups[choice.placement.group] * order[choice.placement.numero]),
    ]


def _before(first: Linear, second: Linear, picked: int) -> Linear:
    """One objective for two, whole and not negative: the first, and the second between equals.

    So many choices at most are picked, and each costs the second at most once.
    """
    most = min(float(second.weights.sum()), picked * float(second.weights.max(initial=0)))
    return (1 + most) * first + second
