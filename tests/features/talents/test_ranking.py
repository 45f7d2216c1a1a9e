"""The lists of candidates: who is in which, ranks and ties, who has no rank, what is said of each."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.scoring.rules_ranking import Alert, Unranked
from eig_sheets.features.talents.rules_choices import choices
from eig_sheets.features.talents.rules_eligibility import assess
from eig_sheets.features.talents.rules_ranking import ListKind, rank
from eig_sheets.features.talents.rules_scoring import correct, score
from tests.effort import examples
from tests.features.talents.builders import ALL, RULES, candidates, review, reviews, rules

pytestmark = pytest.mark.newest

PROJECTS = ("101", "102", "103")
ONE = rules(min_reviews=1)


def lists(people, rows, of=ONE):
    """The lists of these candidates, from these evaluations."""
    table, evaluations = candidates(*people), reviews(*rows)
    chosen, scores = choices(table, PROJECTS, PROJECTS, None), score(evaluations, table["candidature"], of)
    corrected = correct(scores.evaluated, of, {})
    return rank(table, assess(table, ALL, of), chosen, scores, corrected.notes, of)


def of(ranking, kind, group, *columns):
    """Some columns of one list, in its order."""
    rows = ranking[(ranking["kind"] == kind) & (ranking["group"] == group)]
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in rows[[*columns]].itertuples(index=False)
    ]


def test_by_project_who_was_heard_for_it_comes_first_then_who_chose_it():
    people = [{"voeu_1": "101", "voeu_2": "102"}, {"voeu_1": "102", "voeu_2": "101"}, {"voeu_1": "101"}]
    ranking = lists(people, [review("T1", "a", 3), review("T2", "a", 4, numero="102")])
    columns = ("candidature", "rank", "wish", "note", "unranked_reason")
    assert of(ranking, ListKind.PROJECT, "101", *columns) == [
        ("T1", 1, 1, 15.0, None),
        ("T2", None, 2, 20.0, Unranked.NOT_HEARD),
        ("T3", None, 1, None, Unranked.WITHOUT_EVALUATION),
    ]
    assert of(ranking, ListKind.PROJECT, "102", *columns) == [
        ("T2", 1, 1, 20.0, None), ("T1", None, 2, 15.0, Unranked.NOT_HEARD)
    ]  # fmt: skip


def test_the_note_in_a_project_s_list_is_that_of_its_evaluations():
    ranking = lists([{}], [review("T1", "a", 4), review("T1", "b", 2, numero="102")])
    assert of(ranking, ListKind.PROJECT, "101", "note", "reviews") == [(20.0, 1)]
    assert of(ranking, ListKind.PROJECT, "102", "note", "reviews") == [(10.0, 1)]
    assert of(ranking, ListKind.METIER, "Designer", "note", "reviews") == [(15.0, 2)]


def test_equal_notes_share_a_rank_and_the_next_one_is_left_out():
    people = [{}] * 4
    ranking = lists(people, [review(f"T{nth}", "a", score) for nth, score in ((1, 3), (2, 4), (3, 3), (4, 2))])
    assert of(ranking, ListKind.PROJECT, "101", "candidature", "rank", "alerts") == [
        ("T2", 1, (Alert.NOT_WISHED,)),
        ("T1", 2, (Alert.NOT_WISHED, Alert.TIED)),
        ("T3", 2, (Alert.NOT_WISHED, Alert.TIED)),
        ("T4", 4, (Alert.NOT_WISHED,)),
    ]


def test_a_metier_has_whom_it_concerns_and_nobody_without_a_metier():
    people = [
        {}, {"statut": "Présélectionné"}, {"voeu_1": "101"}, {"metier": None}, {"metier": "Juriste"}, {"metier": "Géo"},
    ]  # fmt: skip
    ranking = lists(people, [review("T1", "a", 4), review("T4", "a", 3), review("T6", "a", None, 1, 1, 1, 1)])
    assert [*dict.fromkeys(ranking.loc[ranking["kind"] == ListKind.METIER, "group"])] == ["Designer", "Géo"]
    assert of(ranking, ListKind.METIER, "Designer", "candidature", "rank") == [("T1", 1), ("T2", None), ("T3", None)]
    assert of(ranking, ListKind.METIER, "Géo", "unranked_reason", "alerts") == [
        (Unranked.WITHOUT_EVALUATION, (Alert.INCOMPLETE,))
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"statut_actuel": "Fonctionnaire"}, Unranked.INELIGIBLE),
        ({"statut": "Désisté"}, Unranked.WITHDRAWN),
        ({"statut": "Non retenu"}, None),
        ({"cv": None}, None),
    ],
)
def test_who_may_not_be_recruited_has_no_rank(fields, reason):
    ranking = lists([{}, fields], [review("T1", "a", 2), review("T2", "a", 4)])
    expected = {"T1": 2 if reason is None else 1, "T2": 1 if reason is None else None}
    rows = of(ranking, ListKind.METIER, "Designer", "candidature", "rank", "unranked_reason")
    assert {number: place for number, place, _ in rows} == expected
    assert {number: why for number, _, why in rows}["T2"] == reason


def test_what_weakens_a_rank_is_said():
    rows = [review("T1", "a", 4, 4, "NSP", 4, 4), review("T1", "b", None, 1, 1, 1, 1)]
    ranking = lists([{"cv": None, "voeu_1": "101"}], rows, RULES)
    assert of(ranking, ListKind.PROJECT, "101", "alerts") == [
        ((Alert.FEW_REVIEWS, Alert.INCOMPLETE, Alert.NSP, Alert.TO_REVIEW),)
    ]


def test_corrected_ranks_stand_beside_the_raw_ones():
    severe = {"a": 0.0, "b": -0.75, "c": 0.75}
    pairs = ["ab", "bc", "ca", "ab", "bc", "ca", "ab", "bc"]
    rows = [review(f"T{nth}", j, 2.25 + severe[j]) for nth, pair in enumerate(pairs, 1) for j in pair]
    ranking = lists([{}] * 8, rows)
    listed = ranking[ranking["kind"] == ListKind.METIER]
    assert listed["rank"].nunique() == 3  # by who heard them alone
    assert (listed["corrected"].max() - listed["corrected"].min()) < (listed["note"].max() - listed["note"].min()) / 2
    order = listed["corrected"].rank(method="min", ascending=False)
    assert [*listed["corrected_rank"]] == [*order]
    assert [*listed["corrected_rank"]] != [*listed["rank"]]


def test_projects_and_candidates_come_in_the_order_of_their_numbers():
    people = [{"candidature": number, "voeu_1": "101"} for number in ("T10", "T9")]
    ranking = lists(people, [])
    assert of(ranking, ListKind.PROJECT, "101", "candidature") == [("T9",), ("T10",)]


SCORES = st.sampled_from([1, 2, 3, 4])
REVIEWS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abc"), SCORES, st.sampled_from([None, *PROJECTS])),
                   max_size=8, unique_by=lambda row: row[:2])  # fmt: skip


@pytest.mark.slow
@settings(max_examples=examples(5))
@given(REVIEWS, st.permutations(range(4)))
def test_whatever_the_order_of_rows_the_lists_are_the_same_and_best_first(found_reviews, order):
    people = [{"candidature": f"T{nth + 1}", "voeu_1": PROJECTS[nth % 3]} for nth in range(4)]
    rows = [review(f"T{who}", juror, value, numero=project) for who, juror, value, project in found_reviews]
    ranking = lists(people, rows)
    again = lists([people[place] for place in order], rows[::-1])
    pd.testing.assert_frame_equal(ranking, again)
    for _, rows_of_list in ranking.groupby(["kind", "group"]):
        ranked = rows_of_list[rows_of_list["rank"].notna()]
        assert ranked["note"].is_monotonic_decreasing
        assert [*ranked["rank"]] == [int((ranked["note"] > note).sum()) + 1 for note in ranked["note"]]
        assert not rows_of_list["candidature"].duplicated().any()
