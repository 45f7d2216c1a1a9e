"""The rows of the teams: members by métier asked for, the reason of each, alternates in order, projects without any."""

import pytest

from eig_sheets.features.teams.proposal import teaming
from eig_sheets.features.teams.texts import notices
from tests.columns import cell_of
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called, heard, laureate, talent
from tests.workbook.snapshots import at, reading


def proposed(talents=TALENTS, reviews=REVIEWS, projects=PROJECTS, recorded=(), *, adjust=False):
    return teaming(reading(called(talents, reviews, projects)), recorded, adjust=adjust)


def told(outcome):
    return [(row.numero, str(row.role), row.rank, row.candidature, row.reason) for row in outcome.rows]


def test_each_row_has_its_reason():
    outcome = proposed()
    assert told(outcome) == [
        ("101", "membre", None, "T1", "vœu 1, 17,5/20, développeur demandé"),
        ("101", "membre", None, "T2", "vœu 1, 15/20, designer demandé"),
        ("101", "suppléant", 1, "T5", "vœu 1, 12/20, développeur demandé"),
        ("101", "suppléant", 1, "T6", "vœu 1, 10/20, designer demandé"),
        ("102", "membre", None, "T3", "vœu 1, 16/20, développeur demandé"),
        ("102", "membre", None, "T4", "vœu 1, 14/20, data scientist demandé"),
    ]
    assert (outcome.unmatched, outcome.withdrawn, outcome.blocking) == (("T5", "T6"), (), ())


def test_members_come_as_their_metiers_are_asked_for_and_what_was_not_asked_is_told():
    projects = (laureate("101", "Designer", "Développeur", nombre_eig=3.0), *PROJECTS[1:])
    people = (
        TALENTS[0] | {"voeu_2": None},
        TALENTS[1],
        talent("T7", "Développeur", "101"),
        talent("T8", "", "102"),
        TALENTS[3],
    )
    outcome = proposed(people, (*REVIEWS, heard("T7", 18), heard("T8", 11)), projects)
    assert told(outcome) == [
        ("101", "membre", None, "T2", "vœu 1, 15/20, designer demandé"),
        ("101", "membre", None, "T7", "vœu 1, 18/20, développeur demandé"),
        ("101", "membre", None, "T1", "vœu 1, 17,5/20, développeur en plus des profils demandés"),
        ("102", "membre", None, "T4", "vœu 1, 14/20, data scientist demandé"),
        ("102", "membre", None, "T8", "vœu 1, 11/20, métier inconnu en plus des profils demandés"),
    ]


def test_what_was_decided_is_told():
    decided = TALENTS[4] | {"statut": "Retenu", "projet_decide": "102"}
    alone = TALENTS[3] | {"projet_decide": "102"}
    reasons = {row.candidature: row.reason for row in proposed((decided, alone), REVIEWS[3:4]).rows}
    assert reasons == {
        "T4": "décidé, vœu 1, 14/20, data scientist demandé",
        "T5": "décidé, sans vœu, sans note, développeur demandé",
        "": "0 candidat possible pour 2 au moins",
    }


def test_a_project_without_a_team_says_why():
    few = proposed((TALENTS[0], TALENTS[1], TALENTS[3]))
    assert few.withdrawn == ("102",)
    assert told(few)[-1][-1].replace("\u202f", " ") == (
        "2 candidats possibles, dont d’autres équipes ont besoin : avec une équipe ici, pas un projet de plus n’en "
        "aurait"
    )
    one_eig = proposed(projects=(laureate("101", nombre_eig=1.0), PROJECTS[1]))
    assert told(one_eig)[0] == ("101", "sans équipe", None, "", "1 EIG demandé\u202f: moins que 2")


@pytest.mark.slow
def test_adjust_keeps_who_is_there():
    recorded = proposed().rows
    better = (*TALENTS, talent("T9", "Développeur", "101"))
    notes = (*REVIEWS, heard("T9", 20))
    left = (better[0] | {"statut": "Désisté"}, *better[1:])
    assert proposed(better, notes, recorded=recorded).proposal.placed["T9"] == "101"
    kept = proposed(better, notes, recorded=recorded, adjust=True)
    assert kept.proposal.pairs == kept.before == kept.kept
    replaced = proposed(left, notes, recorded=recorded, adjust=True)
    assert replaced.proposal.placed == {"T2": "101", "T3": "102", "T4": "102", "T9": "101"}
    assert replaced.kept == replaced.before - {("T1", "101")}


