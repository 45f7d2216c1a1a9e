"""What cannot be placed is explained with the smallest thing that would make room: that done, it has its place."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Timetabling
from eig_sheets.features.auditions.rules_program import best_timetable
from eig_sheets.features.auditions.rules_relaxations import MOST_EXPLAINED, Relaxation, relaxations
from tests.features.auditions.test_program import problems
from tests.features.auditions.verifier import TUESDAY, rules, span

JURORS = ("ada", "bob", "cid", "dee")


def explained(problem: Timetabling) -> list[Relaxation]:
    return [*relaxations(problem, best_timetable(problem, Mode.PROPOSE), Mode.PROPOSE)]


def call(dossiers: int, **others) -> Timetabling:
    hearings = tuple(Hearing(str(place)) for place in range(1, dossiers + 1))
    return Timetabling(rules((TUESDAY, "09:00", "10:20")), hearings, (Group("", JURORS),), **others)


def test_without_a_slot_left_the_day_would_have_to_last():
    [relaxation] = explained(call(3))
    assert (relaxation.longer, relaxation.coming, relaxation.joining) == (True, (), 0)
    assert relaxation.placement.span == span("10:20", "11:00")


def test_where_jurors_lack_those_who_would_have_to_come_are_named_and_no_more_than_needed():
    early = span("09:00", "09:40")
    [relaxation] = explained(call(2, availability={"ada": (early,), "bob": (early,), "cid": (early,)}))
    assert (relaxation.longer, relaxation.coming, relaxation.placement.span) == (
        False,
        ("ada",),
        span("09:40", "10:20"),
    )


def test_where_too_many_leave_somebody_else_would_have_to_join():
    recusals = frozenset(("1", juror) for juror in JURORS[:3])
    [relaxation] = explained(call(1, recusals=recusals))
    assert (relaxation.coming, relaxation.joining, relaxation.longer) == ((), 1, False)


def test_when_nothing_would_do_nothing_is_said():
    crowded = dataclasses.replace(call(3), rules=rules((TUESDAY, "23:00", "23:40")))
    assert [relaxation.placement for relaxation in explained(crowded)] == [None, None]


def test_of_many_only_the_first_are_looked_into():
    assert len(explained(call(2 + MOST_EXPLAINED + 1))) == MOST_EXPLAINED


@pytest.mark.slow
@given(problems())
def test_what_is_asked_makes_room(problem):
    before = best_timetable(problem, Mode.PROPOSE)
    for relaxation in explained(problem):
        if relaxation.coming and not relaxation.longer and not relaxation.joining:
            free = {juror: (*problem.availability[juror], relaxation.placement.span) for juror in relaxation.coming}
            relaxed = dataclasses.replace(problem, availability={**problem.availability, **free})
            assert len(best_timetable(relaxed, Mode.PROPOSE).unplaced) < len(before.unplaced)
