"""Where else a dossier could be heard: what each slot costs, what prevents it; a best timetable has nothing better."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from eig_sheets.features.auditions.rules_candidates import Criterion, Mode, alternatives
from eig_sheets.features.auditions.rules_problem import Constraint, Group, Hearing, Placement, Timetabling
from eig_sheets.features.auditions.rules_program import best_timetable
from tests.effort import examples
from tests.features.auditions.test_program import problems
from tests.features.auditions.verifier import TUESDAY, WEDNESDAY, every_timetable, rules, span

GROUPS = (Group("A", ("ada", "bob")), Group("B", ("cid", "dee")))
EARLY, LATE = span("09:00", "09:40"), span("09:40", "10:20")


def call(*hearings: Hearing, hours=((TUESDAY, "09:00", "10:20"),), parallel=None, **others) -> Timetabling:
    return Timetabling(rules(*hours, parallel=parallel), hearings, GROUPS, **others)


def found(problem: Timetabling, *placements: Placement):
    return alternatives(problem, placements, problem.hearings[0])


def differences(places) -> dict[tuple, Criterion | None]:
    return {(place.span, place.group): places.own.first_difference(costs) for place, costs in places.possible.items()}


def test_each_place_says_what_decides_between_it_and_the_own_one():
    problem = call(
        Hearing("1", readers=frozenset({"ada"})),
        hours=((TUESDAY, "09:00", "10:20"), (WEDNESDAY, "09:00", "09:40")),
        availability={"bob": (EARLY, LATE)},
    )
    places = found(problem, Placement("1", EARLY, "A"))
    wednesday = span("09:00", "09:40", WEDNESDAY)
    assert differences(places) == {
        (LATE, "A"): Criterion.START,
        (EARLY, "B"): Criterion.STRANGERS,
        (LATE, "B"): Criterion.STRANGERS,
        (wednesday, "B"): Criterion.STRANGERS,
        (wednesday, "A"): Criterion.ABSENT,
    }
    assert [(place.span, place.group) for place in places.possible] == [*differences(places)]
    assert places.blocked == {}


def test_a_day_of_its_own_and_who_leaves_count():
    problem = call(
        *map(Hearing, "123"),
        hours=((TUESDAY, "09:00", "10:20"), (WEDNESDAY, "09:00", "09:40")),
        recusals=frozenset({("1", "cid")}),
    )
    told = differences(found(problem, Placement("1", LATE, "A"), Placement("2", EARLY, "A")))
    wednesday = span("09:00", "09:40", WEDNESDAY)
    assert told[wednesday, "A"] is Criterion.NEW_DAY
    assert told[wednesday, "B"] is told[EARLY, "B"] is Criterion.LEAVING
    both_days = (Placement("2", EARLY, "A"), Placement("3", wednesday, "B"))
    places = found(problem, Placement("1", LATE, "A"), *both_days)
    assert differences(places)[wednesday, "A"] is Criterion.START
    assert places.own.new_day is False


def test_what_prevents_a_place_is_counted():
    porteur = frozenset({"p@x.fr"})
    problem = call(Hearing("1", porteur), Hearing("2", porteur), recusals=frozenset({("1", "cid"), ("1", "dee")}))
    places = found(problem, Placement("1", LATE, "A"), Placement("2", EARLY, "A"))
    assert places.blocked == {Constraint.GROUP: 1, Constraint.PORTEUR: 1, Constraint.QUORUM: 1}
    assert places.possible == {}
    single = found(call(Hearing("1"), Hearing("2"), parallel=1), Placement("2", EARLY, "A"))
    assert single.blocked == {Constraint.GROUP: 1, Constraint.PARALLEL: 1}
    assert single.own is None
    assert [*single.possible] == [Placement("1", LATE, "A"), Placement("1", LATE, "B")]


@pytest.mark.slow
@settings(max_examples=examples(6))
@given(problems())
def test_a_best_timetable_has_nothing_better_and_what_is_possible_is_a_timetable(problem):
    best = best_timetable(problem, Mode.PROPOSE)
    every = {frozenset(timetable) for timetable in every_timetable(problem)}
    for hearing in problem.hearings:
        places = alternatives(problem, best.placements, hearing)
        others = [placement for placement in best.placements if placement.numero != hearing.numero]
        assert hearing.numero not in best.unplaced or not places.possible
        assert all(places.own <= costs for costs in places.possible.values())
        assert all(frozenset([*others, place]) in every for place in places.possible)
        count = len(problem.rules.slots) * len(problem.groups_of(hearing))
        assert len(places.possible) + sum(places.blocked.values()) + (places.own is not None) == count
