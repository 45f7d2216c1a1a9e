"""Where the tabs of requests and of their answers stand in a new workbook."""

from datetime import date

import pytest

from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.schema import build
from tests.workbook.test_tab_order import between, created

pytestmark = pytest.mark.newest


def test_requests_show_beside_the_e_mails_and_answers_are_hidden():
    shown, hidden = created(date(2021, 12, 1))
    assert between("E-mails à envoyer", "Demandes", "Cofinancement", shown)
    assert between("Envois", "Réponses", "Journal", hidden)


def test_a_campaign_without_requests_has_no_tab_of_answers():
    assert "reponses" not in build([("a", "A")], (1, 4), Choices(), ["parametres"]).robot_tabs
    assert "reponses" in build([("a", "A")], (1, 4), Choices(), ["demandes"]).robot_tabs
