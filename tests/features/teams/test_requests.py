"""Officers who ask for teams in the workbook: proposed, then adjusted, or anew when they say so."""

import pytest

from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.teams.tab import ACTION
from tests.columns import cell_of
from tests.nightly import Table
from tests.people_cells import type_in
from tests.program import Campaign
from tests.team_call import REVIEWS, TALENTS, called, campaign_of, heard, talent
from tests.two_workbooks import made

pytestmark = pytest.mark.in_memory


@pytest.fixture
def call(tmp_path):
    people = (*TALENTS, talent("T7", "Designer", "101"))
    campaign = campaign_of(tmp_path, called(people, (*REVIEWS, heard("T7", 14))))
    assert campaign.run("init").code == 0
    return campaign


def ask(campaign, detail=""):
    """What is answered, on one line."""
    session = Session(str(campaign.config), None, None, verbose=0, quiet=True)
    return " ".join(found_at(ACTION.place)(session, detail).split())


def team(campaign):
    rows = Table(campaign.read().tab("Équipes proposées")).rows
    return [row["N° de candidature"] for row in rows if row["Place"] == "membre"]


@pytest.mark.slow
def test_teams_are_proposed_then_change_as_little_as_possible(call):
    answer = ask(call)
    assert team(call) == ["T1", "T2", "T3", "T4"]
    assert "Onglet « Équipes proposées ». 2 projets servis sur 2" in answer
    assert "--" not in answer
    type_in(call.workbook, "Évaluations talents", cell_of("evaluations_talents", "dynamisme", 8), 4.0)
    type_in(call.workbook, "Talents", cell_of("talents", "statut", 2), "Désisté")
    ask(call)
    assert team(call) == ["T5", "T2", "T3", "T4"]


def test_a_detail_that_says_something_else_is_refused(call):
    with pytest.raises(Refusal, match="laissez-le vide, ou écrivez «\u202frefaire\u202f»"):
        ask(call, "vite")


@pytest.mark.slow
def test_teams_are_proposed_anew_when_it_is_said(call):
    ask(call)
    for field in ("dynamisme", "comprehension", "interet_general", "integration", "adequation"):
        type_in(call.workbook, "Évaluations talents", cell_of("evaluations_talents", field, 8), 4.0)
    ask(call)
    assert team(call)[:2] == ["T1", "T2"]
    ask(call, "Refaire")
    assert team(call)[:2] == ["T1", "T7"]


def test_the_projects_workbook_says_where_to_ask(tmp_path):
    pair = made(tmp_path / "appel")
    with pytest.raises(Refusal, match="Les candidats ont leur classeur"):
        ask(Campaign(pair.folder))
