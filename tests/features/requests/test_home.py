"""`Accueil` on requests: those that wait, and where to ask."""

from __future__ import annotations

import pytest

from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.run.test_home import HOUR, home, line

pytestmark = pytest.mark.in_memory


@pytest.fixture
def robot(demo):
    """The demo's nightly job; its last success was just now."""
    return Robot(demo)


@pytest.mark.slow
def test_requests_that_wait_lead_to_the_first_of_their_rows(robot):
    for row, action in ((6, "Danser"), (4, "Chanter")):
        type_in(robot.campaign.workbook, "Demandes", cell_of("demandes", "action", row), action)
    robot.sync(later=HOUR)
    told = line(robot, "en attente")
    assert (told["Quoi"], told["Nombre"], told["Pour qui"]) == ("2 demandes en attente", 2, "Équipe")
    assert told["Y aller"] == f"Demandes!{cell_of('demandes', 'action', 4)}"
    assert not robot.sync(later=HOUR).plan
    for row in (4, 6):
        type_in(robot.campaign.workbook, "Demandes", cell_of("demandes", "action", row), None)
    robot.sync(later=HOUR)
    assert [row for row in home(robot) if "en attente" in str(row["Quoi"])] == []


@pytest.mark.slow
def test_a_row_of_totals_is_not_the_first_of_those_that_wait(robot):
    for row, field, value in ((14, "precision", "Total : 2"), (15, "action", "Danser")):
        type_in(robot.campaign.workbook, "Demandes", cell_of("demandes", field, row), value)
    robot.sync(later=HOUR)
    told = line(robot, "en attente")
    assert (told["Nombre"], told["Y aller"]) == (1, f"Demandes!{cell_of('demandes', 'action', 15)}")


def test_where_to_ask_says_that_the_answer_comes_once_the_file_is_closed(robot):
    [told] = home(robot, "Demandes")
    assert (told["Y aller"], told["Quoi"]) == ("Demandes", "Ce que le robot peut faire pour vous")
    assert told["Précision"] == (
        "La réponse s’écrit à côté, dans les cinq minutes qui suivent la fermeture du fichier par tous ceux qui l’ont "
        "ouvert."
    )
