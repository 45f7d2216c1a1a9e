"""Sorts and filters: sortRange, the basic filter, filter views."""

from __future__ import annotations

import copy
from functools import cmp_to_key

from tests.sheets_server.addresses import Rect, grid_range
from tests.sheets_server.errors import invalid
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.formulas.tokens import rewritten, shifted
from tests.sheets_server.formulas.values import rank
from tests.sheets_server.jsons import stored
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Cell, Formula, Json, Sheet, Value
from tests.sheets_server.requests.looks import merged
from tests.sheets_server.requests.registry import Batch, fields, handles


@handles("sortRange")
def sort_range(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.writable(body.get("range", {}))
    sort(batch, sheet, area, body.get("sortSpecs", []))


def sort(batch: Batch, sheet: Sheet, area: Rect, specs: list[Json]) -> None:
    """Sort the rows of an area by what its cells show; blanks go last, hidden rows stay where they are."""
    if any(merged(item).height > 1 and merged(item).meet(area) for item in sheet.merges):
        raise invalid("You can't sort a range with vertical merges.")
    for spec in specs:
        if not area.left <= spec.get("dimensionIndex", 0) < area.right:
            raise invalid(f"sortSpecs dimensionIndex {spec.get('dimensionIndex', 0)} is outside the range to sort.")
    batch.book.values = None
    values = calculation(batch.book).rows(sheet, area)
    batch.book.values = None

    def compared(one: int, two: int) -> int:
        for spec in specs:
            column = spec.get("dimensionIndex", 0) - area.left
            found = _order(values[one][column], values[two][column], spec.get("sortOrder") == "DESCENDING")
            if found:
                return found
        return 0

    shown = [r for r in range(area.height) if not sheet.row_sizes.get(area.top + r, {}).get("hiddenByUser")]
    order = sorted(shown, key=cmp_to_key(compared))
    lines = [[sheet.cell(r, c) for c in range(area.left, area.right)] for r in range(area.top, area.bottom)]
    for r, source in zip(shown, order, strict=True):
        for c, cell in enumerate(lines[source]):
            sheet.put(area.top + r, area.left + c, _followed(cell, r - source))


def _order(one: Value, two: Value, descending: bool) -> int:
    if (one is None) != (two is None):
        return 1 if one is None else -1
    left, right = rank(one), rank(two)
    found = (left > right) - (left < right)
    return -found if descending else found


def _followed(cell: Cell, down: int) -> Cell:
    """Return a cell that a sort moved: its formula's relative references to its own tab move with it."""
    if not down or not isinstance(cell.value, Formula):
        return cell
    moved = rewritten(cell.value, lambda ref: ref if ref.sheet is not None else shifted(ref, down, 0))
    return cell.with_value(Formula(moved))


@handles("setBasicFilter")
def set_basic_filter(batch: Batch, body: Json) -> None:
    """Set the basic filter of a tab; its range is written in full, and its sort applied."""
    given = stored(body.get("filter", {}))
    sheet, area, _ = batch.area(given.get("range", {}))
    batch.writer.require_sheet(batch.book, sheet)
    sheet.basic_filter = given | {"range": grid_range(sheet.id, area)}
    rows = Rect(area.top + 1, area.bottom, area.left, area.right)
    if given.get("sortSpecs") and rows:
        batch.writer.require(batch.book, sheet, rows)
        sort(batch, sheet, rows, given["sortSpecs"])


@handles("clearBasicFilter")
def clear_basic_filter(batch: Batch, body: Json) -> None:
    sheet = batch.sheet(body.get("sheetId", 0))
    batch.writer.require_sheet(batch.book, sheet)
    sheet.basic_filter = None


def find_view(batch: Batch, view_id: int) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        for view in sheet.filter_views:
            if view["filterViewId"] == view_id:
                return sheet, view
    raise invalid(f"No filter view with id: {view_id}")


@handles("addFilterView")
def add_filter_view(batch: Batch, body: Json) -> Json:
    given = stored(body.get("filter", {}))
    sheet, area, _ = batch.area(given.get("range", {}))
    view_id = given.get("filterViewId") or batch.book.free_id()
    if any(view["filterViewId"] == view_id for other in batch.book.sheets for view in other.filter_views):
        raise invalid(f"A filter view with id {view_id} already exists.")
    title = given.get("title") or f"Filter {len(sheet.filter_views) + 1}"
    view = given | {"filterViewId": view_id, "title": title, "range": grid_range(sheet.id, area)}
    sheet.filter_views.append(view)
    return {"filter": view}


@handles("updateFilterView")
def update_filter_view(batch: Batch, body: Json) -> None:
    given, mask = stored(body.get("filter", {})), fields(body, "FilterView")
    sheet, view = find_view(batch, given.get("filterViewId", 0))
    sheet.filter_views[sheet.filter_views.index(view)] = merge(mask, view, given) | {
        "filterViewId": view["filterViewId"]
    }


@handles("deleteFilterView")
def delete_filter_view(batch: Batch, body: Json) -> None:
    sheet, view = find_view(batch, body.get("filterId", 0))
    sheet.filter_views.remove(view)


@handles("duplicateFilterView")
def duplicate_filter_view(batch: Batch, body: Json) -> Json:
    sheet, view = find_view(batch, body.get("filterId", 0))
    twin = copy.deepcopy(view) | {"filterViewId": batch.book.free_id(), "title": f"Copy of {view['title']}"}
    sheet.filter_views.append(twin)
    return {"filter": twin}
