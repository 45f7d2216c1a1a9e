"""How we know again what we made, once people renamed or moved it: developer metadata, which nobody sees.

A mark says of which tab it was made (`classement@123`): when people copy a tab, the marks of the copy say another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eig_sheets.workbook.google.areas import span

TAB, COLUMN, LOOK, RUN = "eig-sheets.tab", "eig-sheets.column", "eig-sheets.look", "eig-sheets.run"

FIRST_RUN = 1_163_415_552
"""The id of a run's mark is this and the number of the run: Google refuses a second mark of the same id."""

MOST_RUNS = 900_000_000
"""No run has a greater number: an id that is further away was not chosen by us."""

KEPT_RUNS = 30
"""Marks of so many runs stay, so that a batch that was held up since then still finds its own taken."""

Json = dict[str, Any]


def on_tab(sheet_id: int, mark: str) -> Json:
    """The request that says of which kind a tab is."""
    return _create(TAB, f"{mark}@{sheet_id}", {"sheetId": sheet_id})


def on_column(sheet_id: int, column: int, mark: str) -> Json:
    """The request that says of which field a column is."""
    where = {"dimensionRange": span(sheet_id, "COLUMNS", column, column + 1)}
    return _create(COLUMN, f"{mark}@{sheet_id}", where)


def look_on(sheet_id: int, look: str, known: int | None) -> Json:
    """The request that says with which look a tab was made; `known` is the id of the mark that says another."""
    if known is None:
        return _create(LOOK, look, {"sheetId": sheet_id})
    return _update(by_id(known), look)


def run(number: int, token: str) -> Json:
    """The request that makes a second batch of the same run number fail whole (guarantee G10)."""
    return _create(RUN, token, {"spreadsheet": True}, FIRST_RUN + number)


def still(metadata_id: int, mark: str, sheet_id: int, column: int) -> Json:
    """The request that makes the batch fail when a column that we marked is not where it was read any more.

    It gives the mark the value that it has; Google is to refuse it when nothing matches the lookup.
    """
    where = {"dimensionRange": span(sheet_id, "COLUMNS", column, column + 1)}
    lookup = {"metadataId": metadata_id, "metadataLocation": where, "locationMatchingStrategy": "EXACT_LOCATION"}
    return _update({"developerMetadataLookup": lookup}, f"{mark}@{sheet_id}")


def forget(metadata_id: int) -> Json:
    """The request that removes a mark."""
    return {"deleteDeveloperMetadata": {"dataFilter": by_id(metadata_id)}}


def by_id(metadata_id: int) -> Json:
    """What finds a mark, and with it the column or tab that it is on, wherever people moved it."""
    return {"developerMetadataLookup": {"metadataId": metadata_id}}


def _update(found_by: Json, value: str) -> Json:
    change = {"dataFilters": [found_by], "developerMetadata": {"metadataValue": value}, "fields": "metadataValue"}
    return {"updateDeveloperMetadata": change}


def _create(key: str, value: str, location: Json, metadata_id: int | None = None) -> Json:
    made: Json = {"metadataKey": key, "metadataValue": value, "location": location, "visibility": "DOCUMENT"}
    if metadata_id is not None:
        made["metadataId"] = metadata_id
    return {"createDeveloperMetadata": {"developerMetadata": made}}


def named(metadata: list[Json], key: str, sheet_id: int) -> Mapping[str, int]:
    """The marks of that key that were made for that tab: what each says → its id."""
    end = f"@{sheet_id}"
    return {
        one["metadataValue"].removesuffix(end): one["metadataId"]
        for one in metadata
        if one["metadataKey"] == key and one.get("metadataValue", "").endswith(end)
    }
