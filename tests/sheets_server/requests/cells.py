"""Cells: updateCells, repeatCell, appendCells."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets_server import native_tables
from tests.sheets_server.addresses import Rect
from tests.sheets_server.errors import invalid, unimplemented
from tests.sheets_server.formulas.tokens import rewritten, shifted
from tests.sheets_server.jsons import with_styles
from tests.sheets_server.masks import EVERYTHING, Mask, below, merge, wants
from tests.sheets_server.model import EMPTY, MAX_CHARACTERS, Cell, Formula, Json, Sheet, SheetError, Value
from tests.sheets_server.requests.dimensions import insert
from tests.sheets_server.requests.registry import Batch, fields, handles
from tests.sheets_server.validation import checked_rule

UNKNOWN = ("pivotTable", "dataSourceTable", "dataSourceFormula")


def entered(given: Json | None) -> Value:
    """Return the value of an ExtendedValue that someone writes."""
    if not given:
        return None
    kind, value = next(iter(given.items()))
    if kind == "errorValue":
        return SheetError(value.get("type", "ERROR"), value.get("message", ""))
    if kind == "formulaValue":
        return Formula(value if value.startswith("=") else "=" + value)
    if isinstance(value, str) and len(value) > MAX_CHARACTERS:
        raise invalid(f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell.")
    return None if value == "" else value


def updater(batch: Batch, mask: Mask) -> Callable[[Cell, Json], Cell]:
    """Return the function that writes the masked fields of a CellData over a cell."""
    everything = mask == EVERYTHING or "*" in mask
    for name in UNKNOWN:
        if name in mask:
            raise unimplemented(f"CellData.{name}")

    value, form, note, validation, runs, chips = (
        everything or wants(mask, name)
        for name in ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns", "chipRuns")
    )
    formatted = _formatter(below(mask, "userEnteredFormat"))

    def update(cell: Cell, data: Json) -> Cell:
        new = Cell(
            entered(data.get("userEnteredValue")) if value else cell.value,
            cell.format,
            cell.note,
            cell.validation,
            None if value else cell.text_runs,
            None if value else cell.chips,
        )
        if form:
            new.format = formatted(cell.format, data.get("userEnteredFormat"))
        if note:
            new.note = data.get("note") or None
        if validation:
            new.validation = checked_rule(batch.book, data.get("dataValidation"))
        if runs:
            new.text_runs = with_styles(data.get("textFormatRuns")) or None
        if chips:
            new.chips = data.get("chipRuns") or None
        return new

    return update


def _formatter(mask: Mask) -> Callable[[Json | None, Json | None], Json | None]:
    """Return what makes of a cell's format the one that is written: one object for all cells that had the same one."""
    known: dict[tuple[int, int], tuple[Json | None, Json | None, Json | None]] = {}

    def formatted(old: Json | None, given: Json | None) -> Json | None:
        key = id(old), id(given)
        if key not in known:  # both stay there, so that no other object has their id
            known[key] = old, given, merge(mask, old, with_styles(given)) or None
        return known[key][2]

    return formatted


@handles("updateCells")
def update_cells(batch: Batch, body: Json) -> None:
    mask, rows = fields(body, "CellData"), body.get("rows", [])
    if "start" in body:
        sheet, area = _from_start(batch, body["start"], rows)
        batch.writer.require(batch.book, sheet, area)
    else:
        sheet, area, _ = batch.writable(body.get("range", {}))
        _require_fit(area, rows)
    _require_formattable(sheet, area, mask)
    update = updater(batch, mask)
    for r in range(area.top, area.bottom):
        given = rows[r - area.top].get("values", []) if r - area.top < len(rows) else []
        line = sheet.own_row(r)
        for c, data in enumerate(given, area.left):
            line.put(c, update(line.get(c, EMPTY), data))
        if "range" in body:
            for c in range(area.left + len(given), area.right):
                line.put(c, update(line.get(c, EMPTY), {}))


