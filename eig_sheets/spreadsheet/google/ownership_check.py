"""Ownership check of a batch: its requests may not write to cells that people own (guarantee G1).

It reads the requests that are about to be sent, whatever made them: it only knows which tabs are the robot's, and
follows the rows and columns that the batch inserts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from eig_sheets.spreadsheet.google import formatting

Json = dict[str, Any]
Interval = tuple[int, int]

_NO_CELL_EFFECT = {"createDeveloperMetadata", "updateDeveloperMetadata", "deleteDeveloperMetadata"}
_NO_CELL_EFFECT |= {"addProtectedRange", "updateProtectedRange", "addFilterView"}
"""Requests that change no cell, row or column, wherever they are."""
_UNBOUNDED = 1 << 30
_TAB_LOOKS = {"tabColorStyle", formatting.FROZEN_COLUMNS, formatting.HIDDEN, formatting.CONTROL_ABOVE}
"""The fields that may be set on a tab that is ours or new, one a request."""


class BatchOwnershipError(Exception):
    """A batch would write to what people own: a bug of this program, found before anything is sent."""


def check_ownership(
    requests: Sequence[Json], robot_tabs: frozenset[int], charts: frozenset[int], tables: frozenset[str] = frozenset()
) -> None:
    """Raise BatchOwnershipError unless every request stays in robot's tabs, new tabs, or what the batch inserts.

    `robot_tabs` are ids of the robot's tabs, `charts` and `tables` those of what lies on them.
    """
    owned = _OwnedRanges(set(robot_tabs), charts, tables)
    for number, request in enumerate(requests):
        (kind, body), *more = request.items()
        if more or not owned.allows(kind, body):
            raise BatchOwnershipError(f"requests[{number}].{kind} is not ours to make")


@dataclass(slots=True)
class _OwnedRanges:
    """The ranges that the robot owns so far: whole tabs, and inserted rows and columns by (tab, dimension)."""

    tabs: set[int]
    charts: frozenset[int]
    tables_on_them: frozenset[str]
    inserted: dict[tuple[int, str], list[Interval]] = field(default_factory=dict)

    def allows(self, kind: str, body: Json) -> bool:
        """Whether the request is allowed after those before it; records what it adds."""
        if kind in _NO_CELL_EFFECT:  # a filter view only shows to who opens it
            return True
        if kind == "addSheet":
            self.tabs.add(body["properties"]["sheetId"])
            return True
        if kind == "insertDimension":
            self._insert(body["range"])
            return True
        if kind == "deleteEmbeddedObject":
            return body["objectId"] in self.charts
        if kind == "deleteTable":
            return body["tableId"] in self.tables_on_them
        places = list(_target_ranges(kind, body))
        return bool(places) and all(map(self._is_owned, places))

    def _insert(self, where: Json) -> None:
        key, first, end = (where["sheetId"], where["dimension"]), where["startIndex"], where["endIndex"]
        moved = [
            (_shifted(start, first, end), _shifted(stop - 1, first, end) + 1)
            for start, stop in self.inserted.get(key, ())
        ]
        self.inserted[key] = _merged([*moved, (first, end)])

    def _is_owned(self, place: Json) -> bool:
        if place["sheetId"] in self.tabs:
            return True
        rows = (place.get("startRowIndex", 0), place.get("endRowIndex", _UNBOUNDED))
        columns = (place.get("startColumnIndex", 0), place.get("endColumnIndex", _UNBOUNDED))
        return self._is_inserted(place["sheetId"], "ROWS", rows) or self._is_inserted(
            place["sheetId"], "COLUMNS", columns
        )

    def _is_inserted(self, sheet_id: int, dimension: str, interval: Interval) -> bool:
        return any(
            first <= interval[0] and interval[1] <= end for first, end in self.inserted.get((sheet_id, dimension), ())
        )


def _shifted(place: int, first: int, end: int) -> int:
    """The index of a row or column after others are inserted from `first` to `end`."""
    return place + end - first if place >= first else place


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The same indexes, with intervals that touch or overlap merged."""
    merged: list[Interval] = []
    for first, end in sorted(intervals):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((first, end))
    return merged


def _target_ranges(kind: str, body: Json) -> Iterator[Json]:
    """The ranges that a request writes to; none for a kind that we never send."""
    if kind == "updateCells" and "start" in body:
        yield _updated_range(body)
    elif kind in ("repeatCell", "setDataValidation", "unmergeCells"):
        yield body["range"]
    elif kind == "copyPaste":
        yield body["destination"]
    elif kind in ("updateDimensionProperties", "addDimensionGroup", "deleteDimensionGroup", "updateDimensionGroup"):
        yield from _span_of(kind, body)
    elif kind == "updateSheetProperties" and body["fields"] in _TAB_LOOKS:
        yield {"sheetId": body["properties"]["sheetId"]}
    elif kind == "addConditionalFormatRule":
        yield from body["rule"]["ranges"]
    elif kind == "deleteConditionalFormatRule":
        yield {"sheetId": body["sheetId"]}
    elif kind == "addChart":
        yield {"sheetId": body["chart"]["position"]["overlayPosition"]["anchorCell"]["sheetId"]}


def _span_of(kind: str, body: Json) -> Iterator[Json]:
    """The whole columns of a DimensionRange, or rows that are folded; none of rows whose height would be set."""
    span = body["range"] if "range" in body else body["dimensionGroup"]["range"]
    if span["dimension"] == "ROWS" and kind != "updateDimensionProperties":
        yield {"sheetId": span["sheetId"], "startRowIndex": span["startIndex"], "endRowIndex": span["endIndex"]}
    elif span["dimension"] == "COLUMNS":
        yield {"sheetId": span["sheetId"], "startColumnIndex": span["startIndex"], "endColumnIndex": span["endIndex"]}


def _updated_range(body: Json) -> Json:
    at, rows = body["start"], body["rows"]
    width = max((len(row.get("values", ())) for row in rows), default=0)
    return {
        "sheetId": at["sheetId"],
        "startRowIndex": at["rowIndex"],
        "endRowIndex": at["rowIndex"] + len(rows),
        "startColumnIndex": at["columnIndex"],
        "endColumnIndex": at["columnIndex"] + width,
    }
