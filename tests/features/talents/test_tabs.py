"""Where the tabs of candidates stand in a new workbook: hidden in that of the call, shown in one of their own."""

from datetime import date

import pytest

from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import with_sections
from eig_sheets.domain.parts import Part
from eig_sheets.features.talents.personal_data import HOLDINGS
from eig_sheets.features.talents.robot_tabs import TABS as ROBOT
from eig_sheets.registry import Features
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.schema import TALENT_TABS, always_in
from tests.columns import EIG5
from tests.run.test_tab_order import between, created, shows_few

pytestmark = pytest.mark.newest

TWO = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})
"""The same call, whose candidates have a workbook of their own."""


def feature_names(campaign):
    """The names of the tabs of other features."""
    others = Features(tuple(feature for feature in campaign.features.on if feature.id != "talents"))
    yield from (tab.schema(campaign).name for tab in others.parts(PeopleTab))
    yield from (tab.name for tab in others.parts(RobotTab))


def test_candidates_are_hidden_in_the_workbook_of_the_call():
    _, hidden = created(date(2021, 12, 1))
    assert between("Modifications reçues", "Talents", "Évaluations talents", hidden)
    assert between("Talents", "Évaluations talents", "Règles du jeu", hidden)


def test_a_workbook_of_their_own_shows_them_in_the_place_of_the_projects():
    shown, hidden = created(date(2021, 6, 1), TWO.for_talents())
    of_features = {*feature_names(TWO)}
    assert [name for name in shown if name not in of_features] == [
        "Accueil", "Talents", "Jury", "Évaluations talents", "Anomalies", "E-mails à envoyer"
    ]  # fmt: skip
    assert [name for name in hidden if name not in of_features] == ["Modifications reçues", "Envois", "Journal"]
    assert {"Talents", "Évaluations talents"}.isdisjoint(
        name for names in created(date(2021, 6, 1), TWO) for name in names
    )


def test_their_tabs_are_needed_and_shown_where_they_are_alone():
    alone, projects, whole = (schema_of(campaign) for campaign in (TWO.for_talents(), TWO, EIG5))
    assert always_in(Part.TALENTS) <= {tab.id for tab in alone.tabs}
    assert not {*TALENT_TABS} & {tab.id for tab in projects.tabs}
    for tab_id in TALENT_TABS:
        assert (alone.tab(tab_id).needed, alone.tab(tab_id).hidden) == (True, False)
        assert (whole.tab(tab_id).needed, whole.tab(tab_id).hidden) == (False, True)


def test_what_sums_up_the_projects_is_only_where_they_are_not():
    has = ["projets" in schema_of(campaign).robot_tabs for campaign in (TWO.for_talents(), TWO, EIG5)]
    assert has == [True, False, False]


@pytest.mark.parametrize("campaign", [TWO, TWO.for_talents()])
def test_neither_workbook_ever_shows_more_than_twelve_tabs(campaign):
    assert shows_few(schema_of(campaign))


def test_each_of_the_robot_s_is_kept_as_long_as_candidates_are():
    [where] = [holding.where for holding in HOLDINGS if holding.id == "onglets_robot_talents"]
    assert [tab.name for tab in ROBOT if tab.id != "projets" and tab.name not in where] == []
