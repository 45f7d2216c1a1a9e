"""Officers who ask for teams in `Demandes`: proposed, then adjusted, or anew when they say so."""

import pytest

from eig_sheets.features.requests.rules import Action
from tests.columns import cell_of
from tests.features.requests.officers import Officers
from tests.nightly import Table
from tests.people_cells import type_in
from tests.team_call import TALENTS, called, campaign_of, heard, talent

pytestmark = pytest.mark.in_memory


@pytest.fixture
def officers(tmp_path):
    people = (*TALENTS, talent("T7", "Designer", "101"))
    campaign = campaign_of(tmp_path, called(people, (*_notes(), heard("T7", 14))))
    assert campaign.run("init").code == 0
    return Officers(campaign)


def _notes():
    from tests.team_call import REVIEWS

    return REVIEWS


def team(officers):
    rows = Table(officers.campaign.read().tab("Équipes proposées")).rows
    return [row["N° de candidature"] for row in rows if row["Place"] == "membre"]


def test_teams_are_proposed_then_change_as_little_as_possible(officers):
    first = officers.ask(Action.TEAMS)
    assert officers.run().code == 0
    assert team(officers) == ["T1", "T2", "T3", "T4"]
    answer = officers.answer(first)
    assert "Onglet « Équipes proposées ». 2 projets servis sur 2" in " ".join(answer.split())
    assert "--" not in answer
    type_in(officers.campaign.workbook, "Évaluations talents", cell_of("evaluations_talents", "dynamisme", 8), 4.0)
    type_in(officers.campaign.workbook, "Talents", cell_of("talents", "statut", 2), "Désisté")
    officers.ask(Action.TEAMS)
    assert officers.run().code == 0
    assert team(officers) == ["T5", "T2", "T3", "T4"]


def test_a_detail_that_says_something_else_is_refused(officers):
    number = officers.ask(Action.TEAMS, detail="vite")
    officers.run()
    assert officers.states[number] == "refusée"
    assert "laissez-le vide, ou écrivez « refaire »" in officers.answer(number)


@pytest.mark.slow
def test_teams_are_proposed_anew_when_it_is_said(officers):
    officers.ask(Action.TEAMS)
    officers.run()
    for field in ("dynamisme", "comprehension", "interet_general", "integration", "adequation"):
        type_in(officers.campaign.workbook, "Évaluations talents", cell_of("evaluations_talents", field, 8), 4.0)
    officers.ask(Action.TEAMS)
    officers.run()
    assert team(officers)[:2] == ["T1", "T2"]
    officers.ask(Action.TEAMS, detail="Refaire")
    officers.run()
    assert team(officers)[:2] == ["T1", "T7"]
