"""What the minutes say of the rules: what was recorded, what changed since, and why."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.report.minutes.document import document
from eig_sheets.call.report.minutes.stated_rules import rule_changes_of
from eig_sheets.call.report.minutes.view import minutes_of
from eig_sheets.call.results import compute
from eig_sheets.call.rules import regles
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.call.report.minutes.test_document import read, table
from tests.effort import examples
from tests.workbook.snapshots import EVALUATIONS, book, dossier, evaluation, reading, tab

pytestmark = [pytest.mark.in_memory, pytest.mark.newest]

BEGUN = datetime(2021, 4, 20, 9)
CLOSED = datetime(2021, 5, 6, 9)
RECORDED = ["Règle enregistrée", "Valeur"]
BETTER = [evaluation("101", "anna", *[4.0] * 5), *EVALUATIONS[1:]]


def workbook(*settings, rules=(), evaluations=EVALUATIONS, dossiers=None):
    """A campaign where officers typed these settings, and what its last synchronisation recorded."""
    whole = book(evaluations=evaluations, **({} if dossiers is None else {"dossiers": dossiers}))
    typed = tab("parametres", [{"reglage": label, "valeur": value} for label, value in settings])
    rows = [[*regles.TABLE.sheet_headers], *map(list, regles.TABLE.cells(rules))]
    return reading(Snapshot((*whole.tabs, typed, replace(typed, name="Règles du jeu", rows=rows, mark="regles"))))


def synchronised(read_, now):
    """What `Règles du jeu` holds after a synchronisation."""
    return compare_rules(read_, compute(read_), recorded(read_), now, now.date()).rules


def minutes(read_, now=BEGUN + timedelta(1)):
    return minutes_of(read_, compute(read_), now.date())


def minutes_texts(read_, now=BEGUN + timedelta(1)):
    return read(document(minutes(read_, now)))


BEFORE = synchronised(workbook(), BEGUN)
AFTER = synchronised(workbook(rules=BEFORE), CLOSED)


@pytest.mark.slow
def test_nothing_is_recorded_yet():
    sentences, tables = minutes_texts(workbook())
    assert any(sentence.startswith("Aucune règle n’est enregistrée dans « Règles du jeu »") for sentence in sentences)
    assert [rows for rows in tables if rows[0][:2] == RECORDED] == []


@pytest.mark.slow
def test_what_was_recorded_and_that_nothing_changed():
    sentences, tables = minutes_texts(workbook(rules=BEFORE))
    rows = table(tables, RECORDED)
    assert [row[:3] for row in rows[1:]] == [
        [rule.name, rule.recorded.replace("\u202f", " "), "mardi 20 avril 2021"] for rule in BEFORE
    ]
    assert {row[3] for row in rows[1:]} == {"inchangé"}
    assert "Rien n’a changé depuis." in sentences
    assert "Ni rang ni note ne sont enregistrés." in sentences
    assert sentences.index("2. Règles appliquées") < sentences.index("Rien n’a changé depuis.")
    assert sentences.index("Rien n’a changé depuis.") < sentences.index("4. Classement")


@pytest.mark.slow
def test_a_change_without_a_reason_shows_both_rankings_and_leaves_a_blank():
    scores = [*(evaluation("101", name, 4.0, 4.0, 4.0, 4.0, 1.0) for name in ("anna", "bob")), *EVALUATIONS[3:]]
    rules = synchronised(workbook(evaluations=scores), BEGUN)
    sentences, tables = minutes_texts(workbook(("Poids – Ouverture", 9.0), rules=rules, evaluations=scores))
    changed = [row for row in table(tables, RECORDED)[1:] if row[3] != "inchangé"]
    assert changed == [["Poids – Ouverture", "1", "mardi 20 avril 2021", "9"]]
    assert table(tables, ["Dossier", "Selon les règles enregistrées"])[1:] == [
        ["Dossier 101", "rang 1, 17/20", "rang 2, 9,62/20"], ["Dossier 102", "rang 2, 15/20", "rang 1, 15/20"],
    ]  # fmt: skip
    [said] = [sentence for sentence in sentences if sentence.startswith("1 changement est sans motif")]
    assert said.endswith("…")
    assert "Rien n’a changé depuis." not in sentences


@pytest.mark.slow
def test_a_reopening_is_reported_with_its_reason():
    typed = (("Places", 18.0), ("Réouverture", "Budget réduit : comité du 3 mai"))
    rules = synchronised(workbook(*typed, rules=BEFORE), BEGUN + timedelta(1))
    sentences, tables = minutes_texts(workbook(*typed, rules=rules), BEGUN + timedelta(2))
    assert table(tables, "Rouvert le")[1:] == [
        ["mercredi 21 avril 2021", "Budget réduit : comité du 3 mai", "Places : 20 → 18"]
    ]
    assert ["Places", "18", "mercredi 21 avril 2021", "inchangé"] in table(tables, RECORDED)
    assert "Aucun changement n’est sans motif." in sentences


@pytest.mark.slow
def test_a_reopening_that_no_synchronisation_recorded_is_not_called_recorded():
    _, tables = minutes_texts(workbook(("Places", 18.0), ("Réouverture", "Budget réduit"), rules=BEFORE))
    assert table(tables, "Rouvert le")[1:] == [["pas encore enregistré", "Budget réduit", "Places : 20 → 18"]]
    assert ["Places", "20", "mardi 20 avril 2021", "18"] in table(tables, RECORDED)


@pytest.mark.slow
def test_notes_recorded_at_the_closing_and_those_that_changed():
    sentences, tables = minutes_texts(workbook(rules=AFTER), CLOSED)
    assert "Rangs et notes enregistrés à la clôture du jury, pour 2 dossiers ; aucun n’a changé." in sentences
    assert "Rien n’a changé depuis." in sentences
    sentences, tables = minutes_texts(workbook(rules=AFTER, evaluations=BETTER), CLOSED)
    assert table(tables, ["Dossier", "Enregistré"])[1:] == [
        ["Dossier 101", "rang 1, 15/20", "rang 1, 16,67/20"], ["Dossier 102", "rang 1, 15/20", "rang 2, 15/20"],
    ]  # fmt: skip
    assert any(sentence.startswith("1 changement est sans motif") for sentence in sentences)


def test_notes_that_no_synchronisation_recorded_are_not_called_recorded():
    sentences, _ = minutes_texts(workbook(rules=BEFORE), CLOSED)
    assert "Ni rang ni note ne sont enregistrés." in sentences
    assert "Rien n’a changé depuis." in sentences


@pytest.mark.slow
def test_a_dossier_that_withdrew_is_no_change_to_explain():
    withdrawn = [dossier("101", decision="Désisté"), dossier("102")]
    sentences, tables = minutes_texts(workbook(rules=AFTER, dossiers=withdrawn), CLOSED)
    assert table(tables, ["Dossier", "Enregistré"])[1:] == [["Dossier 101", "rang 1, 15/20", "absent"]]
    moved = "des rangs ont bougé, ou un dossier n’est plus classé."
    assert f"Ni les règles ni les notes n’ont changé : {moved}" in sentences


SETTINGS = st.lists(
    st.sampled_from(
        [("Places", 18.0), ("Places", 2.0), ("Poids – Ouverture", 3.0), ("Réouverture", "A"), ("Réouverture", "B")]
    ),
    max_size=4,
    unique_by=lambda one: one if one[0] == "Réouverture" else one[0],
)
RUNS = st.lists(st.tuples(SETTINGS, st.booleans(), st.sampled_from([0, 1, 20])), max_size=4)


@pytest.mark.slow
@settings(max_examples=examples(2, long=20))
@given(RUNS, SETTINGS, st.booleans(), st.sampled_from([0, 1, 20]))
def test_whatever_happened_what_is_called_recorded_is_what_the_tab_holds(runs, last, better, days):
    rules, now = (), BEGUN
    for typed, good, later in runs:
        now += timedelta(later)
        rules = synchronised(workbook(*typed, rules=rules, evaluations=BETTER if good else EVALUATIONS), now)
    book = workbook(*last, rules=rules, evaluations=BETTER if better else EVALUATIONS)
    now += timedelta(days)
    results = compute(book)
    held = rule_changes_of(book, results, now.date())
    kept = {(rule.name, rule.recorded, rule.since) for rule in recorded(book)}
    said = (*held.rules, *(held.moved if held.noted else ()), *held.reopenings)
    assert {(rule.name, rule.recorded, rule.since) for rule in said if rule.since is not None} <= kept
    assert {rule.recorded for rule in (*held.rules, *held.moved) if rule.since is None and held.noted} <= {"absent"}
    assert len(held.rules) in (0, 12)
    following = compare_rules(book, results, recorded(book), now, now.date())
    assert held.unexplained == (len(following.anomalies) if rules else 0)
    silent = following.anomalies == () and not held.reopenings
    assert not any(rule.changed for rule in held.rules) or not silent


@pytest.mark.slow
def test_a_campaign_as_people_run_it(demo):
    """The demonstration, whose rules were recorded by its first synchronisation; then a place less, unexplained."""
    made = demo.folder / "proces-verbal.docx"

    def sentences():
        assert demo.run("report", "--minutes", "--to", made).code == 0
        return [paragraph.text for paragraph in Document(io.BytesIO(made.read_bytes())).paragraphs]

    assert "Rien n’a changé depuis." in sentences()
    demo.set_config("target = 20", "target = 19")
    assert any(sentence.startswith("1 changement est sans motif") for sentence in sentences())
