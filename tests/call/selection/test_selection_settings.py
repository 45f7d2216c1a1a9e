"""Limits are rules of the game: officers may set them in Paramètres, and one that changes is reported."""

import pytest

from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.config import ConfigError, with_sections
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.columns import EIG5
from tests.run.rule_sets import after, codes, dossiers_of, line, with_rule_changes, workbook
from tests.workbook.anomalous_selections import MINISTRY, campaign
from tests.workbook.anomalous_selections import workbook as dossiers_to_select
from tests.workbook.snapshots import book, dossier, evaluation, reading, tab

LIMITED = campaign(MINISTRY, {"column": "region", "value": "Bretagne", "min": 0})
MAXIMUM = "Maximum – Ministère de rattachement"
MINIMUM = "Minimum – region «\u202fBretagne\u202f»"
BEFORE = with_rule_changes(workbook(campaign=LIMITED))


def selected(*settings, rules=LIMITED):
    typed = tab("parametres", [{"reglage": label, "valeur": value} for label, value in settings])
    read = reading(Snapshot((*dossiers_to_select().tabs, typed)), rules)
    selection = compute(read).of(SELECTION)
    return selection.numbers(selection.outcome.selected), [anomaly.code for anomaly in read.overrides.anomalies]


@pytest.mark.slow
def test_officers_may_change_a_limit_and_the_envelope():
    assert selected() == (["101", "104"], [])
    assert selected((MAXIMUM, 2.0)) == (["101", "102"], [])
    assert selected(("Enveloppe de la sélection", "0 €")) == ([], [])
    assert selected(("Enveloppe de la sélection", "aucun")) == (["101", "104"], [])


@pytest.mark.parametrize(
    ("label", "value"), [(MAXIMUM, "deux"), (MAXIMUM, -1.0), ("Enveloppe de la sélection", "beaucoup")]
)
def test_what_cannot_be_a_limit_is_refused_and_the_configuration_stands(label, value):
    assert selected((label, value)) == (["101", "104"], ["reglage_refuse"])


def test_an_envelope_that_nobody_published_is_refused():
    assert selected(("Enveloppe de la sélection", "10 €"), rules=campaign(MINISTRY, source=""))[1] == ["reglage_refuse"]
    with pytest.raises(ConfigError, match=r"selection\.source"):
        campaign(envelope=10.0, source="")


def test_the_settings_of_a_selection_are_those_of_a_call_that_has_one():
    read = reading(workbook((MAXIMUM, 2.0)).snapshot)
    assert [anomaly.code for anomaly in read.overrides.anomalies] == ["reglage_inconnu"]


def test_limits_are_recorded_with_the_rules_of_the_game():
    names = {"Ce que la sélection maximise", "Enveloppe de la sélection", MAXIMUM, MINIMUM}
    assert {rule.name: rule.recorded for rule in BEFORE.rules if rule.name in names} == {
        "Ce que la sélection maximise": "somme des notes sur 20",
        "Enveloppe de la sélection": "aucun",
        MAXIMUM: "1",
        MINIMUM: "0",
    }
    assert codes(after(BEFORE, campaign=LIMITED)) == []


def test_a_limit_that_changes_is_reported_and_no_note_with_it():
    changed = after(BEFORE, (MAXIMUM, 2.0), campaign=LIMITED)
    assert codes(changed) == [("regle_changee", None)]
    assert "(configuration\u202f: 1)" in line(changed, MAXIMUM).detail
    assert not any(rule.changed for rule in dossiers_of(changed))


@pytest.mark.parametrize("rules", [campaign(MINISTRY), EIG5])
def test_limits_that_are_gone_are_rules_that_changed_and_the_old_ranking_is_still_known(rules):
    rules = with_sections(rules, {"campaign": LIMITED.campaign.model_dump()})
    gone = after(BEFORE, campaign=rules)
    assert {code for code, _ in codes(gone)} == {"regle_changee"}
    assert line(gone, MINIMUM).now == "absent"


def test_a_limit_that_appears_is_a_rule_that_changed():
    first = with_rule_changes(workbook(campaign=campaign(places=2)))
    assert codes(after(first, campaign=campaign(MINISTRY, places=2))) == [("regle_changee", None)]


PROFILES = {"column": "Profils demandés", "value": "designer", "min": 2}


def test_each_item_of_a_list_counts_and_case_or_accents_do_not():
    lists = ("Data ; Designer", None, "Développeur", "Désigner; Data ;")
    rows = [dossier(numero, profils=typed) for numero, typed in zip("1234", lists, strict=True)]
    scores = [
        evaluation(row["numero"], name, *[4.0 - n / 2] * 5) for n, row in enumerate(rows) for name in ("anna", "bob")
    ]
    selection = compute(reading(book(rows, evaluations=scores), campaign(PROFILES))).of(SELECTION)
    assert selection.numbers(selection.outcome.selected) == ["1", "4"]


@pytest.mark.slow
def test_a_column_of_the_staff_s_own_may_be_limited():
    own = tab("candidatures", [dossier(n, Thème=theme) for n, theme in zip("123", "AAB", strict=True)], extra=["Thème"])
    scores = [evaluation(n, name, *[4.0 - int(n) / 2] * 5) for n in "123" for name in ("anna", "bob")]
    whole = book(evaluations=scores)
    snapshot = Snapshot((own, *whole.tabs[1:]))
    selection = compute(reading(snapshot, campaign({"column": "theme", "max": 1}))).of(SELECTION)
    assert selection.numbers(selection.outcome.selected) == ["1", "3"]


@pytest.mark.slow
def test_equals_whom_a_number_alone_tells_apart_are_left_to_the_jury():
    rows = [dossier(n, ministere=where) for n, where in zip("123", ("A", "B", "B"), strict=True)]
    scores = [evaluation(n, name) for n in "123" for name in ("anna", "bob")]
    ranking = compute(reading(book(rows, evaluations=scores), campaign(MINISTRY))).of(SCORES).ranking
    proposals = dict(zip(ranking["numero"], ranking["proposal"], strict=True))
    assert proposals == {"1": "laureat", "2": "deliberation", "3": "deliberation"}


def test_a_minimum_note_goes_before_the_limits():
    rules = with_sections(
        campaign({"column": "ministere", "value": "Justice", "min": 1}),
        {"ranking": {**EIG5.ranking.model_dump(), "min_note": 13.0}},
    )
    results = compute(reading(dossiers_to_select(), rules))
    assert [relaxed.bound.level for relaxed in results.of(SELECTION).outcome.relaxed] == [1]
    assert results.of(SCORES).ranking.set_index("numero")["proposal"]["104"] == "non_retenu"
