"""The tab of milestones, which a nightly run makes once its phase opens, and leaves to people from then on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.nightly import Robot
from tests.people_cells import people
from tests.run.test_phase_tabs import JULY, JUNE, edit, names, sync

pytestmark = pytest.mark.in_memory


@pytest.fixture
def robot(demo) -> Robot:
    """The nightly job on the demonstration, which had a run in April."""
    return Robot(demo)


@pytest.mark.slow
def test_a_tab_of_people_s_is_made_on_the_day_its_phase_opens_and_once(robot):
    before = people(robot.campaign.workbook)
    assert sync(robot, JUNE) == []
    assert sync(robot, JULY) == ["Suivi"]
    assert {"N° de dossier", "Jalon", "Échéance"} <= {*robot.tab("Suivi").headers}
    assert before.lost(people(robot.campaign.workbook)) == []
    assert "Suivi" in str(robot.tab("Journal").rows[0])
    assert not robot.sync().plan


@pytest.mark.slow
def test_one_that_people_delete_does_not_come_back_but_when_init_is_asked_for_it(robot):
    sync(robot, JULY)
    edit(robot, "delete_tab", tab="Suivi")
    assert sync(robot, JULY) == []
    assert sync(robot, date(2021, 12, 1)) == []
    assert "Suivi" not in names(robot)
    assert robot.campaign.run("--today", "2021-12-01", "init").code == 0
    assert "Suivi" in names(robot)


@pytest.mark.slow
def test_one_that_people_rename_is_not_made_again(robot):
    sync(robot, JULY)
    edit(robot, "rename_tab", tab="Suivi", to="Jalons des lauréats")
    assert sync(robot, JULY) == []


def test_one_whose_name_people_took_is_left_to_them(robot):
    edit(robot, "rename_tab", tab="Règles du jeu", to="suivi ")
    assert sync(robot, JULY) == []
