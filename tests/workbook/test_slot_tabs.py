"""Where the tabs of advice slots and of webinars stand in a new workbook."""

from datetime import date

import pytest

from tests.workbook.test_tab_order import between, created

pytestmark = pytest.mark.newest


def test_slots_show_beside_the_e_mails_and_who_registers_is_hidden():
    shown, hidden = created(date(2021, 2, 10))
    assert between("E-mails à envoyer", "Créneaux", "Cofinancement", created(date(2021, 12, 1))[0])
    assert between("Modifications reçues", "Inscriptions", "Règles du jeu", hidden)
    assert shown[-1] == "Créneaux"
