"""The values.* methods: each takes a workbook and gives an answer, the writing ones a new workbook too."""

from __future__ import annotations

from typing import Any

from tests.sheets_server import native_tables, tables
from tests.sheets_server.addresses import Span, range_name
from tests.sheets_server.errors import ApiError, invalid
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import Book, Json, Sheet
from tests.sheets_server.protection import Writer
from tests.sheets_server.ranges import Area, find, of_filter
from tests.sheets_server.render_values import value_rows
from tests.sheets_server.requests.dimensions import insert
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.writing import Written, by_rows, require_fit, write

Result = tuple[Book, Json]
Done = tuple[Sheet, Written]


def value_range(book: Book, area: Area, options: Json) -> Json:
    """Return the ValueRange of an area; one with nothing in it has no `values`."""
    name = range_name(area.sheet.title, area.rect)
    out: Json = {"range": name, "majorDimension": options.get("majorDimension", "ROWS")}
    rows = value_rows(calculation(book), area.sheet, area.rect, options)
    return out | {"values": rows} if rows else out


def get(book: Book, text: str, options: Json) -> Json:
    return value_range(book, find(book, text), options)


def batch_get(book: Book, texts: list[str], options: Json) -> Json:
    found = [_placed(place, find, book, text) for place, text in enumerate(texts)]
    ranges = [value_range(book, area, options) for area in found]
    return {"spreadsheetId": book.id, **({"valueRanges": ranges} if ranges else {})}


