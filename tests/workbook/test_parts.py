"""Which tabs are in which workbook: nothing is in none, and what is shared is known."""

import pytest

from eig_sheets.domain.parts import Part
from eig_sheets.run.robot_tabs import TABS as ROBOT_TABS
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.schema import OPTIONAL_TABS, Differences, always_in, build, is_emptied, is_in
from tests.columns import SCHEMA

pytestmark = pytest.mark.newest

EVERY_TAB = [*(tab.id for tab in SCHEMA.tabs), *(tab.id for tab in ROBOT_TABS)]
SHARED = {"accueil", "jury", "emails", "anomalies", "modifications", "archives", "envois",
          "journal", "voeux_recus"}  # fmt: skip


def schema(part: Part):
    return build([("a", "Pertinence")], (1, 4), Choices(), OPTIONAL_TABS, part, Differences(robot_tabs=ROBOT_TABS))


@pytest.mark.parametrize("tab_id", EVERY_TAB)
def test_each_tab_is_in_the_workbook_of_one_part_unless_both_have_theirs(tab_id):
    places = [part for part in (Part.PROJECTS, Part.TALENTS) if is_in(tab_id, part)]
    assert len(places) == (2 if tab_id in SHARED or is_emptied(tab_id, Part.PROJECTS) else 1)


@pytest.mark.parametrize("part", [Part.WHOLE, Part.PROJECTS])
def test_what_a_workbook_always_has_does_not_depend_on_the_configuration(part):
    bare = build([("a", "Pertinence")], (1, 4), Choices(), (), part)
    assert {tab.id for tab in bare.tabs} == always_in(part)


def test_no_column_shows_a_robot_s_tab_of_the_other_workbook():
    for part in Part:
        made = schema(part)
        assert {robot.source_tab for tab in made.tabs for robot in tab.robot_fields} <= {*made.robot_tabs}


def test_what_was_said_of_candidates_in_the_one_workbook_is_emptied_once_they_have_theirs():
    tabs = ("affectations_talents", "classement_talents", "envois")
    assert [is_emptied(tab_id, Part.PROJECTS) for tab_id in tabs] == [
        True, True, False,
    ]  # fmt: skip
    assert not is_emptied("affectations_talents", Part.TALENTS)
    assert not is_emptied("affectations_talents", Part.WHOLE)
