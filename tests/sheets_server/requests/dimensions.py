"""Rows and columns: insert, delete, append, move, sizes and groups."""

from __future__ import annotations

import math
from typing import Any

from tests.sheets_server import native_tables, structure
from tests.sheets_server.addresses import Rect
from tests.sheets_server.errors import invalid
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.glyphs import text_width
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.render_cells import shown
from tests.sheets_server.requests.registry import Batch, fields, handles


def stretch(batch: Batch, given: Json) -> tuple[Sheet, str, int, int]:
    """Return tab, dimension, start and end of a DimensionRange; open ends reach the tab's."""
    sheet = batch.sheet(given.get("sheetId", 0))
    name = dimension_of(given)
    start, end = given.get("startIndex", 0), given.get("endIndex", sheet.dimension(name))
    if start < 0 or end < 0:
        raise invalid("DimensionRange indexes must be >= 0")
    if end <= start:
        raise invalid(f"range.endIndex[{end}] must be greater than range.startIndex[{start}]")
    return sheet, name, start, end


def dimension_of(given: Json) -> str:
    """Return ROWS or COLUMNS; a request has to say which."""
    name: str = given.get("dimension", "DIMENSION_UNSPECIFIED")
    if name not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension specified.")
    return name


def cross(sheet: Sheet, name: str, start: int, end: int) -> Rect:
    """Return the rectangle of whole rows or whole columns."""
    return Rect(start, end, 0, sheet.columns) if name == "ROWS" else Rect(0, sheet.rows, start, end)


