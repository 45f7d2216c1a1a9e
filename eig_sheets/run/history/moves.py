"""Ranks won and lost between two runs, and why; on which side of a deadline something changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from eig_sheets.call.report.ranking_inputs import recomputed
from eig_sheets.run.history.content import Content


class Cause(StrEnum):
    """What moved a rank."""

    PROGRAM = "programme"  # the version of the program
    RULES = "regles"
    DOSSIERS = "dossiers"  # dossiers that came, went, or are ranked or not: eligibility, preselection, decision
    REVIEWS = "notes"
    UNKNOWN = "inconnu"  # this version of the program cannot compute one of the two rankings


Step = tuple[Cause, int | None, int | None]
"""A cause, and the rank before and after it."""


@dataclass(frozen=True, slots=True)
class Move:
    """A dossier whose rank changed; None: not ranked. `steps`: what moved it, one cause after the other.

    `notes`: its own note, before and after; `codes`: why it was not ranked, before and after.
    """

    dossier: str
    before: int | None
    after: int | None
    steps: tuple[Step, ...]
    notes: tuple[float | None, float | None]
    codes: tuple[str | None, str | None]


Ranks = Mapping[str, int | None]
_RULES: Final = ("criteria", "call", "ranking_rules", "scoring_rules")
_REVIEWS: Final = ("evaluations", "groups", "expected_reviews")


def moves(before: Content, after: Content) -> list[Move]:
    """The dossiers of both runs whose rank differs, in the order of the later ranking."""
    moved = moved_dossiers(before, after)
    old, new = ({dossier["numero"]: dossier for dossier in content["ranking"]} for content in (before, after))
    chain = [*_chain(before, after)] if moved else []
    return [_move(old[numero], new[numero], chain) for numero in moved]


def moved_dossiers(before: Content, after: Content) -> list[str]:
    """The numbers of the dossiers of both runs whose rank differs, in the order of the later ranking."""
    old = _recorded(before)
    return [numero for numero, rank in _recorded(after).items() if old.get(numero, rank) != rank]


def _move(old: Mapping[str, Any], new: Mapping[str, Any], chain: list[tuple[Cause, Ranks]]) -> Move:
    numero, rank = old["numero"], old["rank"]
    steps: list[Step] = []
    for cause, ranks in chain:
        following = ranks.get(numero)
        if following != rank:
            steps.append((cause, rank, following))
        rank = following
    notes, codes = (old["note"], new["note"]), (old["unranked_reason"], new["unranked_reason"])
    return Move(numero, old["rank"], new["rank"], tuple(steps), notes, codes)


def _chain(before: Content, after: Content) -> Iterator[tuple[Cause, Ranks]]:
    """The ranking after each part of the inputs, in turn, is replaced by that of the later run."""
    try:
        rankings = [(cause, _ranks(inputs)) for cause, inputs in _mixtures(before, after)]
    except (KeyError, TypeError, ValueError):
        yield Cause.UNKNOWN, _recorded(after)
        return
    yield from rankings
    if rankings[-1][1] != _recorded(after):
        yield Cause.PROGRAM, _recorded(after)


def _mixtures(before: Content, after: Content) -> Iterator[tuple[Cause, Content]]:
    mixed = before
    yield Cause.PROGRAM, mixed
    if [criterion["id"] for criterion in before["criteria"]] == [criterion["id"] for criterion in after["criteria"]]:
        mixed = {**mixed, **{part: after[part] for part in _RULES}}
        yield Cause.RULES, mixed
        mixed = _among({**mixed, "dossiers": after["dossiers"]}, after)
        yield Cause.DOSSIERS, mixed
        yield Cause.REVIEWS, {**mixed, **{part: after[part] for part in _REVIEWS}}
    else:
        yield Cause.RULES, after


def _among(mixed: Content, after: Content) -> Content:
    """The inputs, with the evaluations and the counts of their own dossiers alone."""
    numbers = [dossier["numero"] for dossier in mixed["dossiers"]]
    expected = {**after["expected_reviews"], **mixed["expected_reviews"]}
    there = {*numbers}
    return {
        **mixed,
        "evaluations": [evaluation for evaluation in mixed["evaluations"] if evaluation["numero"] in there],
        "expected_reviews": {numero: expected.get(numero, 0) for numero in numbers},
    }


def _ranks(inputs: Content) -> Ranks:
    return {dossier["numero"]: dossier["rank"] for dossier in recomputed(inputs)}


def _recorded(content: Content) -> Ranks:
    return {dossier["numero"]: dossier["rank"] for dossier in content["ranking"]}


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
