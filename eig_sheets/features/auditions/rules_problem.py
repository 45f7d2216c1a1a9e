"""What a timetable of auditions is made of, and which constraints one breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from math import ceil
from typing import NamedTuple

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.settings import AuditionRules

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Group:
    """Jurors who hear together; `name` is '' when the whole jury does."""

    name: str
    jurors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """A dossier to hear. `groups`: the names of those that may, all when empty; `readers`: who read it."""

    numero: str
    porteurs: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


class Placement(NamedTuple):
    """When a dossier is heard, and by which group."""

    numero: str
    span: Span
    group: str


@dataclass(frozen=True, slots=True)
class Timetabling:
    """All that a timetable depends on. Dossiers and groups are in the order that decides between equals.

    `decided`: when people decided to hear a dossier; `convened`: those who were told so; `known`: the timetable that is
    there. `availability`: when a juror can come, at any time without an entry; `recusals`: (dossier, juror).
    `first_day`: before it, nothing more is planned.
    """

    rules: AuditionRules
    hearings: tuple[Hearing, ...]
    groups: tuple[Group, ...]
    availability: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    recusals: frozenset[tuple[str, str]] = frozenset()
    decided: Mapping[str, datetime] = field(default_factory=dict)
    convened: frozenset[str] = frozenset()
    known: Mapping[str, Placement] = field(default_factory=dict)
    first_day: date = date.min

    @property
    def slots(self) -> tuple[Span, ...]:
        """The slots in which auditions may be planned: those of days that are not past."""
        return tuple(slot for slot in self.rules.slots if slot.start.date() >= self.first_day)

    def is_over(self, numero: str) -> bool:
        """Whether the day that people decided for a dossier is past."""
        return numero in self.decided and self.decided[numero].date() < self.first_day

    def span_from(self, start: datetime) -> Span:
        """An audition that begins then."""
        return Span(start, start + self.rules.length)

    @property
    def most_at_once(self) -> int:
        """How many groups may hear at the same time."""
        return min(self.rules.parallel or len(self.groups), len(self.groups))

    def groups_of(self, hearing: Hearing) -> list[Group]:
        """The groups that may hear a dossier; all of them when none of its own is there any more."""
        own = [group for group in self.groups if group.name in hearing.groups]
        return own or [*self.groups]

    def group_named(self, name: str) -> Group:
        """The group of that name; one of nobody when it is not there any more."""
        return next((group for group in self.groups if group.name == name), Group(name, ()))

    def is_available(self, juror: str, span: Span) -> bool:
        """Whether a juror can be there from the beginning to the end."""
        return juror not in self.availability or any(free.contains(span) for free in self.availability[juror])

    def recused(self, numero: str, group: Group) -> list[str]:
        """The jurors of a group who leave for a dossier."""
        return [juror for juror in group.jurors if (numero, juror) in self.recusals]

    def unavailable(self, numero: str, group: Group, span: Span) -> list[str]:
        """The jurors of a group who would stay for a dossier, and cannot come."""
        staying = (juror for juror in group.jurors if (numero, juror) not in self.recusals)
        return [juror for juror in staying if not self.is_available(juror, span)]

    def present(self, numero: str, group: Group, span: Span) -> list[str]:
        """The jurors of a group who hear a dossier."""
        away = {*self.recused(numero, group), *self.unavailable(numero, group, span)}
        return [juror for juror in group.jurors if juror not in away]

    def needed(self, group: Group) -> int:
        """How many jurors of a group have to be there: its quorum, and at least one of those that it has."""
        share = ceil(self.rules.quorum * len(group.jurors) - _ROUNDING)
        return max(share, min(1, len(group.jurors)))

    def has_quorum(self, numero: str, group: Group, span: Span) -> bool:
        """Whether enough jurors of a group would be there."""
        return len(self.present(numero, group, span)) >= self.needed(group)


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