def _require_formattable(sheet: Sheet, area: Rect, mask: Mask) -> None:
    """Refuse a validation or a number format in a table's typed column."""
    if wants(mask, "dataValidation") or wants(mask, "userEnteredFormat", "numberFormat"):
        native_tables.require_untyped(sheet, area)


def _from_start(batch: Batch, start: Json, rows: list[Json]) -> tuple[Sheet, Rect]:
    sheet = batch.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    require_inside(sheet, top, left, top + len(rows), left + width)
    return sheet, Rect(top, top + len(rows), left, left + width)


def require_inside(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Refuse a write that starts or ends outside the grid, in Google's words."""
    if top >= sheet.rows:
        raise invalid(f"GridCoordinate.rowIndex[{top}] is after last row in grid[{sheet.rows - 1}]")
    if left >= sheet.columns:
        raise invalid(f"GridCoordinate.columnIndex[{left}] is after last column in grid[{sheet.columns - 1}]")
    if bottom > sheet.rows:
        raise invalid(f"Attempting to write row: {bottom - 1}, beyond the last requested row of: {sheet.rows - 1}")
    if right > sheet.columns:
        raise invalid(
            f"Attempting to write column: {right - 1}, beyond the last requested column of: {sheet.columns - 1}"
        )


def _require_fit(area: Rect, rows: list[Json]) -> None:
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if len(rows) > area.height:
        raise invalid(
            f"Attempting to write row: {area.top + area.height}, beyond the last requested row of: {area.bottom - 1}"
        )
    if width > area.width:
        last = area.right - 1
        raise invalid(f"Attempting to write column: {last + 1}, beyond the last requested column of: {last}")


@handles("repeatCell")
def repeat_cell(batch: Batch, body: Json) -> None:
    mask = fields(body, "CellData")
    update = updater(batch, mask)
    sheet, area, _ = batch.writable(body.get("range", {}))
    _require_formattable(sheet, area, mask)
    data = body.get("cell", {})
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    for r in range(area.top, area.bottom):
        for c in range(area.left, area.right):
            mine = _repeated(formula, r - area.top, c - area.left) if formula else {}
            sheet.put(r, c, update(sheet.cell(r, c), data | mine))


def _repeated(formula: str, down: int, right: int) -> Json:
    """Return a repeated formula as one of its cells has it: it points from each as it does from the first."""
    moved = rewritten(formula, lambda reference: shifted(reference, down, right))
    return {"userEnteredValue": {"formulaValue": moved}}


@handles("appendCells")
def append_cells(batch: Batch, body: Json) -> None:
    """Write rows under the last one of the tab that holds data, growing the grid as needed."""
    mask, rows = fields(body, "CellData"), body.get("rows", [])
    if "tableId" in body:
        _append_blank_rows(batch, body["tableId"], len(rows))
        return
    sheet = batch.sheet(body.get("sheetId", 0))
    top = last_row_with_data(sheet)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.rows = max(sheet.rows, top + len(rows))
    sheet.columns = max(sheet.columns, width)
    batch.book.require_room()
    batch.writer.require(batch.book, sheet, Rect(top, top + len(rows), 0, width))
    update = updater(batch, mask)
    for r, row in enumerate(rows, top):
        for c, data in enumerate(row.get("values", [])):
            sheet.put(r, c, update(sheet.cell(r, c), data))


def _append_blank_rows(batch: Batch, table_id: str, count: int) -> None:
    """Add rows at the end of a table, blank: what they were to hold is dropped, as seen on live sheets."""
    for sheet in batch.book.sheets:
        for table in sheet.tables:
            if table["tableId"] == table_id:
                end = native_tables.rect_of(table).bottom
                batch.writer.require_sheet(batch.book, sheet)
                insert(batch, sheet, "ROWS", end, count)
                native_tables.grow(sheet, "ROWS", end, count)
                return
    raise invalid(f"No table with id: {table_id}")


def last_row_with_data(sheet: Sheet) -> int:
    """Return the number of rows down to the last one that holds a value."""
    for r in range(len(sheet.cells) - 1, -1, -1):
        if any(cell.value is not None for cell in sheet.cells[r].values()):
            return r + 1
    return 0
