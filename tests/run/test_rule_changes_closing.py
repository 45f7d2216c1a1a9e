"""What the closing of the jury records, and which notes have then changed."""

from datetime import timedelta

import pytest

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
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, dossier, evaluation

CLOSED_JURY = after(BEFORE, now=CLOSED)
ONE_OPENNESS = [*(evaluation("101", name, 4.0, 4.0, 4.0, 4.0, 1.0) for name in NAMES), *EVALUATIONS[3:]]
OF_101 = [row for row in EVALUATIONS if row["numero"] == "101"]
OF_102 = [row for row in EVALUATIONS if row["numero"] == "102"]
BLANK_101 = [*(evaluation("101", name, *[None] * 5) for name in NAMES), *OF_102]


def test_a_closing_crossed_by_an_unexplained_rule_records_the_places_of_the_recorded_rules():
    begun = with_rule_changes(workbook(evaluations=ONE_OPENNESS))
    closed = after(begun, ("Poids – Ouverture", 9.0), evaluations=ONE_OPENNESS, now=CLOSED)
    assert codes(closed) == [("regle_changee", None)]
    place = line(closed, "Dossier 101")
    assert (place.recorded, place.now, place.since) == ("rang 1, 17/20", "rang 2, 9,62/20", CLOSED)
    back = after(closed, evaluations=ONE_OPENNESS, now=CLOSED)
    assert (back.anomalies, line(back, "Dossier 101").now) == ((), "rang 1, 17/20")


@pytest.mark.parametrize("evaluations", [OF_102, BLANK_101], ids=["removed", "emptied"])
def test_evaluations_erased_after_the_jury_are_a_note_that_changed(evaluations):
    erased = after(CLOSED_JURY, evaluations=evaluations, now=CLOSED + timedelta(1))
    assert codes(erased) == [("note_changee", "101")]
    assert "rang 1, 15/20\u202f; maintenant\u202f: aucune note." in erased.anomalies[0].message
    assert erased.anomalies[0].cell is not None


@pytest.mark.parametrize("typed", [{"decision": "Désisté"}, {"preselection": "Écarté – inéligible"}], ids=str)
def test_a_dossier_that_people_take_out_after_the_jury_is_no_change_of_note(typed):
    out = after(CLOSED_JURY, dossiers=[dossier("101", **typed), DOSSIERS[1]], now=CLOSED)
    assert out.anomalies == ()
    assert line(out, "Dossier 101").now == "absent"
    assert line(out, "Dossier 102").now == "rang 1, 15/20"


def test_a_note_that_appears_after_the_jury_is_reported():
    closed = after(with_rule_changes(workbook(evaluations=OF_101)), now=CLOSED, evaluations=OF_101)
    late = after(closed, now=CLOSED)
    assert codes(late) == [("note_changee", "102")]
    assert line(late, "Dossier 102").recorded == "absent"


def test_a_criterion_of_another_name_is_reported_and_no_other_ranking_is_made_up():
    *others, last = EIG5.criteria
    renamed = EIG5.model_copy(update={"criteria": (*others, last.model_copy(update={"label": "Élégance"}))})
    changed = after(BEFORE, campaign=renamed, now=BEGUN + timedelta(1))
    assert [anomaly.code for anomaly in changed.anomalies] == ["critere_change"] * 2
    assert dossiers_of(changed) == []
    settled = after(changed, ("Réouverture", "Le jury l’appelle ainsi"), campaign=renamed)
    assert (settled.anomalies, line(settled, "Poids – Élégance").recorded) == ((), "1")
