"""Marks that identify the robot's tabs and columns after people rename or move them: invisible developer metadata.

A mark contains the id of its tab (`classement@123`): when people copy a tab, the marks of the copy still have the id of
the original, and are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eig_sheets.spreadsheet.google.areas import dimension_range

TAB, COLUMN, LOOK, RUN = "eig-sheets.tab", "eig-sheets.column", "eig-sheets.look", "eig-sheets.run"
WORKBOOK = "eig-sheets.workbook"

FIRST_RUN = 1_163_415_552
"""The id of a run's mark is this plus the number of the run: Google rejects a second mark with the same id."""

MAX_RUNS = 900_000_000
"""Upper bound of run numbers: metadata with a greater id is not ours."""

KEPT_RUNS = 30
"""Runs whose marks are kept, so that a batch delayed on the network still finds its run number taken."""

Json = dict[str, Any]


def mark_tab(sheet_id: int, mark: str) -> Json:
    """The request that marks a tab with its id in the schema."""
    return _create(TAB, f"{mark}@{sheet_id}", {"sheetId": sheet_id})


def mark_column(sheet_id: int, column: int, mark: str) -> Json:
    """The request that marks a column with the id of its field."""
    where = {"dimensionRange": dimension_range(sheet_id, "COLUMNS", column, column + 1)}
    return _create(COLUMN, f"{mark}@{sheet_id}", where)


def mark_look(sheet_id: int, look: str, known: int | None) -> Json:
    """The request that records the formatting of a tab; `known` is the id of the mark that recorded the last one."""
    if known is None:
        return _create(LOOK, look, {"sheetId": sheet_id})
    return _update(by_id(known), look)


def mark_run(number: int, token: str) -> Json:
    """The request that marks a run: a second batch of the same run number fails as a whole (guarantee G10)."""
    return _create(RUN, token, {"spreadsheet": True}, FIRST_RUN + number)


def mark_workbook(identity: str) -> Json:
    """The request that gives the spreadsheet its identity, which a copy of it is believed to bear too."""
    return _create(WORKBOOK, identity, {"spreadsheet": True})


def identity(metadata: list[Json]) -> str:
    """The identity among the marks of a spreadsheet; the first one if there are several, '' without any."""
    identities = [item for item in metadata if item["metadataKey"] == WORKBOOK]
    first = min(identities, key=lambda item: int(item["metadataId"]), default={})
    return str(first.get("metadataValue", ""))


def column_precondition(metadata_id: int, mark: str, sheet_id: int, column: int) -> Json:
    """The request that makes the batch fail unless a marked column is still where it was read.

    It sets the mark to the value that it has; Google is expected to reject it when nothing matches the lookup.
    """
    where = {"dimensionRange": dimension_range(sheet_id, "COLUMNS", column, column + 1)}
    lookup = {"metadataId": metadata_id, "metadataLocation": where, "locationMatchingStrategy": "EXACT_LOCATION"}
    return _update({"developerMetadataLookup": lookup}, f"{mark}@{sheet_id}")


def delete_mark(metadata_id: int) -> Json:
    """The request that removes a mark."""
    return {"deleteDeveloperMetadata": {"dataFilter": by_id(metadata_id)}}


def by_id(metadata_id: int) -> Json:
    """The data filter that finds a mark, and the column or tab that bears it, wherever people moved it."""
    return {"developerMetadataLookup": {"metadataId": metadata_id}}


def _update(found_by: Json, value: str) -> Json:
    change = {"dataFilters": [found_by], "developerMetadata": {"metadataValue": value}, "fields": "metadataValue"}
    return {"updateDeveloperMetadata": change}


def _create(key: str, value: str, location: Json, metadata_id: int | None = None) -> Json:
    made: Json = {"metadataKey": key, "metadataValue": value, "location": location, "visibility": "DOCUMENT"}
    if metadata_id is not None:
        made["metadataId"] = metadata_id
    return {"createDeveloperMetadata": {"developerMetadata": made}}


def marks_of_tab(metadata: list[Json], key: str, sheet_id: int) -> Mapping[str, int]:
    """The marks of that key that were made for that tab: value → id of the metadata."""
    end = f"@{sheet_id}"
    return {
        item["metadataValue"].removesuffix(end): item["metadataId"]
        for item in metadata
        if item["metadataKey"] == key and item.get("metadataValue", "").endswith(end)
    }
