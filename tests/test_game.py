"""The rules of a game do not change silently once it has begun."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from eig_sheets.game import play, recorded
from eig_sheets.results import compute
from eig_sheets.workbook.render import regles
from eig_sheets.workbook.snapshot import Snapshot
from tests.workbook.snapshots import EIG5, EVALUATIONS, book, evaluation, reading, tab

BEGUN = datetime(2021, 4, 20, 9)
CLOSED = datetime(2021, 5, 6, 9)
NAMES = ("anna", "bob", "chloe")


def workbook(*settings, evaluations=EVALUATIONS, rules=None):
    """A campaign where officers typed these settings; `rules`: what the last run recorded."""
    whole = book(evaluations=evaluations)
    typed = tab("parametres", [{"reglage": label, "valeur": value} for label, value in settings])
    tabs = (*whole.tabs, typed)
    if rules is not None:
        rows = [[*regles.HEADERS], *regles.sheet("Règles du jeu", rules, ()).rows]
        tabs += (replace(typed, name="Règles du jeu", rows=[[*row] for row in rows], mark="regles"),)
    return reading(Snapshot(tabs))


def played(read, now=BEGUN):
    return play(read, compute(read, read.campaign), recorded(read), now, now.date())


def after(game, *settings, now=BEGUN + timedelta(1), **more):
    """The next run, of the workbook that the last one left."""
    return played(workbook(*settings, rules=game.rules, **more), now)


def line(game, what):
    return next(one for one in game.rules if one.what == what)


BEFORE = played(workbook())


def test_nothing_is_recorded_before_the_first_evaluation():
    blank = [evaluation("101", "anna", *[None] * 5)]
    assert played(workbook(evaluations=blank)).rules == ()
    assert played(workbook(evaluations=[])).rules == ()


def test_the_first_evaluation_records_every_rule():
    assert {one.what: one.recorded for one in BEFORE.rules} == {
        "Places": "20", "Départage": "Pertinence du besoin\u202f; Transformation", "Barème": "1 à 4",
        "Méthode du classement": "moyenne des notes",
        **{f"Poids – {criterion.label}": "1" for criterion in EIG5.criteria},
    }  # fmt: skip
    assert {one.since for one in BEFORE.rules} == {BEGUN}
    assert not any(one.changed for one in BEFORE.rules)
    assert BEFORE.anomalies == ()


def test_another_run_records_nothing_new():
    assert after(BEFORE).rules == BEFORE.rules
    assert recorded(workbook(rules=BEFORE.rules)) == [replace(one, now=None) for one in BEFORE.rules]


def test_a_change_stays_an_anomaly_and_shows_both_rankings():
    scores = [*(evaluation("101", name, 4.0, 4.0, 4.0, 4.0, 1.0) for name in NAMES), *EVALUATIONS[3:]]
    first = played(workbook(evaluations=scores))
    for now in (BEGUN + timedelta(1), BEGUN + timedelta(2)):
        first = after(first, ("Poids – Ouverture", 9.0), evaluations=scores, now=now)
        [one] = first.anomalies
        assert (one.code, one.tab, one.cell) == ("regle_changee", "Paramètres", "B2")
        changed = line(first, "Poids – Ouverture")
        assert (changed.recorded, changed.now, changed.changed, changed.since) == ("1", "9", True, BEGUN)
        assert "Paramètres!B2" in changed.detail
        assert (line(first, "Dossier 101").recorded, line(first, "Dossier 102").recorded) == (
            "rang 1, 17/20", "rang 2, 15/20",
        )  # fmt: skip
        assert (line(first, "Dossier 101").now, line(first, "Dossier 102").now) == ("rang 2, 9,62/20", "rang 1, 15/20")
    back = after(first, evaluations=scores)
    assert (back.anomalies, [one.what for one in back.rules if one.what.startswith("Dossier")]) == ((), [])


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
    assert [one.code for one in again.anomalies] == ["regle_changee"]
    other = after(
        again, ("Places", 17.0), ("Réouverture", "Budget réduit, comité du 3 mai"), ("Réouverture", "Désistement")
    )
    assert other.anomalies == ()
    assert [one.recorded for one in other.rules if one.what == "Réouverture"] == [
        "Budget réduit, comité du 3 mai", "Désistement",
    ]  # fmt: skip


def test_notes_are_recorded_when_the_jury_closes():
    assert EIG5.scoring.closes == date(2021, 5, 5)
    last_day = after(BEFORE, now=datetime(2021, 5, 5, 23))
    assert [one.what for one in last_day.rules if one.what.startswith("Dossier")] == []
    closed = after(last_day, now=CLOSED)
    assert line(closed, "Dossier 101").recorded == "rang 1, 15/20"
    assert line(closed, "Dossier 101").since == CLOSED
    better = [evaluation("101", "anna", *[4.0] * 5), *EVALUATIONS[1:]]
    for _ in range(2):
        closed = after(closed, now=CLOSED, evaluations=better)
        assert [(one.code, one.dossier) for one in closed.anomalies] == [("note_changee", "101")]
        assert "15/20" in closed.anomalies[0].message
    reopened = after(closed, ("Réouverture", "Erreur de saisie"), now=CLOSED, evaluations=better)
    assert (reopened.anomalies, line(reopened, "Dossier 101").recorded) == ((), "rang 1, 16,67/20")


def test_a_dossier_that_withdraws_after_the_jury_is_no_change_of_note():
    closed = after(BEFORE, now=CLOSED)
    rules = closed.rules
    whole = book(evaluations=EVALUATIONS)
    rows = [[*row] for row in whole.tab("Candidatures").rows]
    rows[1][rows[0].index("Décision")] = "Désisté"
    tabs = tuple(replace(one, rows=rows) if one.name == "Candidatures" else one for one in whole.tabs)
    rows = [[*regles.HEADERS], *map(list, regles.sheet("Règles du jeu", rules, ()).rows)]
    tabs += (replace(whole.tabs[0], name="Règles du jeu", rows=rows, mark="regles"),)
    game = played(reading(Snapshot(tabs)), CLOSED)
    assert game.anomalies == ()
    assert line(game, "Dossier 101").now == "absent"
    assert line(game, "Dossier 102").now == "rang 1, 15/20"


def test_a_note_that_appears_after_the_jury_is_told():
    one_only = [one for one in EVALUATIONS if one["numero"] == "101"]
    closed = after(played(workbook(evaluations=one_only)), now=CLOSED, evaluations=one_only)
    late = after(closed, now=CLOSED)
    assert [(one.code, one.dossier) for one in late.anomalies] == [("note_changee", "102")]
    assert line(late, "Dossier 102").recorded == "absent"


@pytest.mark.parametrize("remembered", [True, False])
def test_what_the_robot_remembers_goes_before_what_people_typed_in_its_tab(remembered):
    spoiled = [replace(one, recorded="18") if one.what == "Places" else one for one in BEFORE.rules]
    read = workbook(rules=spoiled)
    memory = [[*regles.HEADERS], *regles.sheet("Règles du jeu", BEFORE.rules, ()).rows] if remembered else []
    found = {one.what: one.recorded for one in recorded(read, memory)}
    assert found["Places"] == ("20" if remembered else "18")
