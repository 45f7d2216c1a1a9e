"""What holds whatever people type: the vectorised rules say what a plain reading of the call says, and more."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.call import builders as build
from tests.call import reference, strategies
from tests.effort import examples

RULES = ("months", "flat", "none")
a_whole_call = settings(max_examples=examples(8, long=80))
a_corrected_call = settings(max_examples=examples(6))
"""A whole call is slow to draw, and each holds dozens of rows; its corrected ranking is slower to compute."""


def close(actual, expected):
    """Equal to the billionth, or both blank."""
    return (
        pd.isna(actual) if expected is None else abs(Fraction(float(actual)) - Fraction(expected)) < Fraction(1, 10**9)
    )


def shuffled(data, table):
    order = data.draw(st.permutations(range(len(table))))
    return table.iloc[list(order)].reset_index(drop=True)


def by_number(table):
    return table.drop(columns="row", errors="ignore").set_index("numero").sort_index()


@given(
    strategies.DOSSIERS,
    strategies.campaign(),
    st.sets(st.sampled_from(["date_depot", "mentor", "nombre_eig", "hors_les_murs"])),
)
def test_eligibility_is_the_plain_reading(rows, rules, absent):
    sheet = build.dossiers(*rows)
    available = build.ALL - absent
    fields = list(sheet.columns)
    assessed = build.assess(sheet, rules, available)
    expected = [reference.eligibility(row, fields, available, rules) for row in reference.rows_of(sheet)]
    assert [(row["status"], list(row["reasons"])) for row in assessed.to_dict("records")] == expected


@given(strategies.DOSSIERS)
def test_a_blank_never_makes_ineligible(rows):
    blank_or_unread = [dict.fromkeys(row) | {"unreadable": row["unreadable"]} for row in rows]
    rules = build.campaign(eligibility={"eliminating": ("hors_les_murs", "mise_a_disposition", "ouverture_donnees")})
    assert "ineligible" not in set(build.assess(build.dossiers(*blank_or_unread), rules)["status"])


@a_whole_call
@given(strategies.whole_call(), st.data())
def test_blanking_a_cell_never_breaks_a_rule(call, data):
    sheet, _, rules = call
    assume(len(sheet))
    before = build.assess(sheet, rules)["status"]
    field = data.draw(st.sampled_from(["date_depot", "nombre_eig", "mentor", "ouverture_donnees"]))
    emptied = sheet.assign(**{field: sheet[field].mask(sheet[field].notna())})
    after = build.assess(emptied, rules)["status"]
    assert not ((after == "ineligible") & (before != "ineligible")).any()


@given(strategies.evaluations_of(["1"]), strategies.campaign())
def test_notes_are_the_plain_reading(rows, rules):
    reviews = build.evaluations(*rows)
    evaluated = build.evaluate(reviews, rules)
    for got, row in zip(evaluated.to_dict("records"), reference.rows_of(reviews), strict=True):
        status, note = reference.note(row, rules)
        assert got["status"] == status
        assert close(got["note"], note)


@pytest.mark.slow
@a_whole_call
@given(strategies.whole_call())
def test_scores_are_the_plain_reading(call):
    sheet, reviews, rules = call
    scores = build.score(reviews, sheet["numero"], rules)
    assert list(scores.index) == list(sheet["numero"])
    for numero, got in scores.to_dict("index").items():
        expected = reference.scores(numero, reference.rows_of(reviews), rules)
        assert set(got) == set(expected)
        assert all(close(got[name], expected[name]) for name in expected), (got, expected)


@pytest.mark.slow
@a_corrected_call
@given(strategies.whole_call())
def test_the_ranking_is_the_plain_reading(call):
    sheet, reviews, rules = call
    ranking = build.rank(sheet, reviews, rules)
    statuses = dict(build.assess(sheet, rules)[["numero", "status"]].to_numpy())
    expected = reference.ranking(reference.rows_of(sheet), reference.rows_of(reviews), statuses, rules)
    got = {row["numero"]: {name: row[name] for name in expected[row["numero"]]} for row in reference.rows_of(ranking)}
    assert got == expected


@pytest.mark.slow
@a_whole_call
@given(strategies.whole_call())
def test_ranks_are_competition_ranks_in_order(call):
    ranking = build.rank_by_notes(*call)
    ranks = ranking["rank"].dropna().astype(int).tolist()
    assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)
    assert ranks == sorted(ranks)
    assert ranking["rank"].isna().tolist() == [False] * len(ranks) + [True] * (len(ranking) - len(ranks))
    assert (ranking["rank"].isna() == ranking["unranked_reason"].notna()).all()
    assert (ranking["rank"].isna() == ranking["proposal"].isna()).all()


@pytest.mark.slow
@a_whole_call
@given(strategies.whole_call())
def test_a_tie_break_names_the_criterion_that_separates_equal_notes(call):
    sheet, reviews, rules = call
    ranking = build.rank_by_notes(sheet, reviews, rules)
    for row in reference.rows_of(ranking):
        others = [
            other
            for other in reference.rows_of(ranking)
            if other["rank"] != row["rank"] and None not in (row["rank"], other["rank"])
        ]
        rivals = [other for other in others if abs(other["note"] - row["note"]) < 1e-9]
        if row["tie_break"] is None:
            assert not rivals
            continue
        first = rules.ranking.tie_break[: rules.ranking.tie_break.index(row["tie_break"]) + 1]
        equal_until = [
            other for other in rivals if [other[name] for name in first[:-1]] == [row[name] for name in first[:-1]]
        ]
        assert any(other[first[-1]] != row[first[-1]] for other in equal_until)


@pytest.mark.slow
@a_corrected_call
@given(strategies.whole_call(), st.data())
def test_the_order_of_rows_changes_nothing(call, data):
    sheet, reviews, rules = call
    mixed, mixed_reviews = shuffled(data, sheet), shuffled(data, reviews)
    pd.testing.assert_frame_equal(build.rank(mixed, mixed_reviews, rules), build.rank(sheet, reviews, rules))
    pd.testing.assert_frame_equal(by_number(build.assess(mixed, rules)), by_number(build.assess(sheet, rules)))
    pd.testing.assert_frame_equal(
        by_number(build.cofinance(mixed, rules=rules)), by_number(build.cofinance(sheet, rules=rules))
    )


@pytest.mark.slow
@a_corrected_call
@given(strategies.whole_call(), st.data())
def test_a_deport_changes_no_note(call, data):
    sheet, reviews, rules = call
    assume(len(sheet))
    numero = data.draw(st.sampled_from(list(sheet["numero"])))
    more = data.draw(strategies.evaluation(numero, "nouveau@jury.example")) | {"deport": True}
    with_it = pd.concat([reviews, build.evaluations(more)], ignore_index=True)
    pd.testing.assert_frame_equal(build.rank(sheet, with_it, rules), build.rank(sheet, reviews, rules))


@pytest.mark.slow
@a_whole_call
@given(strategies.whole_call(), st.data())
def test_raising_a_score_never_lowers_a_rank(call, data):
    sheet, reviews, rules = call
    cells = [(row, name) for name in build.CRITERIA for row in reviews.index if reviews.loc[row, name] < 4]
    assume(cells)
    row, name = data.draw(st.sampled_from(cells))
    raised = reviews.copy()
    raised.loc[row, name] = data.draw(st.floats(reviews.loc[row, name], 4))
    numero = reviews.loc[row, "numero"]
    before, after = (
        by_number(build.rank_by_notes(sheet, notes, rules)).loc[numero, "rank"] for notes in (reviews, raised)
    )
    assert pd.isna(before) == pd.isna(after)
    assert pd.isna(before) or after <= before


@pytest.mark.slow
def test_routes_are_the_plain_reading_of_every_combination():
    kinds = (None, *build.TYPES)
    answers = product((None, True, False), kinds, (None, "Ministère fictif"), kinds, (None, "352"), (None, True, False))
    names = ("demande_cofinancement", "type_administration", "porteur", "type_porteur", "programme", "convention")
    sheet = build.dossiers(*(dict(zip(names, answer, strict=True)) for answer in answers))
    cofinanced = reference.rows_of(build.cofinance(sheet))
    for got, row in zip(cofinanced, reference.rows_of(sheet), strict=True):
        expected = reference.route(row)
        assert {name: got[name] for name in expected} | {"missing": set(got["missing"])} == expected


@pytest.mark.slow
@given(strategies.DOSSIERS, strategies.campaign())
def test_amounts_are_the_plain_reading_in_whole_cents(rows, rules):
    sheet = build.dossiers(*rows)
    cofinanced = build.cofinance(sheet, rules=rules)[["amount_min", "amount_max"]]
    for got, row in zip(cofinanced.to_numpy(), reference.rows_of(sheet), strict=True):
        expected = [None if amount is None else float(amount) for amount in reference.amounts(row, rules)]
        assert [None if pd.isna(amount) else amount for amount in got] == expected


@pytest.mark.parametrize("count", [0, 1])
def test_a_call_of_nothing_or_one_holds(count):
    sheet = build.dossiers(*[{}] * count)
    nothing = build.evaluations()
    assert len(build.rank(sheet, nothing)) == len(build.cofinance(sheet)) == len(build.assess(sheet)) == count
    assert build.rank(sheet, nothing)["unranked_reason"].tolist() == ["sans_evaluation"] * count


@pytest.mark.parametrize("count", [0, 2])
def test_every_rule_of_cofinancing_gives_the_same_columns(count):
    sheet = build.dossiers(*[{"nombre_eig": 2, "demande_cofinancement": True}] * count)
    usual, *others = (build.cofinance(sheet, rules=build.campaign(cofinancing={"rule": rule})) for rule in RULES)
    for other in others:
        assert set(other.columns) == set(usual.columns)
        assert len(other) == count
