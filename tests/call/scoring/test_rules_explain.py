"""Redone by hand from its terms, each number is the one that the rules gave."""

from __future__ import annotations

import pytest

from eig_sheets.call.cofinancing import rules_explain as amounts_explain
from eig_sheets.call.cofinancing.rules_costs import exact, to_cent
from eig_sheets.call.scoring import rules_explain
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from tests.call import builders as build

REVIEWS = build.evaluations(
    build.evaluation("2", "autre@jury.example", [1, 1, 1, 1, 1]),
    build.evaluation("1", "a@jury.example", [4, 3.5, "NSP", 4, 3.6]),
    build.evaluation("1", "b@jury.example", [4, None, 3, 4, 3.6]),
    build.evaluation("1", "c@jury.example", [4, 4, 4, 4, 4], deport=True),
).assign(source="evaluations")


def note_terms(numero):
    rules = build.EIG5
    return rules_explain.note_terms(numero, build.evaluate(REVIEWS), REVIEWS, rules.criteria, rules.scoring)


def amount_terms(sheet, talents=None, rules=build.EIG5):
    found = build.cofinance(sheet, talents, rules)
    return amounts_explain.amount_terms("1", sheet, found, rules.cofinancing, rules.salaries, talents), found.iloc[0]


def test_the_terms_of_each_evaluation_in_the_order_of_the_rows():
    terms = note_terms("1")
    assert [(one.juror, one.row, one.status) for one in terms] == [
        ("a@jury.example", 3, EvaluationStatus.INCLUDED),
        ("b@jury.example", 4, EvaluationStatus.INCOMPLETE),
        ("c@jury.example", 5, EvaluationStatus.RECUSED),
    ]
    assert [one.note for one in terms] == [18.875, None, None]


def test_a_note_is_redone_from_its_terms():
    first = note_terms("1")[0]
    assert [(term.criterion.id, term.value, term.nsp) for term in first.terms][1:4] == [
        ("definition", 3.5, False),
        ("engagement", None, True),
        ("transformation", 4, False),
    ]
    assert (first.weights, first.weighted_sum, first.maximum) == (4, pytest.approx(15.1), 4)
    assert 20 * first.weighted_sum / (first.maximum * first.weights) == pytest.approx(first.note)


def test_a_dossier_without_evaluation_has_no_terms():
    assert note_terms("3") == ()


def test_amounts_are_redone_from_their_terms():
    sheet = build.dossiers({"nombre_eig": 3, "cout_jusqu_a_5_ans": 61250.05, "demande_cofinancement": True})
    terms, found = amount_terms(sheet)
    low, high = terms.costs
    assert (terms.count, terms.part, terms.whole, terms.flat, terms.recruits) == (3, 3, 10, None, ())
    assert (low.typed, low.used, high.typed, high.used) == (61250.05, 61250.05, None, 70000)
    assert (high.salary, high.ratio, high.months, high.estimate) == (4000, 1.75, 10, 70000)
    assert low.plausible == (36750, 98000)
    for cost, amount in ((low, found["amount_min"]), (high, found["amount_max"])):
        assert cost.amount == amount == to_cent(exact(cost.used) * 3 * 3 / 10)


def test_a_flat_amount_needs_no_cost():
    rules = build.campaign(cofinancing={"rule": "flat", "flat_amount": 20000})
    terms, found = amount_terms(build.dossiers({"nombre_eig": 2, "demande_cofinancement": True}), rules=rules)
    assert (terms.flat, terms.part, terms.whole, terms.costs) == (20000, 1, 1, ())
    assert found["amount_min"] == terms.flat * terms.count
