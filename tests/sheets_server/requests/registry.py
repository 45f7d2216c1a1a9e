"""The requests that are known, by name, and what each of them works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.sheets_server.jsons import paired
from tests.sheets_server.masks import Mask, update_mask
from tests.sheets_server.model import Book, Json, Sheet
from tests.sheets_server.protection import Writer
from tests.sheets_server.ranges import Area, of_grid


@dataclass(slots=True)
class Batch:
    """A copy of the workbook that a batch works on, and who sent the batch."""

    book: Book
    writer: Writer

    def sheet(self, sheet_id: int) -> Sheet:
        return self.book.sheet(sheet_id)

    def area(self, grid: Json) -> Area:
        """Return the area of a GridRange, for reading or for what protections do not cover."""
        return of_grid(self.book, grid)

    def writable(self, grid: Json) -> Area:
        """Return the area of a GridRange that the writer is about to change."""
        area = of_grid(self.book, grid)
        self.writer.require(self.book, area.sheet, area.rect)
        return area


Handler = Callable[[Batch, Json], Json | None]
HANDLERS: dict[str, Handler] = {}


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register what does a kind of request; it returns the reply, or None for an empty one."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def fields(body: Json, type_name: str) -> Mask:
    """Return the mask of an update, its colours in both forms."""
    return paired(update_mask(body.get("fields"), type_name))
