"""One batch: every request on a copy of the workbook, kept only when all of them went through."""

from __future__ import annotations

import importlib
import pkgutil

from tests.sheets_server import requests
from tests.sheets_server.errors import ApiError, invalid, unimplemented
from tests.sheets_server.jsons import answered
from tests.sheets_server.masks import EVERYTHING, Mask, below, wants
from tests.sheets_server.model import Book, Json
from tests.sheets_server.protection import Writer
from tests.sheets_server.ranges import find
from tests.sheets_server.render_book import spreadsheet
from tests.sheets_server.requests.registry import HANDLERS, Batch

for _module in pkgutil.iter_modules(requests.__path__):
    if _module.name not in ("batch", "registry"):
        importlib.import_module(f"{requests.__name__}.{_module.name}")

MAX_REQUESTS = 100_000


def run(book: Book, email: str, body: Json, mask: Mask = EVERYTHING) -> tuple[Book, Json]:
    """Return the workbook after a batch, and the answer as far as a mask wants it; an ApiError changes nothing."""
    wanted = body.get("requests", [])
    if not wanted:
        raise invalid("Must specify at least one request.")
    if len(wanted) > MAX_REQUESTS:
        raise invalid(f"Cannot exceed {MAX_REQUESTS} requests in a single batch.")
    batch = Batch(book.copy(), Writer(email, book.owner))
    replies = [_one(batch, place, request) for place, request in enumerate(wanted)]
    answer: Json = {"spreadsheetId": book.id, "replies": answered(replies)}
    if body.get("includeSpreadsheetInResponse") and wants(mask, "updatedSpreadsheet"):
        areas = [find(batch.book, text) for text in body.get("responseRanges", [])] or None
        grid = body.get("responseIncludeGridData", False)
        wanted = below(mask, "updatedSpreadsheet")
        answer["updatedSpreadsheet"] = spreadsheet(batch.book, email, wanted, grid, areas)
    return batch.book, answer


def _one(batch: Batch, place: int, request: Json) -> Json:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{place}]: No request set." if not request else f"Invalid requests[{place}]: "
                      "Only one kind of request may be set.")  # fmt: skip
    name, body = next(iter(request.items()))
    handler = HANDLERS.get(name)
    if handler is None:
        raise unimplemented(f"the request {name}")
    batch.book.values = None  # the request before may have changed what formulas give
    try:
        reply = handler(batch, body)
    except ApiError as error:
        raise error if error.code == 501 else error.prefixed(f"Invalid requests[{place}].{name}") from None
    return {} if reply is None else {name: reply}
