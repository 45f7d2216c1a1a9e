"""The best timetable, by an exact integer program: what comes first is settled before what comes next is looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eig_sheets.domain.integer_program import IntegerProgram
from eig_sheets.domain.timetable.candidates import Choice, Mode, choices_of
from eig_sheets.domain.timetable.problem import Placement, Timetabling

Indices = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.float64]


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
    """The constraints of a timetable on its choices. `days`: one variable a day; `days_of_groups`: one a group and day.

    Auditions that people decided stand even where they are at odds: an excess lets them, and costs before all else.
    """

    def __init__(self, problem: Timetabling, choices: Sequence[Choice]) -> None:
        self.choices = choices
        self._program = IntegerProgram()
        self.picked = self._program.variables(len(choices))
        self._excesses: Indices = np.zeros(0, dtype=np.intp)
        self._numbers = np.array([choice.placement.numero for choice in choices], dtype=object)
        self._groups = np.array([choice.placement.group for choice in choices], dtype=object)
        self._bound = np.array([choice.bound for choice in choices], dtype=bool)
        self._once_each(problem)
        self._one_at_a_time(problem)
        self.days = self._used(lambda one: one.span.start.date())
        self.days_of_groups = self._used(lambda one: (one.group, one.span.start.date()))

    def costs(self, of: Callable[[Choice], float]) -> Numbers:
        """The objective that costs so much for each choice that is picked."""
        found = np.zeros(self._program.size)
        found[self.picked] = [of(choice) for choice in self.choices]
        return found

    def of(self, columns: Indices) -> Numbers:
        """The objective that counts these variables."""
        found = np.zeros(self._program.size)
        found[columns] = 1
        return found

    def must_place(self, numbers: Iterable[str]) -> None:
        """Refuse any timetable that leaves one of these out."""
        for numero in numbers:
            self._program.constrain(np.flatnonzero(self._numbers == numero), lower=1, upper=1)

    def solved(self, objectives: Sequence[Numbers]) -> tuple[list[Choice], float]:
        """The choices that are best by each objective in turn, and the gap; none when no timetable is possible."""
        if not self.choices:
            return [], 0.0
        excess = self.of(self._excesses)
        useful = [costs for costs in (excess, *objectives) if costs.any()]
        solution = self._program.minimised_in_order(useful or [excess])
        picked: list[int] = np.flatnonzero(solution.values[self.picked]).tolist() if solution else []
        return [self.choices[place] for place in picked], solution.gap if solution else 0.0

    def _once_each(self, problem: Timetabling) -> None:
        for hearing in problem.hearings:
            own = np.flatnonzero(self._numbers == hearing.numero)
            if own.size:
                self._program.constrain(own, lower=float(self._bound[own].any()), upper=1)

    def _one_at_a_time(self, problem: Timetabling) -> None:
        """A group hears one dossier at a time, a porteur is in one place, and no more groups hear than may at once."""
        starts = np.array([choice.placement.span.start for choice in self.choices], dtype="datetime64[m]")
        ends = np.array([choice.placement.span.end for choice in self.choices], dtype="datetime64[m]")
        together = self._expected_of_porteurs(problem)
        for moment in np.unique(starts):
            under_way = np.flatnonzero((starts <= moment) & (moment < ends))
            for name in np.unique(self._groups[under_way]):
                self._at_most(under_way[self._groups[under_way] == name], 1)
            if problem.most_at_once < len(problem.groups):
                self._at_most(under_way, problem.most_at_once)
            for expected in together:
                self._at_most(under_way[expected[under_way]], 1)

    def _expected_of_porteurs(self, problem: Timetabling) -> list[npt.NDArray[np.bool_]]:
        """Of each porteur, which choices they are in: those of their dossiers, and those that they hear as a juror."""
        jurors = {juror for group in problem.groups for juror in group.jurors}
        found = []
        for porteur, numbers in _dossiers_of_porteurs(problem).items():
            own = np.isin(self._numbers, numbers)
            hears = self._heard_by(porteur, problem) if porteur in jurors else np.zeros_like(own)
            if len(numbers) > 1 or hears.any():
                found.append(own | hears)
        return found

    def _heard_by(self, juror: str, problem: Timetabling) -> npt.NDArray[np.bool_]:
        placements = [choice.placement for choice in self.choices]
        present = [juror in problem.present(one.numero, problem.group_named(one.group), one.span) for one in placements]
        return np.array(present, dtype=bool)

    def _at_most(self, places: Indices, most: int) -> None:
        """No more than so many of these, but for what people decided."""
        decided = len(np.unique(self._numbers[places][self._bound[places]]))
        if len(np.unique(self._numbers[places])) <= most:
            return
        if decided > most:
            excess = self._program.variables(1, 0, decided - most)
            self._excesses = np.concatenate([self._excesses, excess])
            coefficients = np.concatenate([np.ones(len(places)), [-1.0]])
            self._program.constrain(np.concatenate([self.picked[places], excess]), coefficients, upper=most)
        else:
            self._program.constrain(self.picked[places], upper=most)

    def _used(self, of: Callable[[Placement], object]) -> Indices:
        """A variable for each thing that an audition may take, at least 1 when one takes it."""
        keys = [of(choice.placement) for choice in self.choices]
        place_of = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        variables = self._program.variables(len(place_of))
        at_once: dict[tuple[object, ...], list[int]] = {}
        for place, (choice, key) in enumerate(zip(self.choices, keys, strict=True)):
            one = choice.placement
            exclusive = one.numero if choice.bound else (one.group, one.span)  # at most one of these is picked
            at_once.setdefault((key, exclusive), []).append(place)
        for (key, _), places in at_once.items():
            columns = np.concatenate([self.picked[places], variables[[place_of[key]]]])
            self._program.constrain(columns, np.concatenate([np.ones(len(places)), [-1.0]]), upper=0)
        return variables


def _dossiers_of_porteurs(problem: Timetabling) -> dict[str, list[str]]:
    """The dossiers of each porteur."""
    found: dict[str, list[str]] = {}
    for hearing in problem.hearings:
        for porteur in sorted(hearing.porteurs):
            found.setdefault(porteur, []).append(hearing.numero)
    return found


def _objectives(problem: Timetabling, program: TimetableProgram, mode: Mode) -> list[Numbers]:
    slots = {span: place for place, span in enumerate(sorted({one.placement.span for one in program.choices}))}
    groups = {group.name: place for place, group in enumerate(problem.groups)}
    order = {hearing.numero: place for place, hearing in enumerate(reversed(problem.hearings), 1)}

    def staying(numbers: Collection[str]) -> Numbers:
        return program.costs(lambda one: -float(one.stays and one.placement.numero in numbers))

    unmoved = [staying(problem.convened), staying(problem.decided), staying(order)]
    # Pairs are settled together: each program more takes as long as the others.
    absent, strangers = program.costs(lambda one: one.absent), program.costs(lambda one: one.strangers)
    leaving, days, of_groups = (
        program.costs(lambda one: one.leaving), program.of(program.days), program.of(program.days_of_groups)
    )  # fmt: skip
    earliest = program.costs(lambda one: slots[one.placement.span])
    return [
        -program.of(program.picked),
        program.costs(lambda one: float(not one.allowed)),
        *(unmoved if mode is not Mode.PROPOSE else ()),
        _before(absent, strangers, len(order)),
        _before(leaving, days, len(order)),
        _before(earliest, of_groups, len(order)),
        program.costs(lambda one: -order[one.placement.numero]),
        program.costs(lambda one: slots[one.placement.span] * order[one.placement.numero]),
        program.costs(lambda one: groups[one.placement.group] * order[one.placement.numero]),
    ]


def _before(first: Numbers, second: Numbers, picked: int) -> Numbers:
    """One objective for two, whole and not negative: the first, and the second between equals.

    So many choices at most are picked, and each costs the second at most once.
    """
    most = min(float(second.sum()), picked * float(second.max(initial=0)))
    return np.asarray(first * (1 + most) + second, dtype=np.float64)
