"""Unexpected behaviours of Google: a Sheets server that contradicts one assumption of this tool, not seen live."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from tests.sheets_server import metadata, native_tables, ranges, render_cells, schema, sheets_api, values_api
from tests.sheets_server.errors import ApiError, invalid
from tests.sheets_server.formulas import ranges as formula_ranges
from tests.sheets_server.model import Json
from tests.sheets_server.requests.registry import HANDLERS, Batch

Behaviour = Callable[[], "Iterator[None]"]
BEHAVIOURS: dict[str, Behaviour] = {}


def unexpected(name: str) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour, by what Google does then."""

    def register(made: Behaviour) -> Behaviour:
        BEHAVIOURS[name] = contextmanager(made)
        return made

    return register


def handled(kind: str, act: Callable) -> object:
    """Another way to do a kind of request: `act` takes how it is done, the batch and the request's body."""
    done = HANDLERS[kind]
    return patch.dict(HANDLERS, {kind: lambda batch, body: act(done, batch, body)})


@unexpected("a mark does not keep the id that was chosen")
def _other_id() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        given = {key: value for key, value in body["developerMetadata"].items() if key != "metadataId"}
        return done(batch, {"developerMetadata": given})

    with handled("createDeveloperMetadata", act):
        yield


@unexpected("two marks may have the same id")
def _same_id() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        wanted = body["developerMetadata"].get("metadataId")
        before = [one for one in batch.book.metadata if one["metadataId"] == wanted]
        batch.book.metadata = [one for one in batch.book.metadata if one not in before]
        made = done(batch, body)
        batch.book.metadata[:0] = before
        return made

    with handled("createDeveloperMetadata", act):
        yield


@unexpected("an update of a mark that is not found passes")
def _lenient() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        try:
            return done(batch, body)
        except ApiError:
            return None

    with handled("updateDeveloperMetadata", act):
        yield


@unexpected("a mark is found wherever it is")
def _anywhere() -> Iterator[None]:
    search = metadata.search

    def act(book, lookup):
        kept = {
            key: value for key, value in lookup.items() if key not in ("metadataLocation", "locationMatchingStrategy")
        }
        return search(book, kept)

    with patch.object(metadata, "search", act):
        yield


@unexpected("forgetting one mark forgets all of its kind")
def _forgetful() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        found = metadata.search(batch.book, body["dataFilter"]["developerMetadataLookup"])
        keys = {one["metadataKey"] for one in found}
        gone = [one for one in batch.book.metadata if one["metadataKey"] in keys]
        batch.book.metadata = [one for one in batch.book.metadata if one not in gone]
        return {"deletedDeveloperMetadata": gone}

    with handled("deleteDeveloperMetadata", act):
        yield


@unexpected("an answer does not tell the marks after a batch")
def _silent() -> Iterator[None]:
    run = sheets_api.run

    def act(book, email, body, mask):
        return run(book, email, {**body, "includeSpreadsheetInResponse": False}, mask)

    with patch.object(sheets_api, "run", act):
        yield


@unexpected("an answer has no replies")
def _no_replies() -> Iterator[None]:
    run = sheets_api.run

    def act(book, email, body, mask):
        after, answer = run(book, email, body, mask)
        return after, {key: value for key, value in answer.items() if key != "replies"}

    with patch.object(sheets_api, "run", act):
        yield


@unexpected("the values of a tab are left out of an answer")
def _left_out() -> Iterator[None]:
    read = values_api.batch_get_by_filter

    def act(book, body):
        answer = read(book, body)
        kept = [one for one in answer["valueRanges"] if "Évaluations" not in one["valueRange"]["range"]]
        return {**answer, "valueRanges": kept}

    with patch.object(values_api, "batch_get_by_filter", act):
        yield


