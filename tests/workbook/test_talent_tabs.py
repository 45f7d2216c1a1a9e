"""Where the tabs of candidates stand in a new workbook: hidden in that of the call, shown in one of their own."""

from datetime import date

import pytest

from eig_sheets.campaign.campaign_schema import schema_of
from eig_sheets.config import with_sections
from tests.columns import EIG5
from tests.workbook.test_tab_order import between, created, shows_few

pytestmark = pytest.mark.newest

TWO = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})
"""The same call, whose candidates have a workbook of their own."""


def test_candidates_are_hidden_in_the_workbook_of_the_call():
    _, hidden = created(date(2021, 12, 1))
    assert between("Modifications reçues", "Talents", "Évaluations talents", hidden)
    assert between("Talents", "Évaluations talents", "Règles du jeu", hidden)


def test_a_workbook_of_their_own_shows_them_in_the_place_of_the_projects():
    shown, hidden = created(date(2021, 6, 1), TWO.for_talents())
    assert shown == ["Accueil", "Talents", "Jury", "Évaluations talents", "Anomalies", "E-mails à envoyer", "Demandes"]
    assert hidden == ["Modifications reçues", "Envois", "Réponses", "Journal"]
    assert {"Talents", "Évaluations talents"}.isdisjoint(
        name for names in created(date(2021, 6, 1), TWO) for name in names
    )


@pytest.mark.parametrize("campaign", [TWO, TWO.for_talents()])
def test_neither_workbook_ever_shows_more_than_twelve_tabs(campaign):
    assert shows_few(schema_of(campaign))
