"""Rows are made once, whatever people then do to them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.follow_up.schedule import Planned, moved, never_made, remembered, unnamed

A = Planned("a", "Contrats signés", "Porteur", date(2021, 9, 6))
B = Planned("b", "Arrivée", "Porteur", date(2021, 9, 13))
C = Planned("c-1", "Point n° 1", "Porteur", date(2021, 9, 20))
PLAN = {"1": [A, B, C]}


def test_a_project_without_any_row_gets_them_all_then_none():
    added = never_made(PLAN, {}, {})
    assert added == PLAN
    made = remembered(PLAN, {}, {}, added)
    assert made == {"1": {"a": "2021-09-06", "b": "2021-09-13", "c-1": "2021-09-20"}}
    assert never_made(PLAN, {"1": ["Contrats signés", "Arrivée", "Point n° 1"]}, made) == {}


def test_what_people_delete_or_rename_is_not_made_again_unless_they_ask():
    made = remembered(PLAN, {}, {}, PLAN)
    typed = {"1": ["Contrats  SIGNES", "Autre chose"]}
    assert never_made(PLAN, typed, made) == never_made(PLAN, {}, made) == {}
    assert unnamed(PLAN, typed) == {"1": [B, C]}


def test_a_rule_that_is_new_is_made_for_each_project():
    made = remembered({"1": [A]}, {}, {}, {"1": [A]})
    assert never_made(PLAN, {"1": ["Contrats signés"]}, made) == {"1": [B, C]}


def test_a_row_that_people_typed_under_that_name_is_not_doubled():
    made = remembered({"1": [A]}, {}, {}, {"1": [A]})
    typed = {"1": ["Contrats signés", "Arrivée"]}
    assert never_made(PLAN, typed, made) == {"1": [C]}
    assert remembered(PLAN, typed, made, {})["1"] == {"a": "2021-09-06", "b": ""}


def test_without_the_state_folder_rows_that_are_there_tell_that_all_were_made():
    typed = {"1": ["Arrivée"]}
    assert never_made(PLAN, typed, {}) == {}
    assert remembered(PLAN, typed, {}, {}) == {"1": {"a": "", "b": "", "c-1": ""}}
    assert never_made(PLAN, {"1": ["Le nôtre"]}, {}) == PLAN  # of their own: nothing of ours was ever made


def test_only_a_row_that_has_still_its_first_date_follows_no_rule_any_more():
    made = {"a": "2021-09-01", "b": "2021-09-13", "c-1": ""}
    typed = {"contrats signes": date(2021, 9, 1), "arrivee": date(2021, 9, 13), "point numero 1": date(2021, 10, 1)}
    assert moved([A, B, C], made, typed) == [A]
    assert moved([A], made, {"contrats signes": date(2021, 9, 2)}) == []  # people moved it
    assert moved([A], {"a": ""}, {"contrats signes": date(2021, 9, 1)}) == []  # nobody knows


LABELS = st.sets(st.sampled_from([A.label, B.label, C.label, "Autre"]))


@given(st.lists(LABELS, min_size=1, max_size=5))
def test_whatever_people_keep_each_milestone_is_made_once(kept):
    made, times = {}, {milestone.key: 0 for milestone in PLAN["1"]}
    typed: list[str] = []
    for keep in kept:
        added = never_made(PLAN, {"1": typed}, made)
        made = remembered(PLAN, {"1": typed}, made, added)
        for milestone in added.get("1", ()):
            times[milestone.key] += 1
        typed = [label for label in (*typed, *(milestone.label for milestone in added.get("1", ()))) if label in keep]
    assert {*times.values()} == {1}