@unexpected("the values of a tab are those of another")
def _mixed_up() -> Iterator[None]:
    read = values_api.batch_get_by_filter

    def act(book, body):
        found = read(book, body)["valueRanges"]
        others = [*found[1:], found[0]]
        return {
            "valueRanges": [{**one, "dataFilters": it["dataFilters"]} for one, it in zip(found, others, strict=True)]
        }

    with patch.object(values_api, "batch_get_by_filter", act):
        yield


@unexpected("answers hold keys that nobody knows")
def _unknown_keys() -> Iterator[None]:
    answer = sheets_api.answer

    def more(node):
        if isinstance(node, list):
            return [more(one) for one in node]
        if not isinstance(node, dict):
            return node
        return {**{key: more(value) for key, value in node.items()}, "commentUpdateState": "NO_UPDATES_REQUESTED"}

    with (
        patch.object(sheets_api, "answer", lambda *call: more(answer(*call))),
        patch.object(schema, "problems", lambda *_: []),  # the discovery document knows none of them
    ):
        yield


@unexpected("dates are never shown as texts")
def _serial_dates() -> Iterator[None]:
    with _rendering("FORMATTED_STRING", "SERIAL_NUMBER"):
        yield


@unexpected("formulas are never shown")
def _no_formulas() -> Iterator[None]:
    with _rendering("FORMULA", "UNFORMATTED_VALUE"):
        yield


@contextmanager
def _rendering(asked: str, given: str) -> Iterator[None]:
    """Values that are asked for in one rendering come in another."""
    read = values_api.batch_get_by_filter

    def act(book, body):
        return read(book, {name: given if option == asked else option for name, option in body.items()})

    with patch.object(values_api, "batch_get_by_filter", act):
        yield


@unexpected("a write by a data filter writes nothing")
def _nowhere() -> Iterator[None]:
    with patch.object(values_api, "of_filter", lambda book, found: []):
        yield


@unexpected("a write by a data filter falls in the first column")
def _first_column() -> Iterator[None]:
    of_filter = values_api.of_filter

    def act(book, data_filter):
        found = of_filter(book, data_filter)
        by_mark = "developerMetadataLookup" in data_filter
        return [ranges.area(one.sheet, ranges.Span(left=0, right=1)) if by_mark else one for one in found]

    with patch.object(values_api, "of_filter", act):
        yield


@unexpected("formulas come back with French names")
def _in_french() -> Iterator[None]:
    names = {
        "IFNA(": "SI.NON.DISP(",
        "IF(": "SI(",
        "ROW(": "LIGNE(",
        "XLOOKUP(": "RECHERCHEX(",
        "TRIM(": "SUPPRESPACE(",
    }
    extended = render_cells.extended

    def act(value):
        made = extended(value)
        for english, french in names.items() if "formulaValue" in made else ():
            made = {"formulaValue": made["formulaValue"].replace(english, french)}
        return made

    with patch.object(render_cells, "extended", act):
        yield


@unexpected("an error has no type")
def _no_errors() -> Iterator[None]:
    extended = render_cells.extended

    def act(value):
        made = extended(value)
        return {} if "errorValue" in made else made

    with patch.object(render_cells, "extended", act):
        yield


@unexpected("a lookup gives what is on the row above")
def _row_above() -> Iterator[None]:
    line = formula_ranges._line

    with patch.object(formula_ranges, "_line", lambda grid, place, by_rows: line(grid, max(0, place - 1), by_rows)):
        yield


@unexpected("rows are inserted one lower than asked")
def _lower() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        where = body["range"]
        if where["dimension"] == "ROWS" and where["endIndex"] < batch.sheet(where["sheetId"]).rows:
            where = {**where, "startIndex": where["startIndex"] + 1, "endIndex": where["endIndex"] + 1}
        return done(batch, {**body, "range": where})

    with handled("insertDimension", act):
        yield


