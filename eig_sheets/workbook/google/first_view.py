"""Requests for the first view of a new tab: hidden tab, frozen columns, folded groups of columns.

People change all of it afterwards, so nothing sets it again. Each is optional: a tab without it holds the same cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.workbook.google.areas import Json, dimension_range
from eig_sheets.workbook.model.sheet import Sheet

HIDDEN: Final = "hidden"
FROZEN_COLUMNS: Final = "gridProperties.frozenColumnCount"
"""The fields of a tab that these requests set, one each, so that one that Google refuses takes no other with it."""


def requests(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """The requests for a tab that the same batch makes."""
    if sheet.frozen_columns:
        yield _properties(
            {"sheetId": sheet_id, "gridProperties": {"frozenColumnCount": sheet.frozen_columns}}, FROZEN_COLUMNS
        )
    for first, end in sheet.groups:
        where = dimension_range(sheet_id, "COLUMNS", first, end)
        yield {"addDimensionGroup": {"range": where}}
        folded = {"range": where, "depth": 1, "collapsed": True}
        yield {"updateDimensionGroup": {"dimensionGroup": folded, "fields": "collapsed"}}
    if sheet.hidden:
        yield _properties({"sheetId": sheet_id, "hidden": True}, HIDDEN)


def _properties(properties: Json, field: str) -> Json:
    return {"updateSheetProperties": {"properties": properties, "fields": field}}
