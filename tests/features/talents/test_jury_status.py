"""`--talents jury status`: what the jury of candidates owes, by juror and by candidate."""

from __future__ import annotations

import pytest

from tests.team_call import called, campaign_of, heard, talent

pytestmark = pytest.mark.in_memory

DAY = ("--today", "2021-06-20")
STATUS = (*DAY, "--talents", "jury", "status")
PEOPLE = (
    talent("T1", "Designer", "101"),
    talent("T2", "Designer", "101", statut="Présélectionné"),
    talent("T3", "Designer", "102", statut="Non retenu"),
)
REVIEWS = (
    heard("T1", 12, name="anna"),
    {"candidature": "T1", "jure": "bob@jury.example", "dynamisme": 3.0},
    {"candidature": "T2", "jure": "bob@jury.example", "dynamisme": 3.0},
    {"candidature": "T3", "jure": "bob@jury.example", "dynamisme": 3.0},
    {"candidature": "T2", "jure": "chloe@jury.example", "deport": "oui"},
)


@pytest.fixture
def campaign(tmp_path):
    return campaign_of(tmp_path, called(PEOPLE, REVIEWS))


def lines(campaign, *options):
    done = campaign.run(*STATUS, "--format", "json", *options)
    assert done.code == 0, done.err
    return done.records


@pytest.mark.slow
def test_without_assignments_what_is_begun_is_expected_and_late_once_the_candidate_was_heard(campaign):
    assert [(row["juror"], row["expected"], row["received"], row["late"]) for row in lines(campaign)] == [
        ("bob@jury.example", 2, 0, True), ("anna@jury.example", 1, 1, False), ("chloe@jury.example", 0, 0, False),
    ]  # fmt: skip
    by_candidate = lines(campaign, "--by", "candidate")
    assert [(row["candidate"], row["expected"], row["received"], row["late"]) for row in by_candidate] == [
        ("T1", 2, 1, True), ("T2", 1, 0, False),
    ]  # fmt: skip


@pytest.mark.slow
def test_with_assignments_their_pairs_are_expected(campaign):
    campaign.set_config("[jury.talents]\nreads = 3", "[jury.talents]\nreads = 2")
    assert campaign.run(*DAY, "init").code == 0
    assert campaign.run(*DAY, "--talents", "jury", "assign").code == 0
    progress = {row["candidate"]: (row["expected"], row["received"]) for row in lines(campaign, "--by", "candidate")}
    assert progress == {"T1": (2, 1), "T2": (2, 0)}


@pytest.mark.slow
def test_the_tables_name_who_is_late(campaign):
    done = campaign.run(*STATUS)
    said = done.out.replace("\u202f", " ")
    assert (done.code, "1 évaluation reçue sur 3. 1 juré en retard : Bob." in said) == (0, True)
    assert "Candidats à qui il manque des évaluations" in said


def test_the_lines_of_dossiers_are_not_those_of_candidates(campaign):
    for command in (STATUS, (*DAY, "jury", "status")):
        wrong = "dossier" if "--talents" in command else "candidate"
        done = campaign.run(*command, "--by", wrong)
        assert (done.code, "--by candidate" in done.err) == (2, True)
