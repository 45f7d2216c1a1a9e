"""People's tabs as `init` creates them."""

from __future__ import annotations

import pytest

from eig_sheets.run import people_sheets
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.workbook import lookup_formula
from tests.columns import SCHEMA

CANDIDATURES = SCHEMA.tab("candidatures")
SOURCES = {
    tab_id: Sheet(tab_id, name, Owner.ROBOT, SCHEMA.robot_columns[tab_id]) for tab_id, name in SCHEMA.robot_tabs.items()
}


def test_the_robot_s_columns_are_at_the_right_of_people_s():
    sheet = people_sheets.sheet(CANDIDATURES, (), SOURCES)
    headers = [column.header for column in sheet.columns]
    assert headers == [field.header for field in (*CANDIDATURES.fields, *CANDIDATURES.robot_fields)]
    assert sheet.fields == tuple(field.id for field in CANDIDATURES.fields)
    marked = {headers[place]: mark for place, mark in sheet.robot_columns}
    assert marked == {robot.header: robot.id for robot in CANDIDATURES.robot_fields}
    assert (sheet.id, sheet.name, sheet.owner) == ("candidatures", "Candidatures", Owner.PEOPLE)


def test_values_are_under_their_own_header_and_others_are_blank():
    sheet = people_sheets.sheet(CANDIDATURES, ("Notes fictives",), SOURCES, [{"rang": 3, "numero": "101"}])
    banner, headers, row = sheet.grid()
    assert banner == ["Notes fictives"]
    filled = {header: value for header, value in zip(headers, row, strict=True) if value is not None}
    assert filled == {CANDIDATURES.field("numero").header: "101", "Rang": 3}


@pytest.mark.parametrize("banner", [(), ("Notes fictives", "Ligne 2")])
def test_lookups_are_keyed_by_the_header_cell_of_the_key(banner):
    sheet = people_sheets.sheet(CANDIDATURES, banner, SOURCES)
    key = (len(banner) + 1, sheet.fields.index(CANDIDATURES.key))
    expected = {
        robot.header: lookup_formula.formula(robot, CANDIDATURES, robot.header, key, SOURCES[robot.source_tab])
        for robot in CANDIDATURES.robot_fields
    }
    assert {sheet.columns[place].header: text for place, text in sheet.lookups} == expected