def test_the_order_of_the_rows_changes_nothing():
    assert proposed(TALENTS[::-1], REVIEWS[::-1], PROJECTS[::-1]).rows == proposed().rows


ZOE = {"prenom": "Zoé", "nom": "Le Gall"}
TWICE = (
    talent("T1", "Développeuse", "101", **ZOE), talent("T2", "Designer", "101"),
    talent("T3", "Développeuse", "102", prenom="LE GALL", nom="Zoe"), talent("T4", "Data scientist", "102"),
    talent("T7", "Développeur", "102"),
)  # fmt: skip
NOTES_OF_ALL = (
    heard("T1", 18), heard("T2", 15), heard("T3", 18, "102"), heard("T4", 14, "102"), heard("T7", 10, "102"),
)  # fmt: skip


@pytest.mark.slow
def test_one_person_under_two_candidatures_has_one_place():
    teaming = proposed(TWICE, NOTES_OF_ALL)
    assert teaming.proposal.placed == {"T1": "101", "T2": "101", "T4": "102", "T7": "102"}
    assert teaming.call.problem.people == (("T1", "T3"),)
    apart = tuple(row | ({"commentaire": "homonyme"} if row["candidature"] == "T3" else {}) for row in TWICE)
    assert {"T1", "T3"} <= {*proposed(apart, NOTES_OF_ALL).proposal.placed}


def test_the_same_address_is_one_person_too():
    rows = tuple(row | ({"nom": "Autre", "email": "t1@talent.example"} if row["candidature"] == "T3" else {})
                 for row in TWICE)  # fmt: skip
    assert not {"T1", "T3"} <= {*proposed(rows, NOTES_OF_ALL).proposal.placed}


def test_both_rows_are_named_by_the_proposal_itself():
    teaming = proposed(TWICE, NOTES_OF_ALL)
    [said] = [text for text in notices(reading(called(TWICE, NOTES_OF_ALL)), teaming) if "Une même personne" in text]
    first, second = (cell_of("talents", "candidature", row) for row in (2, 4))
    assert f"T1 (Talents!{first}) et T3 (Talents!{second})" in said


def test_who_is_placed_elsewhere_is_no_alternate_and_blocks_nothing():
    teaming = proposed(TWICE, NOTES_OF_ALL)
    assert "T3" not in {row.candidature for row in teaming.rows}
    assert all(candidate != "T3" for candidate, _ in teaming.blocking)


def test_a_person_decided_twice_is_told_and_one_is_to_give_up():
    rows = tuple(
        row | ({"projet_decide": row["voeu_1"]} if row["candidature"] in ("T1", "T3") else {}) for row in TWICE
    )
    assert [each.kind.value for each in proposed(rows, NOTES_OF_ALL).proposal.relaxed] == ["verrou"]


def test_who_may_have_left_is_not_proposed_and_the_cell_is_named():
    rows = tuple(row | ({"statut": "Desistée !"} if row["candidature"] == "T1" else {}) for row in TALENTS)
    teaming = proposed(rows)
    assert "T1" not in teaming.proposal.placed
    [said] = [text for text in notices(reading(called(rows)), teaming) if "T1" in text]
    assert at("talents", "statut") in said


@pytest.mark.slow
def test_a_number_of_eig_that_cannot_be_read_gives_the_smallest_team():
    people = (*TALENTS[:2], talent("T7", "Juriste", "101"), *TALENTS[3:])
    notes = (*REVIEWS, heard("T7", 18))
    for typed, size in ((3.0, 3), (None, 3), ("deux ou trois", 2)):
        teaming = proposed(people, notes, (laureate("101", "Développeur", nombre_eig=typed),))
        assert len(teaming.proposal.pairs) == size, typed
