"""Cells that move or are copied: insertRange, deleteRange, cutPaste, copyPaste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.sheets_server import native_tables, structure
from tests.sheets_server.addresses import Rect
from tests.sheets_server.errors import invalid, unimplemented
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.formulas.tokens import Reference, rewritten, shifted
from tests.sheets_server.model import EMPTY, Cell, Formula, Json, Sheet
from tests.sheets_server.requests.registry import Batch, handles

Paste = Callable[[Cell, Cell], Cell]


def _value(old: Cell, new: Cell) -> Cell:
    return replace(old, value=new.value, text_runs=new.text_runs, chips=new.chips)


PASTES: dict[str, Paste] = {
    "PASTE_NORMAL": lambda old, new: new,
    "PASTE_VALUES": _value,
    "PASTE_FORMULA": _value,
    "PASTE_FORMAT": lambda old, new: replace(old, format=new.format, validation=new.validation),
    "PASTE_NO_BORDERS": lambda old, new: replace(new, format=_bordered(old, new)),
    "PASTE_DATA_VALIDATION": lambda old, new: replace(old, validation=new.validation),
}


def _bordered(old: Cell, new: Cell) -> Json | None:
    out = {key: value for key, value in (new.format or {}).items() if key != "borders"}
    if old.format and "borders" in old.format:
        out["borders"] = old.format["borders"]
    return out or None


def _paste(body: Json) -> Paste:
    kind = body.get("pasteType", "PASTE_NORMAL")
    if kind not in PASTES:
        raise unimplemented(f"pasteType {kind}")
    return PASTES[kind]


def block(sheet: Sheet, area: Rect) -> list[list[Cell]]:
    return [[sheet.cell(r, c) for c in range(area.left, area.right)] for r in range(area.top, area.bottom)]


@handles("copyPaste")
def copy_paste(batch: Batch, body: Json) -> None:
    """Copy a range; a destination that is larger is filled with as many copies as it holds."""
    paste = _paste(body)
    source = batch.area(body.get("source", {}))
    if not source.rect:
        raise invalid("The source range is empty.")
    cells = block(source.sheet, source.rect)
    if body.get("pasteType") == "PASTE_VALUES":
        batch.book.values = None
        effective = calculation(batch.book).rows(source.sheet, source.rect)
        cells = [
            [replace(cell, value=value) for cell, value in zip(line, values, strict=True)]
            for line, values in zip(cells, effective, strict=True)
        ]
        batch.book.values = None
    if body.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(line) for line in zip(*cells, strict=True)]
    target = batch.area(body.get("destination", {}))
    height, width = len(cells), len(cells[0])
    down, across = max(1, target.rect.height // height), max(1, target.rect.width // width)
    top, left = target.rect.top, target.rect.left
    area = Rect(top, top + down * height, left, left + across * width)
    if not target.sheet.extent.holds(area):
        raise invalid("The destination range is outside the grid.")
    batch.writer.require(batch.book, target.sheet, area)
    for r in range(area.top, area.bottom):
        for c in range(area.left, area.right):
            i, j = (r - top) % height, (c - left) % width
            new = _relative(cells[i][j], r - source.rect.top - i, c - source.rect.left - j)
            target.sheet.put(r, c, paste(target.sheet.cell(r, c), new))


def _relative(cell: Cell, down: int, right: int) -> Cell:
    if not isinstance(cell.value, Formula):
        return cell
    moved = rewritten(cell.value, lambda reference: shifted(reference, down, right))
    return replace(cell, value=Formula(moved))


@handles("cutPaste")
def cut_paste(batch: Batch, body: Json) -> None:
    paste = _paste(body)
    source = batch.writable(body.get("source", {}))
    to = body.get("destination", {})
    sheet = batch.sheet(to.get("sheetId", 0))
    rect = source.rect.moved(to.get("rowIndex", 0) - source.rect.top, to.get("columnIndex", 0) - source.rect.left)
    if not sheet.extent.holds(rect):
        raise invalid("The destination range is outside the grid.")
    batch.writer.require(batch.book, sheet, rect)
    cells = block(source.sheet, source.rect)
    _put_block(source.sheet, source.rect, [[EMPTY] * source.rect.width] * source.rect.height)
    _put_block(sheet, rect, cells, paste)
    _follow(batch, source.sheet, source.rect, sheet, rect)


def _put_block(sheet: Sheet, area: Rect, cells: list[list[Cell]], paste: Paste = PASTES["PASTE_NORMAL"]) -> None:
    for r, line in enumerate(cells, area.top):
        for c, cell in enumerate(line, area.left):
            sheet.put(r, c, paste(sheet.cell(r, c), cell))


def _follow(batch: Batch, old_sheet: Sheet, old: Rect, new_sheet: Sheet, new: Rect) -> None:
    """Make formulas that point inside a range that was cut point to where it is now; its merges go with it."""
    down, right = new.top - old.top, new.left - old.left
    for holder in batch.book.sheets:

        def follow(reference: Reference, holder: Sheet = holder) -> Reference:
            target = holder if reference.sheet is None else batch.book.titled(reference.sheet)
            area = reference.span.within(old_sheet.rows, old_sheet.columns)
            if target is not old_sheet or not old.holds(area):
                return reference
            moved = structure.moved_corners(reference, down, right)
            return moved if new_sheet is old_sheet else replace(moved, sheet=new_sheet.title)

        structure.rewrite_formulas(holder, follow)


@handles("insertRange")
def insert_range(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.area(body.get("range", {}))
    _shift(batch, sheet, area, body.get("shiftDimension", "ROWS"), opening=True)


@handles("deleteRange")
def delete_range(batch: Batch, body: Json) -> None:
    sheet, area, _ = batch.area(body.get("range", {}))
    _shift(batch, sheet, area, body.get("shiftDimension", "ROWS"), opening=False)


def _shift(batch: Batch, sheet: Sheet, area: Rect, dimension: str, opening: bool) -> None:
    """Push the cells beside a range away from it, or draw them over it."""
    by_rows = dimension == "ROWS"
    size = area.height if by_rows else area.width
    band = (
        Rect(area.top, sheet.rows, area.left, area.right)
        if by_rows
        else Rect(area.top, area.bottom, area.left, sheet.columns)
    )
    batch.writer.require(batch.book, sheet, band)
    native_tables.require_whole(sheet, band)
    if opening:
        last = max((r if by_rows else c for r, c, _ in sheet.filled(band)), default=-1)
        if last + size >= sheet.dimension(dimension):
            name = "rows" if by_rows else "columns"
            raise invalid(f"Inserting the range would push cells with data off the sheet: add {name} first.")
    cells = {(r, c): cell for r, c, cell in sheet.filled(band)}
    for r, c in cells:
        sheet.put(r, c, EMPTY)
    step = size if opening else -size
    for (r, c), cell in cells.items():
        if opening or not (area.top <= r < area.bottom and area.left <= c < area.right):
            sheet.put(r + step * by_rows, c + step * (not by_rows), cell)
