"""What a timetable of auditions is made of: dossiers, groups of jurors, what people decided, who can be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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