@unexpected("rows are inserted at the end of the tab")
def _last() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        where = body["range"]
        if where["dimension"] == "ROWS":
            end, count = batch.sheet(where["sheetId"]).rows, where["endIndex"] - where["startIndex"]
            where = {**where, "startIndex": end, "endIndex": end + count}
        return done(batch, {**body, "range": where, "inheritFromBefore": True})

    with handled("insertDimension", act):
        yield


@unexpected("rows are inserted one higher than asked")
def _higher() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        where = body["range"]
        if where["dimension"] == "ROWS":
            where = {**where, "startIndex": where["startIndex"] - 1, "endIndex": where["endIndex"] - 1}
        return done(batch, {**body, "range": where})

    with handled("insertDimension", act):
        yield


@unexpected("a tab with a table takes no rows")
def _closed_table() -> Iterator[None]:
    def act(done, batch: Batch, body: Json):
        if batch.sheet(body["range"]["sheetId"]).tables:
            raise invalid(native_tables.PART_OF_TABLE)
        return done(batch, body)

    with handled("insertDimension", act):
        yield


@unexpected("a header refuses formulas")
def _plain_headers() -> Iterator[None]:
    def act(book, email, body):
        raise invalid("This operation is not allowed on cells in typed columns.")

    with patch.object(values_api, "batch_update_by_filter", act):
        yield


@unexpected("the header of a table keeps its formula")
def _formula_in_header() -> Iterator[None]:
    with patch.object(native_tables, "settle", lambda book: None):
        yield


ALTERED_TEXTS: dict[str, Callable[[str], object]] = {
    "narrow spaces are replaced": lambda text: text.replace("\u202f", " "),
    "texts are trimmed": lambda text: text.strip(),
    "texts are cut": lambda text: text[:60],
    "digits are made a number": lambda text: float(text) if text.isdecimal() else text,
    "typographic apostrophes are replaced": lambda text: text.replace("’", "'"),
}
"""What Google might make of a text → the text that it then keeps, or the number."""


@contextmanager
def altered_texts(alter: Callable[[str], object]) -> Iterator[None]:
    """Google keeps every text that is written otherwise than it was sent."""

    def cell(found: Json) -> Json:
        text = found.get("userEnteredValue", {}).get("stringValue")
        kept = text if text is None else alter(text)
        if kept == text:
            return found
        return found | {"userEnteredValue": {"numberValue" if isinstance(kept, float) else "stringValue": kept}}

    def act(done, batch: Batch, body: Json):
        rows = [{"values": [cell(one) for one in row.get("values", ())]} for row in body["rows"]]
        return done(batch, {**body, "rows": rows})

    with handled("updateCells", act):
        yield


OPTIONAL_FORMATTING = {
    "charts": ("addChart",),
    "colours": ("addConditionalFormatRule",),
    "formats": ("repeatCell",),
    "drop-downs": ("setDataValidation",),
    "protections": ("addProtectedRange", "updateProtectedRange"),
    "filter views": ("addFilterView",),
    "widths": ("updateDimensionProperties",),
    "tab colours, hidden tabs, frozen columns": ("updateSheetProperties",),
    "groups of columns": ("addDimensionGroup", "updateDimensionGroup"),
    "the forgetting of marks": ("deleteDeveloperMetadata",),
}
"""Optional formatting, which Google may reject → the kinds of request that make it."""


@contextmanager
def refused(kinds: tuple[str, ...], message: str = "This is not allowed.") -> Iterator[None]:
    """Google refuses every request of those kinds."""

    def act(done, batch, body):
        raise invalid(message)

    with ExitStack() as stack:
        for kind in kinds:
            stack.enter_context(handled(kind, act))
        yield


@contextmanager
def no_links(message: str = "Invalid link.") -> Iterator[None]:
    """Google refuses links to places of the spreadsheet."""

    def act(done, batch, body):
        if "#gid=" in json.dumps(body):
            raise invalid(message)
        return done(batch, body)

    with handled("updateCells", act):
        yield
