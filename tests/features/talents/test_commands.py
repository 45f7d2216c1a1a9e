"""`rank --talents`: lists of candidates for people and programs, one candidate explained, what is refused; the tab."""

from __future__ import annotations

import pytest

from tests.features.talents.workbooks import PROJECTS, type_candidates
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory

KEYS = [
    "list", "group", "project", "candidate", "metier", "rank", "wish", "note", "reviews", "stdev", "corrected",
    "corrected_error", "corrected_rank", "reviews_expected", "criteria", "eligibility", "state", "alerts",
    "unranked_reason",
]  # fmt: skip


@pytest.fixture
def campaign(demo):
    type_candidates(demo)
    return demo


@pytest.mark.slow
def test_json_has_each_candidate_of_each_list(campaign):
    done = campaign.run("rank", "--talents", "--format", "json")
    assert (done.code, [list(record) for record in done.records]) == (0, [KEYS] * 5)
    assert [(record["group"], record["candidate"], record["rank"], record["wish"]) for record in done.records] == [
        (PROJECTS[0], "T2", 1, 1), (PROJECTS[0], "T1", 2, 1), (PROJECTS[1], "T1", None, 2),
        ("Designer", "T2", 1, None), ("Designer", "T1", 2, None),
    ]  # fmt: skip
    first = done.records[0]
    assert first == {
        **dict.fromkeys(KEYS), "list": "projet", "group": PROJECTS[0], "project": "SMASH", "candidate": "T2",
        "metier": "Designer", "rank": 1, "wish": 1, "note": 20.0, "reviews": 2, "stdev": 0.0,
        "criteria": dict.fromkeys(first["criteria"], 4.0), "eligibility": "eligible", "state": "Présélectionné",
        "alerts": [],
    }  # fmt: skip
    assert done.records[2]["unranked_reason"] == "pas_entendu"
    assert "Notes brutes seules" in done.err


def test_the_table_is_in_french(campaign):
    done = campaign.run("rank", "--talents")
    assert (done.code, "SMASH" in done.out, "Vœu" in done.out, "20,00" in done.out) == (0, True, True, True)


def test_one_candidate_is_explained_and_another_number_refused(campaign):
    lines = {
        line["what"]: line for line in campaign.run("rank", "--talents", "--explain", "T3", "--format", "json").records
    }
    assert lines["Éligibilité"]["value"] == "Inéligible"
    refused = campaign.run("rank", "--talents", "--explain", "T33")
    assert (refused.code, "Vouliez-vous dire « T3 »" in refused.err.replace("\u202f", " ")) == (1, True)


def test_the_option_before_the_command_gives_the_same_candidates(campaign):
    """A command on the candidates' workbook is about candidates, whether or not they have one of their own."""
    before, after = campaign.run("--talents", "rank"), campaign.run("rank", "--talents")
    assert (before.code, before.out) == (0, after.out)
    refused = campaign.run("--talents", "rank", "--jurors")
    assert (refused.code, "--talents et --jurors ne vont pas ensemble" in refused.err) == (2, True)


@pytest.mark.parametrize("option", ["--jurors", "--sensitivity", "--calibration"])
def test_other_views_are_those_of_dossiers(demo, option):
    refused = demo.run("rank", "--talents", option)
    assert (refused.code, f"--talents et {option} ne vont pas ensemble" in refused.err) == (2, True)


@pytest.mark.slow
def test_without_candidates_the_tab_is_named_and_without_the_tab_the_remedy(demo):
    empty = demo.run("rank", "--talents")
    assert (empty.code, empty.out.strip()) == (0, "Aucune personne évaluée ou présélectionnée.")
    demo.use_tabs("suivi", "livrables", "parametres")
    refused = demo.run("rank", "--talents")
    assert (refused.code, "workbook.people_tabs" in refused.err) == (1, True)


@pytest.mark.slow
def test_the_tab_says_the_same_and_a_second_run_writes_nothing(campaign):
    robot = Robot(campaign)
    robot.sync()
    tab = robot.tab("Classement des talents")
    records = campaign.run("rank", "--talents", "--format", "json").records
    assert [(row["N° de candidature"], row["Rang"], row["Note /20"]) for row in tab.rows] == [
        (record["candidate"], record["rank"], record["note"]) for record in records
    ]
    assert not robot.sync().plan
