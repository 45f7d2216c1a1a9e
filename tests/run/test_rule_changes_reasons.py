"""A reason settles what has changed when it is typed: nothing before it, nothing after."""

from datetime import timedelta

import pytest

from tests.run.rule_sets import BEFORE, BEGUN, CLOSED, after, codes, line
from tests.workbook.snapshots import EVALUATIONS, evaluation

FIRST = ("Réouverture", "Comité du 3 mai")
SECOND = ("Réouverture", "Désistement")
BETTER = [evaluation("101", "anna", *[4.0] * 5), *EVALUATIONS[1:]]


def reopenings(rule_changes):
    return [(rule.recorded, rule.detail) for rule in rule_changes.rules if rule.name == "Réouverture"]


@pytest.mark.slow
def test_a_reason_typed_when_nothing_has_changed_is_no_licence_for_later():
    spent = after(BEFORE, FIRST)
    assert reopenings(spent) == [
        (FIRST[1], "Rien n’avait changé\u202f: cette raison ne vaut pour aucun changement à venir.")
    ]
    changed = after(spent, FIRST, ("Places", 18.0))
    assert codes(changed) == [("regle_changee", None)]
    assert after(changed, FIRST, SECOND, ("Places", 18.0)).anomalies == ()


def test_two_reasons_at_once_serve_at_once():
    settled = after(BEFORE, FIRST, SECOND, ("Places", 18.0))
    assert settled.anomalies == ()
    assert reopenings(settled) == [(why, "Places\u202f: 20 → 18") for _, why in (FIRST, SECOND)]
    assert codes(after(settled, FIRST, SECOND, ("Places", 17.0))) == [("regle_changee", None)]


@pytest.mark.slow
def test_a_reason_reworded_afterwards_is_no_licence_for_later():
    settled = after(BEFORE, FIRST, ("Places", 18.0))
    reworded = after(settled, ("Réouverture", "Comité du 3 mai 2021"), ("Places", 18.0))
    assert reworded.anomalies == ()
    later = after(reworded, ("Réouverture", "Comité du 3 mai 2021"), ("Places", 17.0))
    assert codes(later) == [("regle_changee", None)]


@pytest.mark.slow
def test_a_note_that_changed_along_with_a_rule_is_reported_and_named_in_the_reopening():
    closed = after(BEFORE, now=CLOSED)
    both = after(closed, ("Poids – Ouverture", 2.0), now=CLOSED, evaluations=BETTER)
    assert codes(both) == [("regle_changee", None), ("note_changee", "101")]
    assert "16,67/20" in both.anomalies[1].message
    settled = after(both, ("Poids – Ouverture", 2.0), FIRST, now=CLOSED, evaluations=BETTER)
    assert settled.anomalies == ()
    [(_, detail)] = reopenings(settled)
    assert "Poids – Ouverture\u202f: 1 → 2" in detail
    assert "Dossier 101\u202f: rang 1, 15/20 → " in detail
    assert "Dossier 102" not in detail


def test_a_dossier_keeps_the_place_that_was_recorded_first_through_every_reopening():
    closed = after(BEFORE, now=CLOSED)
    once = after(closed, FIRST, now=CLOSED, evaluations=BETTER)
    assert line(once, "Dossier 101").detail == "D’abord enregistré\u202f: rang 1, 15/20."
    best = [*(evaluation("101", name, *[4.0] * 5) for name in ("anna", "bob")), *EVALUATIONS[2:]]
    twice = after(once, FIRST, SECOND, now=CLOSED + timedelta(1), evaluations=best)
    assert (twice.anomalies, line(twice, "Dossier 101").recorded) == ((), "rang 1, 18,33/20")
    assert line(twice, "Dossier 101").detail == "D’abord enregistré\u202f: rang 1, 15/20."


@pytest.mark.slow
def test_the_note_and_the_waiting_list_that_the_rules_set_are_rules_too():
    for setting, value in (("Note minimale", 16.0), ("Places en liste d’attente", 5.0)):
        changed = after(BEFORE, (setting, value))
        assert codes(changed) == [("regle_changee", None)]
        assert line(changed, setting).since == BEGUN
        assert after(changed).anomalies == ()
