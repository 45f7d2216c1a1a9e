"""What lies over cells: data validation, conditional formats, banding, merges, borders."""

from __future__ import annotations

import copy
from dataclasses import replace

from tests.sheets_server import native_tables
from tests.sheets_server.addresses import Rect, grid_range, span_from_grid
from tests.sheets_server.errors import invalid
from tests.sheets_server.jsons import stored, with_styles
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.requests.registry import Batch, fields, handles
from tests.sheets_server.validation import check_condition, checked_rule


@handles("setDataValidation")
def set_data_validation(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.writable(body.get("range", {}))
    native_tables.require_untyped(sheet, area)
    rule = checked_rule(batch.book, body.get("rule"))
    for r in range(area.top, area.bottom):
        for c in range(area.left, area.right):
            sheet.put(r, c, replace(sheet.cell(r, c), validation=rule))


def _checked_format(batch: Batch, given: Json) -> tuple[Sheet, Json]:
    rule = stored(given)
    if not rule.get("ranges"):
        raise invalid("A conditional format rule must have at least one range.")
    sheets = {batch.writable(grid).sheet.id for grid in rule["ranges"]}
    if len(sheets) > 1:
        raise invalid("All ranges of a conditional format rule must be on the same sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("A conditional format rule must be either boolean or a gradient.")
    if "booleanRule" in rule:
        check_condition(rule["booleanRule"].get("condition", {}))
    return batch.sheet(sheets.pop()), rule


@handles("addConditionalFormatRule")
def add_conditional_format(batch: Batch, body: Json) -> None:
    sheet, rule = _checked_format(batch, body.get("rule", {}))
    index = body.get("index", 0)
    if index > len(sheet.conditional):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    sheet.conditional.insert(index, rule)


def _rule_at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.conditional):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.conditional[index]


@handles("updateConditionalFormatRule")
def update_conditional_format(batch: Batch, body: Json) -> Json:
    index = body.get("index", 0)
    if "rule" in body:
        sheet, rule = _checked_format(batch, body["rule"])
        old = _rule_at(sheet, index)
        sheet.conditional[index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old}
    sheet = batch.sheet(body.get("sheetId", 0))
    old, new_index = _rule_at(sheet, index), body.get("newIndex", 0)
    sheet.conditional.insert(new_index, sheet.conditional.pop(index))
    return {"newRule": old, "newIndex": new_index, "oldRule": old, "oldIndex": index}


@handles("deleteConditionalFormatRule")
def delete_conditional_format(batch: Batch, body: Json) -> Json:
    sheet, index = batch.sheet(body.get("sheetId", 0)), body.get("index", 0)
    rule = _rule_at(sheet, index)
    for grid in rule["ranges"]:
        batch.writable(grid)
    return {"rule": sheet.conditional.pop(index)}


@handles("addBanding")
def add_banding(batch: Batch, body: Json) -> Json:
    given = stored(body.get("bandedRange", {}))
    sheet, area, _ = batch.writable(given.get("range", {}))
    item_id = given.get("bandedRangeId") or batch.book.free_id()
    for other in sheet.banding:
        if span_from_grid(other["range"]).within(sheet.rows, sheet.columns).meet(area):
            raise invalid("You cannot add alternating background colors to a range that already has alternating "
                          "background colors.")  # fmt: skip
    item = {"bandedRangeId": item_id} | given | {"bandedRangeId": item_id, "range": grid_range(sheet.id, area)}
    sheet.banding.append(item)
    return {"bandedRange": item}


def _find_banding(batch: Batch, item_id: int) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        for item in sheet.banding:
            if item["bandedRangeId"] == item_id:
                batch.writable(item["range"])
                return sheet, item
    raise invalid(f"No banding with id: {item_id}")


@handles("updateBanding")
def update_banding(batch: Batch, body: Json) -> None:
    given, mask = stored(body.get("bandedRange", {})), fields(body, "BandedRange")
    sheet, item = _find_banding(batch, given.get("bandedRangeId", 0))
    new = merge(mask, item, given) | {"bandedRangeId": item["bandedRangeId"]}
    if "range" not in new:
        raise invalid("Must specify a range for the banding.")
    batch.writable(new["range"])
    sheet.banding[sheet.banding.index(item)] = new


@handles("deleteBanding")
def delete_banding(batch: Batch, body: Json) -> None:
    sheet, item = _find_banding(batch, body.get("bandedRangeId", 0))
    sheet.banding.remove(item)


def merged(item: Json) -> Rect:
    return Rect(item["startRowIndex"], item["endRowIndex"], item["startColumnIndex"], item["endColumnIndex"])


@handles("mergeCells")
def merge_cells(batch: Batch, body: Json) -> None:
    """Merge cells; only the first value of each merge stays."""
    sheet, area, _ = batch.writable(body.get("range", {}))
    _require_whole_merges(sheet, area)
    sheet.merges = [item for item in sheet.merges if not merged(item).meet(area)]
    for rect in _pieces(area, body.get("mergeType", "MERGE_ALL")):
        if rect.height * rect.width > 1:
            sheet.merges.append(grid_range(sheet.id, rect))
            _keep_first(sheet, rect)


def _pieces(area: Rect, kind: str) -> list[Rect]:
    if kind == "MERGE_ROWS":
        return [Rect(r, r + 1, area.left, area.right) for r in range(area.top, area.bottom)]
    if kind == "MERGE_COLUMNS":
        return [Rect(area.top, area.bottom, c, c + 1) for c in range(area.left, area.right)]
    return [area]


def _require_whole_merges(sheet: Sheet, area: Rect) -> None:
    if any(merged(item).meet(area) and not area.holds(merged(item)) for item in sheet.merges):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")


def _keep_first(sheet: Sheet, rect: Rect) -> None:
    filled = [(r, c, cell) for r, c, cell in sheet.filled(rect) if cell.value is not None]
    for r, c, cell in filled:
        sheet.put(r, c, cell.with_value(None))
    if filled:
        first = filled[0][2]
        own = sheet.cell(rect.top, rect.left)
        sheet.put(rect.top, rect.left, replace(own, value=first.value, text_runs=first.text_runs, chips=first.chips))


@handles("unmergeCells")
def unmerge_cells(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.writable(body.get("range", {}))
    _require_whole_merges(sheet, area)
    sheet.merges = [item for item in sheet.merges if not merged(item).meet(area)]


SIDES = ("top", "bottom", "left", "right")


@handles("updateBorders")
def update_borders(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.writable(body.get("range", {}))
    for r in range(area.top, area.bottom):
        for c in range(area.left, area.right):
            sides = {
                "top": "top" if r == area.top else "innerHorizontal",
                "bottom": "bottom" if r == area.bottom - 1 else "innerHorizontal",
                "left": "left" if c == area.left else "innerVertical",
                "right": "right" if c == area.right - 1 else "innerVertical",
            }
            changes = {side: body[name] for side, name in sides.items() if name in body}
            if changes:
                _set_borders(sheet, r, c, changes)


def _set_borders(sheet: Sheet, row: int, column: int, changes: Json) -> None:
    cell = sheet.cell(row, column)
    form = copy.deepcopy(cell.format or {})
    borders = form.get("borders", {}) | with_styles(changes)
    form["borders"] = {side: border for side, border in borders.items() if border.get("style") not in (None, "NONE")}
    if not form["borders"]:
        del form["borders"]
    sheet.put(row, column, replace(cell, format=form or None))