@handles("insertDimension")
def insert_dimension(batch: Batch, body: Json) -> None:
    given = body.get("range", {})
    for side in ("startIndex", "endIndex"):
        if side not in given:
            raise invalid(f"range.{side} must be set")
    sheet, name, start, end = stretch(batch, given)
    size, before = sheet.dimension(name), body.get("inheritFromBefore", False)
    word = "row" if name == "ROWS" else "column"
    if start > size or (start == size and not before):
        raise invalid(f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is false.")
    if before and start == 0:
        raise invalid(f"inheritFromBefore cannot be true when inserting the first {word}.")
    batch.writer.require_sheet(batch.book, sheet)
    insert(batch, sheet, name, start, end - start)
    if before:
        native_tables.grow(sheet, name, start, end - start)
    source = start - 1 if before else end
    _inherit(sheet, name, source, range(start, end))


def insert(batch: Batch, sheet: Sheet, name: str, at: int, count: int) -> None:
    """Insert blank rows or columns, everything that refers to the tab following."""
    structure.insert_cells(sheet, name, at, count)
    batch.book.require_room()
    structure.apply(batch.book, sheet, structure.inserted(name, at, count))
    if at < _frozen(sheet, name):
        sheet.grid[_frozen_key(name)] = _frozen(sheet, name) + count


def _frozen_key(name: str) -> str:
    return "frozenRowCount" if name == "ROWS" else "frozenColumnCount"


def _frozen(sheet: Sheet, name: str) -> int:
    return int(sheet.grid.get(_frozen_key(name), 0))


def _inherit(sheet: Sheet, name: str, source: int, places: range) -> None:
    """Give new rows or columns the size and the formats of their neighbour, and its drop-downs."""
    sizes = sheet.sizes(name)
    if source in sizes:
        for place in places:
            sizes[place] = dict(sizes[source])
    for other in range(sheet.columns if name == "ROWS" else len(sheet.cells)):
        r, c = (source, other) if name == "ROWS" else (other, source)
        model = sheet.cell(r, c)
        if model.format or model.validation:
            bare = type(model)(format=model.format, validation=model.validation)
            for place in places:
                sheet.put(place if name == "ROWS" else other, other if name == "ROWS" else place, bare)


@handles("deleteDimension")
def delete_dimension(batch: Batch, body: Json) -> None:
    sheet, name, start, end = stretch(batch, body.get("range", {}))
    size, word = sheet.dimension(name), "row" if name == "ROWS" else "column"
    if start >= size:
        raise invalid(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {start} but there are only "
            f"{size} {word}s."
        )
    end = min(end, size)
    frozen = _frozen(sheet, name)
    gone_frozen = max(0, min(end, frozen) - start)
    if end - start == size:
        raise invalid(f"You can't delete all the {word}s on the sheet.")
    if size - frozen == (end - start) - gone_frozen:
        raise invalid(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    batch.writer.require(batch.book, sheet, cross(sheet, name, start, end))
    structure.delete_cells(sheet, name, start, end)
    structure.apply(batch.book, sheet, structure.deleted(name, start, end))
    if gone_frozen:
        sheet.grid[_frozen_key(name)] = frozen - gone_frozen


@handles("appendDimension")
def append_dimension(batch: Batch, body: Json) -> None:
    sheet, name, count = batch.sheet(body.get("sheetId", 0)), dimension_of(body), body.get("length", 0)
    if count <= 0:
        raise invalid("length must be greater than zero.")
    batch.writer.require_sheet(batch.book, sheet)
    insert(batch, sheet, name, sheet.dimension(name), count)


@handles("moveDimension")
def move_dimension(batch: Batch, body: Json) -> None:
    sheet, name, start, end = stretch(batch, body.get("source", {}))
    to, size = body.get("destinationIndex", 0), sheet.dimension(name)
    if end > size or to > size:
        raise invalid("Cannot move rows or columns outside the grid.")
    if start < to < end:
        raise invalid("destinationIndex must not be inside the source range.")
    move(batch, sheet, name, start, end, to)


def move(batch: Batch, sheet: Sheet, name: str, start: int, end: int, to: int) -> None:
    """Move rows or columns to before another, everything that refers to the tab following."""
    _require_no_merge(sheet, name, start, end, to)
    batch.writer.require(batch.book, sheet, cross(sheet, name, start, end))
    change = structure.moved(name, start, end, to)
    structure.move_cells(sheet, change)
    structure.apply(batch.book, sheet, change)


def _require_no_merge(sheet: Sheet, name: str, start: int, end: int, to: int) -> None:
    """Refuse to move a part of merged cells, or something into them."""
    side = "Row" if name == "ROWS" else "Column"
    for item in sheet.merges:
        first, last = item[f"start{side}Index"], item[f"end{side}Index"]
        cut = first < end and start < last and not (start <= first and last <= end)
        if cut or first < to < last:
            raise invalid(f"You can't move {side.lower()}s that are part of merged cells.")


@handles("updateDimensionProperties")
def update_dimension_properties(batch: Batch, body: Json) -> None:
    sheet, name, start, end = stretch(batch, body.get("range", {}))
    mask, new = fields(body, "DimensionProperties"), body.get("properties", {})
    batch.writer.require_sheet(batch.book, sheet)
    sizes = sheet.sizes(name)
    for index in range(start, min(end, sheet.dimension(name))):
        merged = merge(mask, sizes.get(index), new)
        sizes[index] = {key: value for key, value in merged.items() if value is not False}


@handles("autoResizeDimensions")
def auto_resize(batch: Batch, body: Json) -> None:
    sheet, name, start, end = stretch(batch, body.get("dimensions", {}))
    batch.writer.require_sheet(batch.book, sheet)
    end = min(end, sheet.dimension(name))
    if name == "ROWS":
        for index in range(start, end):
            sheet.row_sizes.pop(index, None)
        return
    batch.book.values = None
    values = calculation(batch.book)
    widest: dict[int, float] = {}
    for r, c, cell in sheet.filled(cross(sheet, name, start, end)):
        text = shown(cell, values.value(sheet, r, c), values.settings.locale)
        widest[c] = max(widest.get(c, 0), text_width(text))
    for c, width in widest.items():
        if width:
            sheet.column_sizes[c] = sheet.column_sizes.get(c, {}) | {"pixelSize": math.ceil(width)}
    batch.book.values = None


@handles("addDimensionGroup")
def add_group(batch: Batch, body: Json) -> Json:
    sheet, name, start, end = stretch(batch, body.get("range", {}))
    groups = _groups(sheet, name)
    depth = 1 + sum(g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups)
    range_ = {"sheetId": sheet.id, "dimension": name, "startIndex": start, "endIndex": end}
    groups.append({"range": range_, "depth": depth})
    sheet.grid["rowGroupControlAfter" if name == "ROWS" else "columnGroupControlAfter"] = True
    return {"dimensionGroups": list(groups)}


def _groups(sheet: Sheet, name: str) -> list[Json]:
    return sheet.row_groups if name == "ROWS" else sheet.column_groups


@handles("deleteDimensionGroup")
def delete_group(batch: Batch, body: Json) -> Json:
    sheet, name, start, end = stretch(batch, body.get("range", {}))
    groups = _groups(sheet, name)
    held = [g for g in groups if (g["range"]["startIndex"], g["range"]["endIndex"]) == (start, end)]
    if not held:
        raise invalid("No dimension group over that range.")
    groups.remove(held[-1])
    reply: dict[str, Any] = {"dimensionGroups": list(groups)} if groups else {}
    return reply


@handles("updateDimensionGroup")
def update_group(batch: Batch, body: Json) -> None:
    group, mask = body.get("dimensionGroup", {}), fields(body, "DimensionGroup")
    sheet, name, start, end = stretch(batch, group.get("range", {}))
    for known in _groups(sheet, name):
        same = (known["range"]["startIndex"], known["range"]["endIndex"]) == (start, end)
        if same and known["depth"] == group.get("depth", 1):
            known.update(
                merge({key: mask[key] for key in mask if key == "collapsed"} or {"collapsed": {}}, known, group)
            )
            _show(sheet.sizes(name), range(start, end), shown=not known.get("collapsed", False))
            return
    raise invalid("No dimension group over that range at that depth.")


def _show(sizes: dict[int, Json], lines: range, *, shown: bool) -> None:
    """Hide or show the rows or columns of a group that is folded or unfolded, as Google documents DimensionGroup."""
    for index in lines:
        others = {key: value for key, value in sizes.get(index, {}).items() if key != "hiddenByUser"}
        sizes[index] = others if shown else {**others, "hiddenByUser": True}
