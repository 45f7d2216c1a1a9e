"""The official ranking and the corrected one side by side, and the corrected one when it is official."""

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.scoring.rules_ranking import CORRECTED, Alert, mostly_tied
from tests.call import builders as build
from tests.call import reference
from tests.effort import examples

pytestmark = pytest.mark.newest

SCORES = st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4])
EXPECTED = {"method": "expected_rank", "tie_break": ("pertinence",)}
few = settings(max_examples=examples(4))


@st.composite
def juries(draw, jurors=3):
    """Everyone is scored by jurors 0 and 1, and by some of the others."""
    rows = []
    for place in range(1, draw(st.integers(3, 7)) + 1):
        for juror in [0, 1, *draw(st.sets(st.integers(2, jurors - 1)))]:
            scores = [draw(SCORES) for _ in build.CRITERIA]
            rows.append(build.evaluation(str(place), f"jure{juror}@jury.example", scores))
    count = int(rows[-1]["numero"])
    return build.dossiers(*[{}] * count), build.evaluations(*rows)


def ranked(sheet, reviews, places=2, **ranking):
    rules = build.campaign(campaign={"target": places}, ranking={"waiting_list": 1, **ranking})
    return reference.rows_of(build.rank(sheet, reviews, rules)), build.calibrate(
        sheet, build.assess(sheet), reviews, rules
    )


@pytest.mark.slow
@few
@given(juries())
def test_the_raw_ranking_is_the_same_and_the_corrected_one_beside_it(call):
    rows, corrected = ranked(*call)
    notes = [row["note"] for row in rows]
    assert notes == sorted(notes, reverse=True)
    for row in rows:
        estimate = corrected.dossiers.loc[row["numero"]]
        assert [row[name] for name in CORRECTED] == [estimate[name] for name in CORRECTED]


@pytest.mark.slow
@few
@given(juries(), st.integers(1, 8))
def test_when_it_is_official_the_expected_rank_decides_and_the_zone_proposes(call, places):
    rows, _ = ranked(*call, places=places, **EXPECTED)
    keys = [(row["expected_rank"], -row["pertinence"]) for row in rows]
    assert keys == sorted(keys)
    assert [row["rank"] for row in rows] == [1 + sum(other < key for other in keys) for key in keys]
    for row, key in zip(rows, keys, strict=True):
        rivals = [other for other in keys if other[0] == key[0] and other != key]
        assert row["tie_break"] == ("pertinence" if rivals else None)
        assert row["tied"] == (keys.count(key) > 1)
        if len(rows) <= places:
            assert row["proposal"] == "laureat"
        elif row["zone"] == "deliberation":
            assert row["proposal"] == "deliberation"
        elif row["proposal"] != "deliberation":  # equals who straddle the last place
            by_rank = (
                "laureat" if row["rank"] <= places else "liste_attente" if row["rank"] == places + 1 else "non_retenu"
            )
            assert row["proposal"] == by_rank


@pytest.mark.slow
@few
@given(juries())
def test_the_zone_proposes_nothing_when_the_notes_are_official(call):
    rows, _ = ranked(*call, places=1)
    ranks = [row["rank"] for row in rows]
    for row in rows:
        straddles = row["rank"] == 1 and ranks.count(1) > 1
        assert (row["proposal"] == "deliberation") == straddles


def collective(*notes):
    rows = [
        build.evaluation(str(place), f"groupe{place % 2}@jury.example", [note] * 5)
        for place, note in enumerate(notes, 1)
    ]
    return build.dossiers(*[{}] * len(notes)), build.evaluations(*rows)


def test_without_a_correction_the_notes_rank_and_the_reason_is_reported():
    for method in ("mean", "expected_rank"):
        rows, _ = ranked(*collective(2, 4, 3), method=method)
        assert [(row["numero"], row["rank"]) for row in rows] == [("2", 1), ("3", 2), ("1", 3)]
        assert [row["proposal"] for row in rows] == ["laureat", "laureat", "liste_attente"]
        for row in rows:
            assert [row[name] for name in CORRECTED] == [None] * 7
            assert Alert.COLLECTIVE in row["alerts"]


def test_an_unranked_dossier_has_no_corrected_rank_nor_counts_in_it():
    rows = [build.evaluation(str(n), f"{juror}@jury.example", [n % 3 + 1] * 5) for n in range(1, 5) for juror in "ab"]
    sheet, reviews = build.dossiers(*[{}] * 4), build.evaluations(*rows)
    sheet["decision"] = [None, "Désisté", None, None]
    rows, _ = ranked(sheet, reviews, places=1)
    assert [row["expected_rank"] is None for row in rows] == [False, False, False, True]
    assert sum(row["expected_rank"] for row in rows[:3]) == 6
    assert rows[3]["numero"] == "2"
    assert rows[3]["interval_50"] is rows[3]["zone"] is None
    assert not any(Alert.FEW_REPEATED in row["alerts"] for row in rows)


