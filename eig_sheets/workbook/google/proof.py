"""The proof, on the very requests that are about to be sent, that they stay off what people own (guarantee G1).

Independent of how the batch was made: it only knows which tabs are the robot's, and follows what the batch inserts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Stretch = tuple[int, int]

_HARMLESS = {"createDeveloperMetadata", "updateDeveloperMetadata", "deleteDeveloperMetadata"}
_HARMLESS |= {"addProtectedRange", "updateProtectedRange"}
"""Requests that leave every cell, row and column as it is, wherever they are."""
_FAR = 1 << 30


class TrespassError(Exception):
    """A batch would touch what people own: a defect of ours, stopped before it costs anything."""


def prove(requests: Sequence[Json], ours: frozenset[int], charts: frozenset[int]) -> None:
    """Raise TrespassError unless every request stays in the tabs `ours`, in new tabs, or in what the batch inserts.

    `ours` are ids of the robot's tabs, `charts` those of the charts on them.
    """
    world = _World(set(ours), charts)
    for number, request in enumerate(requests):
        (kind, body), *more = request.items()
        if more or not world.allows(kind, body):
            raise TrespassError(f"requests[{number}].{kind} is not ours to make")


@dataclass(slots=True)
class _World:
    """What is ours so far: whole tabs, and stretches of fresh rows and columns by (tab, dimension)."""

    tabs: set[int]
    charts: frozenset[int]
    fresh: dict[tuple[int, str], list[Stretch]] = field(default_factory=dict)

    def allows(self, kind: str, body: Json) -> bool:
        """Whether the request is allowed, once those before it are done."""
        if kind in _HARMLESS:
            return True
        if kind == "addSheet":
            self.tabs.add(body["properties"]["sheetId"])
            return True
        if kind == "insertDimension":
            self._insert(body["range"])
            return True
        if kind == "deleteEmbeddedObject":
            return body["objectId"] in self.charts
        places = list(_places(kind, body))
        return bool(places) and all(map(self._is_ours, places))

    def _insert(self, where: Json) -> None:
        key, first, end = (where["sheetId"], where["dimension"]), where["startIndex"], where["endIndex"]
        moved = [
            (_after(start, first, end), _after(stop - 1, first, end) + 1) for start, stop in self.fresh.get(key, ())
        ]
        self.fresh[key] = _joined([*moved, (first, end)])

    def _is_ours(self, place: Json) -> bool:
        if place["sheetId"] in self.tabs:
            return True
        rows = (place.get("startRowIndex", 0), place.get("endRowIndex", _FAR))
        columns = (place.get("startColumnIndex", 0), place.get("endColumnIndex", _FAR))
        return self._is_fresh(place["sheetId"], "ROWS", rows) or self._is_fresh(place["sheetId"], "COLUMNS", columns)

    def _is_fresh(self, sheet_id: int, dimension: str, stretch: Stretch) -> bool:
        return any(
            first <= stretch[0] and stretch[1] <= end for first, end in self.fresh.get((sheet_id, dimension), ())
        )


def _after(place: int, first: int, end: int) -> int:
    """Where a row or column is once others are inserted from `first` to `end`."""
    return place + end - first if place >= first else place


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same places in as few stretches as there can be."""
    joined: list[Stretch] = []
    for first, end in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return joined


def _places(kind: str, body: Json) -> Iterator[Json]:
    """The rectangles that a request writes to; none for a kind that we never send."""
    if kind == "updateCells" and "start" in body:
        yield _written(body)
    elif kind in ("repeatCell", "setDataValidation"):
        yield body["range"]
    elif kind == "updateDimensionProperties" and body["range"]["dimension"] == "COLUMNS":
        span = body["range"]
        yield {"sheetId": span["sheetId"], "startColumnIndex": span["startIndex"], "endColumnIndex": span["endIndex"]}
    elif kind == "updateSheetProperties" and body["fields"] == "tabColorStyle":
        yield {"sheetId": body["properties"]["sheetId"]}
    elif kind == "addConditionalFormatRule":
        yield from body["rule"]["ranges"]
    elif kind == "deleteConditionalFormatRule":
        yield {"sheetId": body["sheetId"]}
    elif kind == "addFilterView":
        yield body["filter"]["range"]
    elif kind == "addChart":
        yield {"sheetId": body["chart"]["position"]["overlayPosition"]["anchorCell"]["sheetId"]}


def _written(body: Json) -> Json:
    at, rows = body["start"], body["rows"]
    width = max((len(row.get("values", ())) for row in rows), default=0)
    return {
        "sheetId": at["sheetId"],
        "startRowIndex": at["rowIndex"],
        "endRowIndex": at["rowIndex"] + len(rows),
        "startColumnIndex": at["columnIndex"],
        "endColumnIndex": at["columnIndex"] + width,
    }
