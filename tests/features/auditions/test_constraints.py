"""Each constraint, broken alone, is named with who breaks it; one that is kept is not."""

from __future__ import annotations

import dataclasses

import pytest

from eig_sheets.features.auditions.rules_problem import Group, Hearing, Placement, Timetabling, broken
from tests.features.auditions.verifier import TUESDAY, WEDNESDAY, rules, span

HOURS = rules((TUESDAY, "09:00", "12:00"), breaks=(("10:20", "10:40"),))
GROUPS = (Group("A", ("ada", "bob", "cid")), Group("B", ("dee",)))
HEARINGS = (Hearing("1", frozenset({"p@x.fr"})), Hearing("2", frozenset({"p@x.fr"})), Hearing("3"))
FIRST = Placement("1", span("09:00", "09:40"), "A")


def said(*placements, **others):
    """What is broken, of auditions where everything else is as it should be."""
    problem = Timetabling(others.pop("hours", HOURS), others.pop("hearings", HEARINGS), GROUPS, **others)
    return [(one.numero, one.constraint.value, one.who) for one in broken(problem, placements)]


def test_a_timetable_that_keeps_to_the_rules_breaks_none():
    assert said(FIRST, Placement("2", span("09:40", "10:20"), "A"), Placement("3", span("09:00", "09:40"), "B")) == []


@pytest.mark.parametrize(
    ("when", "constraint"),
    [
        (span("09:00", "09:40", WEDNESDAY), "jour"),
        (span("08:40", "09:20"), "horaires"),
        (span("11:40", "12:20"), "horaires"),
        (span("10:00", "10:40"), "pause"),
        (span("10:30", "11:10"), "pause"),
    ],
)
def test_a_day_hours_or_a_break(when, constraint):
    assert said(Placement("1", when, "A")) == [("1", constraint, None)]


def test_a_group_that_hears_two_dossiers_names_each_beside_the_other():
    assert said(Placement("1", span("09:00", "09:40"), "A"), Placement("3", span("09:20", "10:00"), "A")) == [
        ("1", "groupe", "3"),
        ("3", "groupe", "1"),
    ]


def test_a_porteur_in_two_places():
    found = said(FIRST, Placement("2", span("09:20", "10:00"), "B"))
    assert found == [("1", "porteur", "p@x.fr"), ("2", "porteur", "p@x.fr")]


def test_a_juror_who_is_a_porteur_in_two_rooms_unless_they_step_aside_or_cannot_come():
    hearings = (dataclasses.replace(HEARINGS[0], porteurs=frozenset({"dee"})), *HEARINGS[1:])
    other = Placement("3", span("09:20", "10:00"), "B")
    assert said(FIRST, other, hearings=hearings) == [("1", "porteur", "dee"), ("3", "porteur", "dee")]
    found = said(FIRST, other, hearings=hearings, recusals=frozenset({("3", "dee")}))
    assert {constraint for _, constraint, _ in found} == {"deports", "quorum"}
    away = said(FIRST, other, hearings=hearings, availability={"dee": (span("11:00", "12:00"),)})
    assert {constraint for _, constraint, _ in away} == {"disponibilites", "quorum"}


def test_more_groups_at_once_than_may_be():
    one_at_a_time = rules((TUESDAY, "09:00", "12:00"), parallel=1)
    other = Placement("3", span("09:20", "10:00"), "B")
    assert said(FIRST, other, hours=one_at_a_time) == [("1", "parallele", None), ("3", "parallele", None)]
    assert said(FIRST, other) == []


def test_a_juror_who_cannot_come():
    assert said(FIRST, availability={"bob": (span("09:20", "12:00"),)}) == [("1", "disponibilites", "bob")]
    assert said(FIRST, availability={"bob": (span("09:00", "09:40"),)}) == []


def test_a_juror_who_leaves_breaks_nothing_until_too_few_stay():
    assert said(FIRST, recusals=frozenset({("1", "ada")})) == []
    found = said(FIRST, recusals=frozenset({("1", "ada"), ("1", "cid")}))
    assert found == [("1", "deports", "ada"), ("1", "deports", "cid"), ("1", "quorum", "A")]
    away = {"ada": (), "bob": ()}
    assert said(FIRST, availability=away) == [
        ("1", "disponibilites", "ada"),
        ("1", "disponibilites", "bob"),
        ("1", "quorum", "A"),
    ]


def test_the_quorum_is_a_share_of_the_group_and_never_nobody():
    problem = Timetabling(HOURS, HEARINGS, GROUPS)
    assert [problem.needed(group) for group in (*GROUPS, Group("", ()))] == [2, 1, 0]
    none = dataclasses.replace(problem, rules=rules((TUESDAY, "09:00", "12:00"), quorum=0.0))
    assert none.needed(GROUPS[0]) == 1
