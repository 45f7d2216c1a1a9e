"""The timetable is the best there is, against all of them one by one; what people decided stays."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.auditions.rules_candidates import Mode, moved
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Placement, Timetabling, broken
from eig_sheets.features.auditions.rules_program import best_timetable
from tests.effort import examples
from tests.features.auditions.verifier import (
    TUESDAY,
    WEDNESDAY,
    at,
    every_timetable,
    faults,
    rules,
    score,
    span,
)

JURORS = ("ada", "bob", "cid", "dee")
SPANS = (span("09:00", "10:00"), span("09:40", "12:00"), span("00:00", "23:00"), span("09:00", "12:00", WEDNESDAY))


@st.composite
def problems(draw):
    """A small call: two or three slots on two days, one or two groups, up to three dossiers."""
    hours = draw(st.sampled_from([("09:00", "10:20"), ("09:00", "09:40")]))
    days = draw(st.sampled_from([[TUESDAY], [TUESDAY, WEDNESDAY]]))
    sizes = draw(st.sampled_from([(4,), (2, 2), (1, 3), (0,)]))
    places = iter(JURORS)
    groups = tuple(
        Group("AB"[n] if len(sizes) > 1 else "", tuple(next(places) for _ in range(size)))
        for n, size in enumerate(sizes)
    )
    pairs = st.tuples(st.sampled_from("123"), st.sampled_from(JURORS))
    hearings = tuple(
        Hearing(
            numero,
            frozenset(draw(st.sets(st.sampled_from(["p@x.fr", "q@x.fr", "bob", "cid"]), max_size=1))),
            frozenset(draw(st.sets(st.sampled_from(JURORS), max_size=2))),
            frozenset(draw(st.sampled_from([(), (groups[-1].name,)]))),
        )
        for numero in "123"[: draw(st.integers(1, 3))]
    )
    return Timetabling(
        rules(
            *((day, *hours) for day in days),
            parallel=draw(st.sampled_from([None, 1])),
            quorum=draw(st.sampled_from([0.5, 1.0, 0.0])),
        ),
        hearings,
        groups,
        draw(
            st.dictionaries(
                st.sampled_from(JURORS), st.lists(st.sampled_from(SPANS), max_size=2).map(tuple), max_size=3
            )
        ),
        frozenset(draw(st.sets(pairs, max_size=4))),
    )


@pytest.mark.slow
@given(problems())
def test_it_has_no_fault_and_none_is_better(problem):
    timetable = best_timetable(problem, Mode.PROPOSE)
    placements = [*timetable.placements]
    assert faults(problem, placements) == set()
    assert {placement.numero for placement in placements}.isdisjoint(timetable.unplaced)
    assert score(problem, placements) == min(score(problem, other) for other in every_timetable(problem))


@pytest.mark.slow
@given(problems(), st.data())
def test_adjusting_moves_as_little_as_can_be(problem, data):
    slots, names = problem.rules.slots, [group.name for group in problem.groups]
    places = st.tuples(st.sampled_from(slots), st.sampled_from(names))
    numbers = [hearing.numero for hearing in problem.hearings]
    drawn = data.draw(st.dictionaries(st.sampled_from(numbers), places))
    known = {numero: Placement(numero, *place) for numero, place in drawn.items()}
    problem = dataclasses.replace(problem, known=known)
    placements = [*best_timetable(problem, Mode.ADJUST).placements]
    assert faults(problem, placements) == set()
    assert score(problem, placements, known) == min(score(problem, other, known) for other in every_timetable(problem))
    assert moved(problem, placements) == score(problem, placements, known)[1]
    again = dataclasses.replace(problem, known={placement.numero: placement for placement in placements})
    assert moved(again, best_timetable(again, Mode.ADJUST).placements) == 0


@pytest.mark.slow
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_jurors_and_of_what_they_declare_changes_nothing(problem, chance):
    def shuffled(items):
        return chance.sample([*items], len(items))

    other = dataclasses.replace(
        problem,
        groups=tuple(Group(group.name, tuple(shuffled(group.jurors))) for group in problem.groups),
        availability=dict(shuffled(problem.availability.items())),
    )
    assert best_timetable(other, Mode.PROPOSE) == best_timetable(problem, Mode.PROPOSE)


@given(problems(), st.dictionaries(st.sampled_from("123"), st.sampled_from(["09:00", "09:20", "07:00"])), st.booleans())
def test_what_people_decided_stays_whatever_it_breaks_and_nothing_else_breaks_anything(problem, hours, adjust):
    decided = {hearing.numero: at(hours[hearing.numero]) for hearing in problem.hearings if hearing.numero in hours}
    problem = dataclasses.replace(problem, decided=decided, convened=frozenset(decided))
    placements = [*best_timetable(problem, Mode.ADJUST if adjust else Mode.PROPOSE).placements]
    assert {
        placement.numero: placement.span.start for placement in placements if placement.numero in decided
    } == decided
    free = [placement for placement in placements if placement.numero not in decided]
    assert not {numero for numero, _ in faults(problem, placements)} & {placement.numero for placement in free}


def two_in_one_place(**others):
    groups = (Group("", JURORS),)
    return Timetabling(rules((TUESDAY, "09:00", "11:00")), (Hearing("1"), Hearing("2"), Hearing("3")), groups, **others)


def test_force_moves_what_breaks_a_rule_and_rather_what_nobody_was_told():
    decided = {"1": at("09:00"), "2": at("09:00"), "3": at("08:00")}
    problem = two_in_one_place(decided=decided, convened=frozenset({"2"}))
    starts = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.FORCE).placements}
    assert starts == {"1": at("09:40"), "2": at("09:00"), "3": at("10:20")}
    kept = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.ADJUST).placements}
    assert kept == decided


def test_force_moves_nothing_that_may_stay():
    problem = two_in_one_place(decided={"1": at("10:20"), "3": at("09:00")})
    starts = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.FORCE).placements}
    assert starts == {"1": at("10:20"), "2": at("09:40"), "3": at("09:00")}


def test_force_moves_what_leaves_no_room_for_another():
    problem = two_in_one_place(decided={"1": at("10:20"), "3": at("09:10")})
    assert best_timetable(problem, Mode.ADJUST).unplaced == ("2",)
    starts = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.FORCE).placements}
    assert (starts["1"], {starts["2"], starts["3"]}) == (at("10:20"), {at("09:00"), at("09:40")})


def test_a_porteur_of_two_dossiers_is_never_in_two_places():
    groups = (Group("A", ("ada",)), Group("B", ("bob",)))
    twice = (Hearing("1", frozenset({"p@x.fr"})), Hearing("2", frozenset({"p@x.fr"})), Hearing("3"))
    problem = Timetabling(rules((TUESDAY, "09:00", "10:20")), twice, groups)
    starts = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.PROPOSE).placements}
    assert starts["1"] != starts["2"]
    assert len(starts) == 3


def test_a_juror_who_is_a_porteur_is_never_expected_in_two_rooms():
    groups = (Group("A", ("ada",)), Group("B", ("bob", "cid")))
    hearings = (Hearing("1", frozenset({"bob"}), groups=frozenset("A")), Hearing("2", groups=frozenset("B")))
    problem = Timetabling(rules((TUESDAY, "09:00", "10:20")), hearings, groups, recusals=frozenset({("1", "bob")}))
    starts = {placement.numero: placement.span.start for placement in best_timetable(problem, Mode.PROPOSE).placements}
    assert {*starts.values()} == {at("09:00"), at("09:40")}
    away = dataclasses.replace(problem, recusals=problem.recusals | {("2", "bob")})
    assert {placement.span.start for placement in best_timetable(away, Mode.PROPOSE).placements} == {at("09:00")}


def test_nobody_steps_out_of_a_hearing_though_that_takes_a_day_more():
    groups = (Group("A", ("ada", "bob")), Group("B", ("cid", "dee")))
    tuesday, wednesday = span("09:00", "10:20"), span("09:00", "10:20", WEDNESDAY)
    problem = Timetabling(
        rules((TUESDAY, "09:00", "10:20"), (WEDNESDAY, "09:00", "10:20")),
        (Hearing("1"), Hearing("2", groups=frozenset("A"))),
        groups,
        {"ada": (tuesday,), "bob": (tuesday,), "cid": (wednesday,), "dee": (wednesday,)},
        frozenset({("1", "ada")}),
    )
    heard = {
        placement.numero: (placement.group, placement.span.start)
        for placement in best_timetable(problem, Mode.PROPOSE).placements
    }
    assert heard == {"1": ("B", wednesday.start), "2": ("A", tuesday.start)}


def real_size(seed: int, dossiers: int, groups: int, jurors: int) -> Timetabling:
    """Two days of a jury: a third of the jurors come on one day only, one pair in twenty is a déport."""
    chance = random.Random(seed)
    hours = rules((TUESDAY, "09:00", "18:00"), (WEDNESDAY, "09:00", "18:00"), breaks=(("12:20", "13:40"),))
    names = [f"j{place}@jury.example" for place in range(jurors)]
    teams = tuple(Group("ABCDEFGH"[n] if groups > 1 else "", tuple(names[n::groups])) for n in range(groups))
    one_day = [name for name in names if chance.random() < 1 / 3]
    hearings = tuple(Hearing(str(100 + n), readers=frozenset(teams[n % groups].jurors)) for n in range(dossiers))
    recusals = {(hearing.numero, name) for hearing in hearings for name in names if chance.random() < 0.05}
    availability = {name: (hours.sittings[chance.randrange(2)],) for name in one_day}
    return Timetabling(hours, hearings, teams, availability, frozenset(recusals))


@pytest.mark.parametrize(("dossiers", "groups"), [(16, 1), (16, 4)])
def test_a_real_jury_is_placed_whole(dossiers, groups):
    problem = real_size(5, dossiers, groups, 22)
    timetable = best_timetable(problem, Mode.PROPOSE)
    assert timetable.unplaced == ()
    assert faults(problem, [*timetable.placements]) == set()
    assert {breach.constraint.value for breach in broken(problem, timetable.placements)} <= {"disponibilites"}


@pytest.mark.slow
@settings(max_examples=examples(2))
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_after_a_withdrawal_a_real_timetable_hardly_moves(seed, chance):
    problem = real_size(seed, 12, 3, 15)
    before = best_timetable(problem, Mode.PROPOSE)
    gone = chance.choice(problem.hearings)
    left = tuple(hearing for hearing in problem.hearings if hearing != gone)
    after = dataclasses.replace(
        problem, hearings=left, known={placement.numero: placement for placement in before.placements}
    )
    assert moved(after, best_timetable(after, Mode.ADJUST).placements) == 0
