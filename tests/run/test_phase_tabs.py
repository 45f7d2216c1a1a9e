"""The tabs that a nightly run makes once their phase opens, and those that it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eig_sheets.spreadsheet.model.plan import CreateTab
from tests.in_memory import storage_at
from tests.nightly import Robot
from tests.people_cells import people
from tests.spreadsheet import memory_desk

pytestmark = [pytest.mark.in_memory, pytest.mark.newest]

JUNE, JULY = date(2021, 6, 30), date(2021, 7, 1)


@pytest.fixture
def robot(demo) -> Robot:
    """The nightly job on the demonstration, which had a run in April."""
    return Robot(demo)


def sync(robot: Robot, day: date) -> list[str]:
    """The names of the tabs that a run makes on a day, but for the archive, which comes with the first copy."""
    robot.today = day
    made = [one.sheet for one in robot.sync().plan.operations if isinstance(one, CreateTab)]
    return [sheet.name for sheet in made if sheet.id != "archives"]


def edit(robot: Robot, kind: str, **what: object) -> None:
    memory_desk.edit(storage_at(robot.campaign.workbook), kind, **what)


def names(robot: Robot) -> list[str]:
    return [tab.name for tab in robot.read().tabs]


@pytest.mark.slow
def test_a_robot_s_tab_that_people_delete_comes_back(robot):
    edit(robot, "delete_tab", tab="Cofinancement")
    assert sync(robot, JUNE) == ["Cofinancement"]


@pytest.mark.slow
def test_a_robot_s_tab_waits_for_its_phase_and_nothing_is_remembered_of_it_before(robot):
    edit(robot, "delete_tab", tab="Cofinancement")
    robot.state.save_last_run(replace(robot.state.load_last_run(), outputs={}))
    assert sync(robot, date(2021, 4, 6)) == []
    assert "cofinancement" not in robot.state.load_last_run().outputs
    assert sync(robot, date(2021, 4, 7)) == ["Cofinancement"]


def of_an_older_version(robot: Robot) -> None:
    """The workbook and the state as a version left them that made every tab at once and hid none."""
    stored = storage_at(robot.campaign.workbook)
    stored.save([replace(tab, hidden=False) for tab in stored.tabs])
    robot.state.save_last_run(replace(robot.state.load_last_run(), made=None))


@pytest.mark.slow
def test_a_workbook_of_an_older_version_stays_as_people_see_it(robot):
    of_an_older_version(robot)
    edit(robot, "delete_tab", tab="Paramètres")
    order, held = names(robot), people(robot.campaign.workbook)
    assert sync(robot, date(2021, 12, 1)) == []  # it had them all: people deleted what it lacks
    assert robot.campaign.run("--today", "2021-12-01", "init").code == 0
    sync(robot, date(2021, 12, 1))
    assert names(robot)[: len(order)] == order
    assert [tab.name for tab in robot.read().tabs if tab.hidden and tab.name in order] == []
    assert held.lost(people(robot.campaign.workbook)) == []
    assert robot.state.load_last_run().made is None


@pytest.mark.slow
def test_what_people_show_or_hide_stays_so(robot):
    edit(robot, "hide_tab", tab="Journal", shown=True)
    edit(robot, "hide_tab", tab="Jury")
    sync(robot, JULY)
    hidden = {tab.name for tab in robot.read().tabs if tab.hidden}
    assert "Journal" not in hidden
    assert {"Jury", "Envois", "Paramètres"} <= hidden


@pytest.mark.slow
def test_a_tab_that_waits_for_its_rows_is_made_hidden_too(robot):
    assert robot.campaign.run("jury", "assign").code == 0
    assert robot.read().tab("Affectations").hidden


def test_a_tab_of_people_s_without_a_phase_is_only_made_by_init(robot):
    edit(robot, "delete_tab", tab="Paramètres")
    robot.state.save_last_run(replace(robot.state.load_last_run(), made=()))
    assert sync(robot, JUNE) == []
