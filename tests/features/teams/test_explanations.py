"""« Pourquoi pas moi ? »: an answer for each wish, without any other candidate."""

from datetime import datetime

import pytest

from eig_sheets.features.teams.explanations import explain_candidate
from eig_sheets.features.teams.proposal import teaming
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called, heard, talent
from tests.workbook.snapshots import reading


def answers(candidate, talents=TALENTS, reviews=REVIEWS, projects=PROJECTS):
    outcome = teaming(reading(called(talents, reviews, projects)), (), adjust=False)
    return explain_candidate(outcome, candidate)


def said(*args, **kwargs):
    return [wish.answer.replace("\u202f", " ") for wish in answers(*args, **kwargs)]


def changed(number, **fields):
    return tuple(talent | fields if talent["candidature"] == number else talent for talent in TALENTS)


def test_the_note_that_it_would_have_taken():
    (wish,) = answers("T5")
    assert (wish.wish, wish.dossier, wish.project, wish.proposed) == (1, "101", "Projet 101", False)
    assert (wish.lost_projects, wish.lost_metiers, wish.note_needed) == (0, 0, 17.5)
    assert wish.lost_objective == pytest.approx(5.5 / 20)
    assert said("T5") == [
        (
            "La place de votre métier est prise (17,5/20, vœu 1). Avec vous dans ce projet, l’ensemble des équipes "
            "perdrait 5,5 points de note : il vous aurait fallu 17,5/20 au lieu de 12/20 pour qu’elles se valent."
        )
    ]


def test_a_wish_may_be_of_no_laureate():
    first, second = said("T6")
    assert first == "Ce projet n’est pas lauréat."
    assert "il vous aurait fallu 15/20 au lieu de 10/20" in second


def test_wishes_weigh_too():
    people = (*TALENTS[:5], talent("T7", "Designer", "102", "101"))
    assert said("T7", people, (*REVIEWS, heard("T7", 12)))[1] == (
        "La place de votre métier est prise (15/20, vœu 1). Avec vous dans ce projet, l’ensemble des équipes "
        "perdrait 9,67 points de note : même 20/20 n’y suffirait pas, car les vœux des uns et des autres comptent "
        "aussi."
    )


def test_wishes_that_came_too_late():
    late = changed("T5", voeux_le=datetime(2021, 6, 2))
    assert said("T5", late) == ["Ce vœu ne compte pas (hors délai, ou en trop) : Anomalies le dit."]


def test_who_is_proposed():
    assert [(wish.proposed, wish.lost_objective) for wish in answers("T1")] == [(True, 0), (False, None)]
    assert said("T1") == [
        "Vous faites partie de l’équipe proposée.",
        "Vous faites partie de l’équipe proposée du projet 101, que vous préférez.",
    ]


SECOND = (TALENTS[0] | {"voeu_2": None}, *TALENTS[1:3], talent("T5", "Développeur", "101", "102"))


def test_who_is_in_the_team_of_another_wish():
    trio = (PROJECTS[0] | {"nombre_eig": 2.0}, PROJECTS[1] | {"nombre_eig": 3.0})
    people = (*SECOND, TALENTS[3])
    first, second = answers("T5", people, projects=trio)
    assert (first.note_needed, first.lost_projects, second.proposed) == (None, 0, True)
    assert said("T5", people, projects=trio)[0] == (
        "La place de votre métier est prise (17,5/20, vœu 1). Avec vous dans ce projet plutôt que dans votre équipe, "
        "l’ensemble perdrait 30,83 points de note : votre note compte autant ici que là."
    )


def test_a_metier_that_would_be_lost():
    people = (*TALENTS[:5], talent("T7", "Juriste", "101"))
    assert said("T7", people, (*REVIEWS, heard("T7", 20))) == [
        (
            "Les 2 places prises le sont par d’autres métiers que le vôtre. Avec vous dans ce projet, 1 profil demandé "
            "ne serait plus couvert : aucune note n’y suffirait."
        )
    ]


def test_a_project_that_would_be_lost():
    assert said("T5", SECOND) == [
        (
            "La place de votre métier est prise (17,5/20, vœu 1). Avec vous dans ce projet, 1 projet de moins aurait "
            "une équipe : aucune note n’y suffirait."
        ),
        "Vous faites partie de l’équipe proposée.",
    ]


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"statut": "Non retenu"}, "Votre candidature est « Non retenu »."),
        ({"statut": "Désisté"}, "Votre candidature est « Désisté »."),
        ({"projet_decide": "102"}, "Il est décidé que vous êtes dans le projet 102."),
        ({"email": "porteur@phares.example"}, ("Votre adresse est celle d’un contact de ce projet : ce serait un "
         "conflit d’intérêts.")),
    ],
)  # fmt: skip
def test_why_it_is_not_possible_whatever_the_others_are(fields, answer):
    projects = (PROJECTS[0] | {"email_porteur": "porteur@phares.example"}, *PROJECTS[1:])
    assert said("T5", changed("T5", **fields), projects=projects)[0] == answer


def test_without_a_note_or_a_wish():
    assert said("T5", reviews=REVIEWS[:4]) == ["Vous n’avez pas de note : aucune évaluation complète."]
    assert said("T5", changed("T5", voeu_1=None)) == [
        "Aucun vœu : personne ne peut proposer une équipe, sauf à saisir « Projet décidé »."
    ]


def test_equals_are_told():
    assert said("T5", reviews=(*REVIEWS[:4], heard("T5", 17.5)))[0].endswith(
        "Les équipes se vaudraient avec vous : à égalité, la candidature déposée d’abord est préférée."
    )


def test_no_other_candidate_is_named():
    for candidate in TALENTS:
        for text in said(candidate["candidature"]):
            others = [each for each in TALENTS if each is not candidate]
            assert not any(each[field] in text for each in others for field in ("candidature", "nom", "prenom"))
