"""When something changed, seen from a deadline: only runs that were recorded tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple


class When(StrEnum):
    """Where a change stands beside a deadline."""

    BEFORE = "avant la clôture"
    AROUND = "autour de la clôture"
    """Between the last run before the deadline and the first one after it."""
    AFTER = "après la clôture"
    NO_DEADLINE = ""


class Moment(NamedTuple):
    """A run and its moment."""

    run: int
    at: datetime


class Segment(NamedTuple):
    """Two runs, and where what changed between them stands."""

    first: int
    last: int
    when: When


def segments(moments: Sequence[Moment], deadline: datetime | None) -> Iterator[Segment]:
    """The pairs of runs between which changes stand alike, from the first of these runs to the last."""
    first, *_, last = moments
    if deadline is None:
        yield Segment(first.run, last.run, When.NO_DEADLINE)
        return
    before = [one for one in moments if one.at <= deadline]
    after = [one for one in moments if one.at > deadline]
    stops = [first, *before[-1:], *after[:1], last]
    for one, other in pairwise(stops):
        if one.run != other.run:
            yield Segment(one.run, other.run, _when(one, other, deadline))


def _when(one: Moment, other: Moment, deadline: datetime) -> When:
    if one.at > deadline:
        return When.AFTER
    return When.BEFORE if other.at <= deadline else When.AROUND


def deadline_of(content: Mapping[str, Any], name: str) -> datetime | None:
    """A deadline of a run that was recorded: `call` or `jury`; None: there was none."""
    found = content["deadlines"][name]
    return None if found is None else datetime.fromisoformat(found)
