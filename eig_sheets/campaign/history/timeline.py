"""On which side of a deadline something changed, as far as recorded runs tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple


class When(StrEnum):
    """On which side of a deadline a change is."""

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
    """Two runs, and on which side of a deadline what changed between them is."""

    first: int
    last: int
    when: When


def segments(moments: Sequence[Moment], deadline: datetime | None) -> Iterator[Segment]:
    """The pairs of runs to compare, from the first of these to the last: the deadline is between two of them."""
    first, *_, last = moments
    if deadline is None:
        yield Segment(first.run, last.run, When.NO_DEADLINE)
        return
    before = [moment for moment in moments if moment.at <= deadline]
    after = [moment for moment in moments if moment.at > deadline]
    stops = [first, *before[-1:], *after[:1], last]
    for earlier, later in pairwise(stops):
        if earlier.run != later.run:
            yield Segment(earlier.run, later.run, _when(earlier, later, deadline))


def _when(earlier: Moment, later: Moment, deadline: datetime) -> When:
    if earlier.at > deadline:
        return When.AFTER
    return When.BEFORE if later.at <= deadline else When.AROUND


def deadline_of(content: Mapping[str, Any], name: str) -> datetime | None:
    """A deadline of a run that was recorded: `call` or `jury`; None: there was none."""
    text = content["deadlines"][name]
    return None if text is None else datetime.fromisoformat(text)
