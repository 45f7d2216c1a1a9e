"""Where a column stands in a workbook that `init` made, by the id of its field: tests name no letter, no position."""

from __future__ import annotations

import pytest

from eig_sheets import config, loading
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.workbook.schema import TALENT_TABS, Schema, TabSchema

EIG5: Campaign = loading.load(config.packaged())
SCHEMA: Schema = schema_of(EIG5)
LATER_TABS = {tab.id for tab in EIG5.features.parts(PeopleTab) if tab.comes_with}
"""Ids of people's tabs that a campaign has once another one is chosen."""
CRITERIA = tuple(criterion.id for criterion in EIG5.criteria)


def tab_of(tab_id: str) -> TabSchema:
    """A tab of people's; a test that needs one of candidates is skipped where the program has none."""
    if tab_id in TALENT_TABS and all(tab.id != tab_id for tab in SCHEMA.tabs):
        pytest.skip("the program has no candidates", allow_module_level=True)
    return SCHEMA.tab(tab_id)


def column_of(tab_id: str, field_id: str) -> int:
    """The 0-based column of a field, or of a robot's column."""
    tab = tab_of(tab_id)
    return [one.id for one in (*tab.fields, *tab.robot_fields)].index(field_id)


def cell_of(tab_id: str, field_id: str, row: int) -> str:
    """The address of a field in a row of the sheet; the headers are in row 1."""
    return a1(row, column_of(tab_id, field_id))


def letters_of(tab_id: str, field_id: str) -> str:
    """The letters of a field's column."""
    return cell_of(tab_id, field_id, 1).removesuffix("1")
