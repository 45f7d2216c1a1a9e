"""Whom the tabs let be proposed where: eligible, noted, wishing it and in no conflict, or decided."""

from datetime import datetime

import pytest

from eig_sheets.features.talents.results import talent_results
from eig_sheets.features.teams.problem import call_of, facts_of
from tests.columns import EIG5
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called, heard, laureate, talent
from tests.workbook.snapshots import reading


def call(talents=TALENTS, reviews=REVIEWS, projects=PROJECTS):
    read = reading(called(talents, reviews, projects))
    return call_of(read, facts_of(talent_results(read, {})))


def pairs(*args, **kwargs):
    return {*call(*args, **kwargs).problem.pairs}


def with_first(**fields):
    return (TALENTS[0] | fields, *TALENTS[1:])


def test_a_candidate_may_be_where_they_wished_to_if_it_is_a_laureate():
    assert pairs() == {("T1", "101"), ("T1", "102"), ("T2", "101"), ("T3", "101"), ("T3", "102"), ("T4", "102"),
                       ("T5", "101"), ("T6", "101")}  # fmt: skip


def test_wishes_are_those_that_are_valid_in_their_order():
    assert call().problem.by_candidate["T6"].wishes == {"101": 1}
    assert call((talent("T1", "Designer", "101", "101", "102"),)).problem.by_candidate["T1"].wishes == {
        "101": 1,
        "102": 2,
    }


@pytest.mark.parametrize("status", ["Non retenu", "Désisté"])
def test_who_is_refused_or_withdrew_is_nowhere(status):
    assert {candidate for candidate, _ in pairs(with_first(statut=status))} == {"T2", "T3", "T4", "T5", "T6"}
    assert {candidate for candidate, _ in pairs(with_first(statut=status, projet_decide="101"))} == {
        "T2",
        "T3",
        "T4",
        "T5",
        "T6",
    }


def test_without_a_note_nobody_is_proposed_unless_it_is_decided():
    assert "T1" not in {candidate for candidate, _ in pairs(reviews=REVIEWS[1:])}
    decided = call(with_first(statut="Retenu", projet_decide="102"), REVIEWS[1:]).problem
    assert decided.locked == (("T1", "102"),)
    assert ("T1", "101") not in decided.pairs


def test_a_decided_project_needs_no_wish_and_one_of_no_laureate_is_told():
    assert ("T4", "101") in pairs((*TALENTS[:3], TALENTS[3] | {"projet_decide": "101"}))
    called = call(with_first(projet_decide="103"))
    assert (called.problem.locked, called.unknown) == ((), (("T1", "103"),))
    assert "T1" not in {candidate for candidate, _ in called.problem.pairs}


def test_the_waiting_list_of_a_project_locks_nobody():
    problem = call(with_first(statut="Liste d’attente", projet_decide="102")).problem
    assert problem.locked == ()
    assert {("T1", "101"), ("T1", "102")} <= {*problem.pairs}


def test_the_note_is_the_mean_of_the_evaluations_that_count():
    reviews = (heard("T1", 16), heard("T1", 17, name="bob"), heard("T1", 5, name="chloe", adequation=None))
    assert call(reviews=reviews).problem.by_candidate["T1"].note == 16.5
    aside = (heard("T1", 16), {"candidature": "T1", "jure": "bob@jury.example", "numero": "101", "deport": "oui"})
    assert call(reviews=aside).problem.by_candidate["T1"].note == 16


@pytest.mark.parametrize("field", ["email_porteur", "email_porteur_2", "email_mentor", "email_rh", "email_gestion"])
def test_who_answers_for_a_project_is_not_in_its_team(field):
    projects = (PROJECTS[0] | {field: "T1@talent.example"}, *PROJECTS[1:])
    assert pairs() - pairs(projects=projects) == {("T1", "101")}


def test_a_project_has_as_many_talents_as_it_asked_for():
    projects = (laureate("101", "Designer", nombre_eig=3.0), laureate("102", nombre_eig=None))
    assert [(project.id, project.least, project.most) for project in call(projects=projects).problem.projects] == [
        ("101", 2, 3),
        ("102", 2, 3),
    ]
    assert [project.most for project in call().problem.projects] == [2, 2]


def test_metiers_are_compared_as_people_write_them():
    problem = call().problem
    assert [candidate.metier for candidate in problem.candidates] == [
        "developpeur", "designer", "developpeur", "data scientist", "developpeur", "designer",
    ]  # fmt: skip
    assert problem.by_project["101"].metiers == ("developpeur", "designer")


def test_equals_come_as_they_filed_then_by_number():
    filed = [datetime(2021, 4, 2), datetime(2021, 4, 1), datetime(2021, 4, 1), None]
    people = [
        talent(name, "Designer", "101", date_depot=day)
        for name, day in zip(["T1", "T10", "T9", "T0"], filed, strict=True)
    ]
    assert [candidate.id for candidate in call(people).problem.candidates] == ["T9", "T10", "T1", "T0"]


@pytest.mark.slow
def test_a_candidate_costs_what_is_typed_else_simulated_by_experience():
    projects = (laureate("101", cout_jusqu_a_5_ans=60_000.0, cout_plus_de_5_ans=None),)
    assert EIG5.salaries.over_5_years * EIG5.cofinancing.net_to_employer_ratio * 10 == 70_000

    def cost(**fields):
        people = (talent("T1", "Designer", "101", **fields),)
        return call(people, (heard("T1", 15),), projects).problem.by_candidate["T1"].cost

    assert cost(experience=5.0) == {"101": 60_000}
    assert cost(experience=6.0) == {"101": 70_000}
    assert cost() == {"101": 70_000}
    assert cost(experience=5.0, cout_reel=58_000.5, projet_decide="101") == {"101": 58_000.5}


def test_who_is_ineligible_is_nowhere_unless_people_decided_it():
    late = datetime(2021, 5, 3)
    assert "T1" not in {candidate for candidate, _ in pairs(with_first(date_depot=late))}
    assert ("T1", "102") in pairs(with_first(date_depot=late, statut="Retenu", projet_decide="102"))