def _placed(place: int, function: Any, *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except ApiError as error:
        raise error if error.message.startswith("Unable") else error.prefixed(f"Invalid range[{place}]") from None


def batch_get_by_filter(book: Book, body: Json) -> Json:
    """Values of what filters match, as seen live: in another order than theirs, identical ones as one entry."""
    asked = body.get("dataFilters", [])
    different = [one for place, one in enumerate(asked) if one not in asked[:place]]
    matched = [
        {"valueRange": value_range(book, area, body), "dataFilters": [echoed(data_filter)] * asked.count(data_filter)}
        for data_filter in reversed(different)
        for area in of_filter(book, data_filter)
    ]
    return {"spreadsheetId": book.id, **({"valueRanges": matched} if matched else {})}


def echoed(node: Any) -> Any:
    """Return a data filter as answers repeat it: its members in another order."""
    return {key: echoed(value) for key, value in reversed(node.items())} if isinstance(node, dict) else node


def update(book: Book, email: str, text: str, body: Json, options: Json) -> Result:
    if "range" in body and not _same_range(book, text, body["range"]):
        raise invalid(f"Requested range[{text}] does not match value's range[{body['range']}]")
    new = book.copy()
    return new, _update(new, email, find(new, text), body, options)[0]


def _same_range(book: Book, one: str, two: str) -> bool:
    first, second = find(book, one), find(book, two)
    return first.sheet is second.sheet and first.rect == second.rect


def _option(options: Json) -> str:
    option: str = options.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")
    return option


def _update(book: Book, email: str, area: Area, body: Json, options: Json) -> tuple[Json, Done]:
    option, rows = _option(options), by_rows(body)
    require_fit(area, rows)
    writer = Writer(email, book.owner)
    done = write(book, writer, area.sheet, area.rect.top, area.rect.left, rows, option)
    return _report(book, area.sheet, done, options), (area.sheet, done)


def _report(book: Book, sheet: Sheet, done: Written, options: Json) -> Json:
    out: Json = {"spreadsheetId": book.id, "updatedRange": range_name(sheet.title, done.area)}
    if done.cells:
        rows, columns = len(done.rows), len(done.columns)
        out |= {"updatedRows": rows, "updatedColumns": columns, "updatedCells": done.cells}
    if options.get("includeValuesInResponse"):
        shown = {
            "valueRenderOption": options.get("responseValueRenderOption", "FORMATTED_VALUE"),
            "dateTimeRenderOption": options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
        }
        book.values = None
        out["updatedData"] = value_range(book, Area(sheet, done.area, Span()), shown)
    return out


def batch_update(book: Book, email: str, body: Json) -> Result:
    """Write several ranges, all or none."""
    new = book.copy()
    updates = []
    for place, item in enumerate(body.get("data", [])):
        try:
            updates.append(_update(new, email, find(new, item.get("range", "")), item, body))
        except ApiError as error:
            raise error.prefixed(f"Invalid data[{place}]") from None
    return new, _totals(new, updates)


def batch_update_by_filter(book: Book, email: str, body: Json) -> Result:
    """Write to what data filters match; values that exceed a matched range fail."""
    new = book.copy()
    updates = []
    for item in body.get("data", []):
        for area in of_filter(new, item.get("dataFilter", {})):
            whole = Area(area.sheet, area.rect, Span(area.rect.top, area.rect.bottom, area.rect.left, area.rect.right))
            report, done = _update(new, email, whole, item, body)
            del report["spreadsheetId"]
            updates.append((report | {"dataFilter": echoed(item["dataFilter"])}, done))
    return new, _totals(new, updates)


def _totals(book: Book, updates: list[tuple[Json, Done]]) -> Json:
    """Return the answer to several writes: a row or a column that several of them change counts once."""
    written = [done for _, done in updates if done[1].cells]
    totals = {
        "totalUpdatedRows": len({(sheet.id, row) for sheet, done in written for row in done.rows}),
        "totalUpdatedColumns": len({(sheet.id, column) for sheet, done in written for column in done.columns}),
        "totalUpdatedCells": sum(done.cells for _, done in written),
        "totalUpdatedSheets": len({sheet.id for sheet, _ in written}),
    }
    out = {key: value for key, value in totals.items() if value}
    responses = [report for report, _ in updates]
    return {"spreadsheetId": book.id, **out, **({"responses": responses} if responses else {})}


def append(book: Book, email: str, text: str, body: Json, options: Json) -> Result:
    """Append rows under the last table of a range, or where the range starts when it meets none."""
    new = book.copy()
    area, option, rows = find(new, text), _option(options), by_rows(body)
    sheet, writer = area.sheet, Writer(email, book.owner)
    table = tables.last_table(calculation(new), sheet, area.rect)
    new.values = None
    top, left = (table.bottom, table.left) if table else (area.rect.top, area.rect.left)
    width = max((len(row) for row in rows), default=0)
    if table and options.get("insertDataOption") == "INSERT_ROWS" and top < sheet.rows and rows:
        insert(Batch(new, writer), sheet, "ROWS", top, len(rows))
        native_tables.grow(sheet, "ROWS", top, len(rows))
    sheet.rows, sheet.columns = max(sheet.rows, top + len(rows)), max(sheet.columns, left + width)
    new.require_room()
    done = write(new, writer, sheet, top, left, rows, option)
    out: Json = {"spreadsheetId": book.id}
    if table:
        out["tableRange"] = range_name(sheet.title, table)
    return new, out | {"updates": _report(new, sheet, done, options)}


def clear(book: Book, email: str, text: str) -> Result:
    new = book.copy()
    return new, {"spreadsheetId": book.id, "clearedRange": _clear(new, email, find(new, text))}


def _clear(book: Book, email: str, area: Area) -> str:
    Writer(email, book.owner).require(book, area.sheet, area.rect)
    for row, column, cell in list(area.sheet.filled(area.rect)):
        if cell.value is not None:
            area.sheet.put(row, column, cell.with_value(None))
    return range_name(area.sheet.title, area.rect)


def batch_clear(book: Book, email: str, areas_of: Any) -> Result:
    """Clear several areas, all or none; `areas_of` finds them in the new workbook."""
    new = book.copy()
    cleared = [_clear(new, email, area) for area in areas_of(new)]
    return new, {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}


def ranges_of(texts: list[str]) -> Any:
    return lambda book: [_placed(place, find, book, text) for place, text in enumerate(texts)]


def filters_of(filters: list[Json]) -> Any:
    return lambda book: [area for data_filter in filters for area in of_filter(book, data_filter)]