def test_of_several_reasons_to_have_no_rank_the_first_is_given():
    late = {"date_depot": datetime(2031, 1, 1)}
    words = {"decision": "Désisté", "preselection": "Écarté – insuffisant"}
    sheet = build.dossiers(late | words, words, {"decision": "Désisté"}, {})
    found = build.rank(sheet, build.evaluations()).set_index("numero")["unranked_reason"]
    assert found.to_dict() == {
        "1": "ineligible", "2": "ecarte_insuffisant", "3": "desiste", "4": "sans_evaluation",
    }  # fmt: skip


def generous_juror():
    """Juror a gives a point more than the others do; dossier 7 has no other reader."""
    fair = {"1": 3.0, "2": 2.75, "3": 2.5, "4": 2.25, "5": 2.0, "6": 2.0}
    rows = [
        build.evaluation(numero, f"{juror}@jury.example", [score] * 5)
        for numero, score in fair.items()
        for juror in "bcd"
    ]
    rows += [build.evaluation(numero, "a@jury.example", [fair[numero] + 1] * 5) for numero in "3456"]
    rows.append(build.evaluation("7", "a@jury.example", [3.0] * 5))
    return build.dossiers(*[{}] * 7), build.evaluations(*rows)


@pytest.mark.slow
def test_equals_that_the_zone_puts_in_and_the_rank_leaves_to_the_jury_are_told():
    rows = [build.evaluation(str(n), f"{juror}@jury.example", [3] * 5) for n in range(1, 11) for juror in "abc"]
    rows, _ = ranked(build.dossiers(*[{}] * 10), build.evaluations(*rows), places=8)
    assert {(row["proposal"], row["zone"], row["p_selected"]) for row in rows} == {("deliberation", "retenu", 0.8)}
    assert all(Alert.OTHER_IN in row["alerts"] for row in rows)


@pytest.mark.slow
def test_a_proposal_and_a_zone_that_contradict_each_other_are_an_alert_of_both():
    rows, _ = ranked(*generous_juror(), places=2)
    found = {row["numero"]: row for row in rows}
    assert (found["7"]["proposal"], found["7"]["zone"]) == ("laureat", "non_retenu")
    assert found["7"]["alerts"][0] == "laureat_zone_non_retenu"
    assert (found["2"]["proposal"], found["2"]["zone"]) == ("liste_attente", "retenu")
    assert found["2"]["alerts"][0] == "autre_zone_retenu"
    contradictions = {"laureat_zone_non_retenu", "autre_zone_retenu"}
    assert [numero for numero, row in found.items() if contradictions & {*row["alerts"]}] == ["7", "2"]


@pytest.mark.slow
def test_wider_bounds_leave_more_to_deliberate():
    def zones(bounds):
        rows, _ = ranked(*generous_juror(), places=2, zone=bounds)
        return [row["zone"] for row in rows]

    assert zones((0.0, 1.0)) == ["deliberation"] * 7
    assert "deliberation" not in zones((0.25, 0.75))


@pytest.mark.slow
def test_a_laureate_with_few_reviews_or_an_unsettled_eligibility_is_proposed_with_reserves():
    sheet, reviews = generous_juror()
    rules = build.campaign(campaign={"target": 2}, ranking={"waiting_list": 1}, scoring={"min_reviews": 3})
    assessed = build.assess(sheet)
    assessed["status"] = ["eligible", *["a_instruire"] * 5, "eligible"]
    rows = reference.rows_of(build.rank_assessed(sheet, assessed, reviews, rules))
    found = {row["numero"]: (row["proposal"], row["proposal_reserves"]) for row in rows}
    assert found["1"] == ("laureat", ())
    assert found["7"] == ("laureat", ("peu_evaluations",))
    assert found["2"] == ("liste_attente", ())
    assessed["status"] = "a_instruire"
    rows = reference.rows_of(build.rank_assessed(sheet, assessed, reviews, rules))
    assert {row["numero"]: row["proposal_reserves"] for row in rows if row["proposal"] == "laureat"} == {
        "1": ("a_instruire",), "7": ("peu_evaluations", "a_instruire"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tied", "ranked_rows", "said"), [(21, 41, 21), (21, 42, 0), (20, 20, 0), (327, 353, 327), (0, 0, 0)]
)
def test_most_dossiers_are_tied_beyond_half_and_twenty(tied, ranked_rows, said):
    table = pd.DataFrame(
        {"rank": [1] * ranked_rows + [None] * 60, "tied": [True] * tied + [False] * (ranked_rows - tied + 60)}
    )
    assert mostly_tied(table) == said
