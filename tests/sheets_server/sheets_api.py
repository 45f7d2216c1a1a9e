"""The Sheets API: its methods are found in Google's discovery document, and each has one function here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from tests.sheets_server import metadata, schema, values_api
from tests.sheets_server.errors import (
    ApiError,
    field_violation,
    forbidden,
    insufficient_scopes,
    missing_entity,
    unimplemented,
)
from tests.sheets_server.jsons import answered
from tests.sheets_server.masks import project, response_mask
from tests.sheets_server.model import Book, Json
from tests.sheets_server.protection import Writer
from tests.sheets_server.ranges import Area, find, of_filter
from tests.sheets_server.render_book import sheet_properties, spreadsheet
from tests.sheets_server.requests.batch import run
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.requests.sheets import add_sheet, copied_to, require_title
from tests.sheets_server.world import WRITES, World


@dataclass(slots=True)
class Call:
    """One call: who makes it, the parameters of its path and query, its body."""

    world: World
    email: str
    path: dict[str, str]
    query: Json
    body: Json
    owns_files: bool = True

    @property
    def book_id(self) -> str:
        return self.path["spreadsheetId"]

    def read(self) -> Book:
        return self.world.open(self.book_id, self.email)

    def writable(self) -> Book:
        return self.world.open(self.book_id, self.email, writing=True)

    @property
    def editor(self) -> str:
        """Who asks, if they may edit the spreadsheet: nobody else is told who may edit what is protected."""
        return self.email if self.world.files[self.book_id].role(self.email) in WRITES else ""

    def keep(self, result: tuple[Book, Json]) -> Json:
        self.world.keep(result[0], self.email)
        return result[1]


Method = Callable[[Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    def register(function: Method) -> Method:
        METHODS[f"sheets.spreadsheets.{name}"] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Route:
    """A method of the discovery document."""

    id: str
    verb: str
    pattern: re.Pattern[str]
    parameters: Json
    request: str | None
    response: str
    writing: bool


READ_POSTS = ("getByDataFilter", "batchGetByDataFilter", "developerMetadata.search")


@cache
def routes() -> list[Route]:
    """Return the API's methods, those with a verb of their own (`:append`) first."""
    found: list[Route] = []
    document = schema.document("sheets.v4")

    def walk(resource: Json) -> None:
        found.extend(_route(item, document["parameters"]) for item in resource.get("methods", {}).values())
        for below in resource.get("resources", {}).values():
            walk(below)

    walk(document)
    return sorted(found, key=lambda route: ":" not in route.pattern.pattern.rpartition(")")[2])


def _route(item: Json, common: Json) -> Route:
    pattern = re.sub(r"\\\{range\\\}", "(?P<range>.+)", re.escape(item["flatPath"]))
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/:]+)", pattern)
    writing = item["httpMethod"] != "GET" and not item["id"].endswith(READ_POSTS)
    request = item.get("request", {}).get("$ref")
    parameters = common | item.get("parameters", {})
    return Route(
        item["id"],
        item["httpMethod"],
        re.compile(f"/{pattern}\\Z"),
        parameters,
        request,
        item["response"]["$ref"],
        writing,
    )


def find_route(verb: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the method that a call is to, with its path's parameters."""
    for route in routes():
        match = route.pattern.match(path)
        if match and route.verb == verb:
            return route, {name: unquote(value) for name, value in match.groupdict().items()}
    raise missing_entity()


def answer(route: Route, call: Call, scopes: frozenset[str]) -> Json:
    """Do a call and return its answer, only what `fields` asks for in it."""
    if not scopes & {"spreadsheets", "drive", "drive.file"} and (route.writing or not scopes & READ_SCOPES):
        raise insufficient_scopes()
    file = call.world.files.get(call.path.get("spreadsheetId", ""))
    if file and not file.by_app and not scopes & {"spreadsheets", "drive", *READ_SCOPES}:
        raise forbidden()  # drive.file: what this program made, nothing else
    mask = response_mask(call.query.get("fields"), route.response)
    function = METHODS.get(route.id)
    if function is None:
        raise unimplemented(f"the method {route.id}")
    call.world.spend(call.email, route.writing)
    made = function(call)
    return made if route.response == "Spreadsheet" else answered(project(mask, made))


READ_SCOPES = {"spreadsheets.readonly", "drive.readonly"}


def read_query(route: Route, pairs: list[tuple[str, str]]) -> Json:
    """Return the parameters of a query, typed; one that the method lacks is a 400."""
    out: Json = {}
    for name, text in pairs:
        known = route.parameters.get(name)
        if known is None:
            place = f"Cannot bind query parameter. Field '{name}' could not be found in request message."
            raise field_violation("", f'Invalid JSON payload received. Unknown name "{name}": {place}')
        value = _typed(name, text, known)
        if known.get("repeated"):
            out.setdefault(name, []).append(value)
        else:
            out[name] = value
    if out.get("alt", "json") != "json":
        raise unimplemented(f"answers as {out['alt']}")
    return out


def _typed(name: str, text: str, known: Json) -> Any:
    proto = re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name)
    if known["type"] == "boolean":
        if text.lower() not in ("true", "false"):
            raise field_violation(proto, f"Invalid value at '{proto}' (TYPE_BOOL), \"{text}\"")
        return text.lower() == "true"
    if "enum" in known and text not in known["enum"]:
        kind = name[:1].upper() + name[1:]
        raise field_violation(proto, f"Invalid value at '{proto}' ({schema.PACKAGE}.{kind}), \"{text}\"")
    return text


