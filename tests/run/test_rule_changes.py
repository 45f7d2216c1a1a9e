"""The rules of a call do not change silently once evaluations have begun."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.columns import cell_of
from tests.run.rule_sets import (
    BEFORE,
    BEGUN,
    CLOSED,
    NAMES,
    after,
    codes,
    dossiers_of,
    line,
    with_rule_changes,
    workbook,
)
from tests.workbook.snapshots import EIG5, EVALUATIONS, evaluation


def test_nothing_is_recorded_before_the_first_evaluation():
    blank = [evaluation("101", "anna", *[None] * 5)]
    assert with_rule_changes(workbook(evaluations=blank)).rules == ()
    assert with_rule_changes(workbook(evaluations=[])).rules == ()


def test_the_first_evaluation_records_every_rule():
    assert {rule.name: rule.recorded for rule in BEFORE.rules} == {
        "Places": "20", "Départage": "Pertinence du besoin\u202f; Transformation", "Barème": "1 à 4",
        "Méthode du classement": "moyenne des notes", "Note minimale": "aucun", "Places en liste d’attente": "3",
        "Zone de délibération": "25\u202f% à 75\u202f%",
        **{f"Poids – {criterion.label}": "1" for criterion in EIG5.criteria},
    }  # fmt: skip
    assert {rule.since for rule in BEFORE.rules} == {BEGUN}
    assert not any(rule.changed for rule in BEFORE.rules)
    assert BEFORE.anomalies == ()


def test_another_run_records_nothing_new():
    assert after(BEFORE).rules == BEFORE.rules


@pytest.mark.slow
def test_a_change_stays_an_anomaly_and_shows_both_rankings():
    scores = [*(evaluation("101", name, 4.0, 4.0, 4.0, 4.0, 1.0) for name in NAMES), *EVALUATIONS[3:]]
    first = with_rule_changes(workbook(evaluations=scores))
    for now in (BEGUN + timedelta(1), BEGUN + timedelta(2)):
        first = after(first, ("Poids – Ouverture", 9.0), evaluations=scores, now=now)
        [anomaly] = first.anomalies
        value = cell_of("parametres", "valeur", 2)
        assert (anomaly.code, anomaly.tab, anomaly.cell) == ("regle_changee", "Paramètres", value)
        changed = line(first, "Poids – Ouverture")
        assert (changed.recorded, changed.now, changed.changed, changed.since) == ("1", "9", True, BEGUN)
        assert f"Paramètres!{value}" in changed.detail
        assert (line(first, "Dossier 101").recorded, line(first, "Dossier 102").recorded) == (
            "rang 1, 17/20", "rang 2, 15/20",
        )  # fmt: skip
        assert (line(first, "Dossier 101").now, line(first, "Dossier 102").now) == ("rang 2, 9,62/20", "rang 1, 15/20")
    back = after(first, evaluations=scores)
    assert (back.anomalies, dossiers_of(back)) == ((), [])


@pytest.mark.slow
def test_a_reason_reopens_the_rules_once():
    changed = after(BEFORE, ("Places", 18.0))
    reopened = after(changed, ("Places", 18.0), ("Réouverture", "Budget réduit, comité du 3 mai"))
    assert reopened.anomalies == ()
    said = line(reopened, "Réouverture")
    assert (said.recorded, said.now) == ("Budget réduit, comité du 3 mai", None)
    assert said.detail == "Places\u202f: 20 → 18"
    assert (line(reopened, "Places").recorded, line(reopened, "Places").since) == ("18", BEGUN + timedelta(1))
    assert after(reopened, ("Places", 18.0), ("Réouverture", "Budget réduit, comité du 3 mai")).rules == reopened.rules
    again = after(reopened, ("Places", 17.0), ("Réouverture", "budget réduit, comité du 3 MAI"))
    assert [anomaly.code for anomaly in again.anomalies] == ["regle_changee"]
    other = after(
        again, ("Places", 17.0), ("Réouverture", "Budget réduit, comité du 3 mai"), ("Réouverture", "Désistement")
    )
    assert other.anomalies == ()
    assert [rule.recorded for rule in other.rules if rule.name == "Réouverture"] == [
        "Budget réduit, comité du 3 mai", "Désistement",
    ]  # fmt: skip


def test_notes_are_recorded_when_the_jury_closes():
    assert EIG5.scoring.closes == date(2021, 5, 5)
    last_day = after(BEFORE, now=datetime(2021, 5, 5, 23))
    assert dossiers_of(last_day) == []
    closed = after(last_day, now=CLOSED)
    assert line(closed, "Dossier 101").recorded == "rang 1, 15/20"
    assert line(closed, "Dossier 101").since == CLOSED
    better = [evaluation("101", "anna", *[4.0] * 5), *EVALUATIONS[1:]]
    for _ in range(2):
        closed = after(closed, now=CLOSED, evaluations=better)
        assert codes(closed) == [("note_changee", "101")]
        assert "15/20" in closed.anomalies[0].message
    reopened = after(closed, ("Réouverture", "Erreur de saisie"), now=CLOSED, evaluations=better)
    assert (reopened.anomalies, line(reopened, "Dossier 101").recorded) == ((), "rang 1, 16,67/20")


def test_rules_recorded_before_there_was_a_setting_for_the_zone_did_not_change():
    earlier = replace(BEFORE, rules=tuple(rule for rule in BEFORE.rules if rule.name != "Zone de délibération"))
    upgraded = after(earlier)
    assert (upgraded.anomalies, line(upgraded, "Zone de délibération").changed) == ((), False)
    wider = after(earlier, ("Zone de délibération", "10 % à 90 %"))
    assert codes(wider) == [("regle_changee", None)]