@method("get")
def get(call: Call) -> Json:
    book = call.read()
    mask = response_mask(call.query.get("fields"), "Spreadsheet")
    texts = call.query.get("ranges")
    areas = [find(book, text) for text in texts] if texts else None
    return spreadsheet(book, call.editor, mask, bool(call.query.get("includeGridData")), areas)


@method("getByDataFilter")
def get_by_data_filter(call: Call) -> Json:
    book = call.read()
    mask = response_mask(call.query.get("fields"), "Spreadsheet")
    filters = call.body.get("dataFilters", [])
    areas: list[Area] | None = [area for item in filters for area in of_filter(book, item)] if filters else None
    return spreadsheet(book, call.editor, mask, bool(call.body.get("includeGridData")), areas)


@method("create")
def create(call: Call) -> Json:
    """Create a spreadsheet with the properties and the tabs that are asked for."""
    if not call.owns_files:
        raise forbidden()
    given = call.body.get("properties", {})
    draft = call.world.create(given.get("title", "Untitled spreadsheet"), call.email)
    draft.locale, draft.time_zone = given.get("locale", draft.locale), given.get("timeZone", draft.time_zone)
    batch, sheets = Batch(draft, Writer(call.email, call.email)), call.body.get("sheets", [])
    first, draft.sheets = draft.sheets, []
    for sheet in sheets:
        for name in sheet.keys() - {"properties"}:
            raise unimplemented(f"spreadsheets.create with sheets.{name}")
        add_sheet(batch, sheet)
    draft.sheets = draft.sheets or first
    mask = response_mask(call.query.get("fields"), "Spreadsheet")
    return spreadsheet(draft, call.email, mask)


@method("batchUpdate")
def batch_update(call: Call) -> Json:
    mask = response_mask(call.query.get("fields"), "BatchUpdateSpreadsheetResponse")
    return call.keep(run(call.writable(), call.email, call.body, mask))


@method("sheets.copyTo")
def copy_to(call: Call) -> Json:
    source = call.read().sheet(int(call.path["sheetId"]))
    target = call.world.open(call.body.get("destinationSpreadsheetId", ""), call.email, writing=True).copy()
    word = "Copie de " if target.locale.startswith("fr") else "Copy of "
    sheet = copied_to(target, source, target.free_id(), require_title(target, word + source.title))
    target.sheets.append(sheet)
    target.require_room()
    call.world.keep(target)
    return sheet_properties(target, sheet)


@method("developerMetadata.get")
def metadata_get(call: Call) -> Json:
    for item in call.read().metadata:
        if str(item["metadataId"]) == call.path["metadataId"]:
            return item
    raise ApiError(404, f"No developer metadata with ID {call.path['metadataId']}.")


@method("developerMetadata.search")
def metadata_search(call: Call) -> Json:
    """Find the developer metadata that any of the filters matches, each once with all those that match it.

    The order is neither that of rows nor that of creation, as seen live.
    """
    book = call.read()
    matched: dict[int, Json] = {}
    for data_filter in call.body.get("dataFilters", []):
        if data_filter.keys() != {"developerMetadataLookup"}:
            raise unimplemented("developerMetadata.search by anything but a developerMetadataLookup")
        for item in metadata.search(book, data_filter["developerMetadataLookup"]):
            found = matched.setdefault(item["metadataId"], {"developerMetadata": item, "dataFilters": []})
            found["dataFilters"].append(values_api.echoed(data_filter))
    shuffled = sorted(matched.values(), key=lambda one: str(one["developerMetadata"]["metadataId"])[::-1], reverse=True)
    return {"matchedDeveloperMetadata": shuffled} if shuffled else {}


@method("values.get")
def values_get(call: Call) -> Json:
    return values_api.get(call.read(), call.path["range"], call.query)


@method("values.batchGet")
def values_batch_get(call: Call) -> Json:
    return values_api.batch_get(call.read(), call.query.get("ranges", []), call.query)


@method("values.batchGetByDataFilter")
def values_batch_get_by_filter(call: Call) -> Json:
    return values_api.batch_get_by_filter(call.read(), call.body)


@method("values.update")
def values_update(call: Call) -> Json:
    return call.keep(values_api.update(call.writable(), call.email, call.path["range"], call.body, call.query))


@method("values.append")
def values_append(call: Call) -> Json:
    return call.keep(values_api.append(call.writable(), call.email, call.path["range"], call.body, call.query))


@method("values.clear")
def values_clear(call: Call) -> Json:
    return call.keep(values_api.clear(call.writable(), call.email, call.path["range"]))


@method("values.batchUpdate")
def values_batch_update(call: Call) -> Json:
    return call.keep(values_api.batch_update(call.writable(), call.email, call.body))


@method("values.batchUpdateByDataFilter")
def values_batch_update_by_filter(call: Call) -> Json:
    return call.keep(values_api.batch_update_by_filter(call.writable(), call.email, call.body))


@method("values.batchClear")
def values_batch_clear(call: Call) -> Json:
    areas = values_api.ranges_of(call.body.get("ranges", []))
    return call.keep(values_api.batch_clear(call.writable(), call.email, areas))


@method("values.batchClearByDataFilter")
def values_batch_clear_by_filter(call: Call) -> Json:
    areas = values_api.filters_of(call.body.get("dataFilters", []))
    return call.keep(values_api.batch_clear(call.writable(), call.email, areas))
