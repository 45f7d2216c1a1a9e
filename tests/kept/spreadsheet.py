"""A spreadsheet of the local server as JSON, and back: all that is in it, but what the server works out of it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from tests.sheets_server.auth import EMAIL
from tests.sheets_server.model import Book, Cell, Formula, Row, Sheet, SheetError
from tests.sheets_server.world import File, World, permission

_OF_A_BOOK = ("id", "title", "locale", "time_zone", "owner", "properties", "named_ranges", "metadata", "revision")
_OF_A_SHEET = tuple(one.name for one in fields(Sheet) if one.name not in ("cells", "mark"))
_SIZES = ("row_sizes", "column_sizes")
_OF_A_CELL = tuple(one.name for one in fields(Cell) if one.name != "value")


def as_json(book: Book) -> dict[str, Any]:
    """A spreadsheet as what JSON can hold."""
    sheets = [
        {name: getattr(sheet, name) for name in _OF_A_SHEET} | {"cells": [_row(row) for row in sheet.cells]}
        for sheet in book.sheets
    ]
    return {name: getattr(book, name) for name in _OF_A_BOOK} | {"sheets": sheets}


def put(world: World, stored: dict[str, Any]) -> str:
    """Have the server hold a spreadsheet again, shared with the robot as before; its id."""
    book = Book(**{name: stored[name] for name in _OF_A_BOOK}, sheets=[_sheet(one) for one in stored["sheets"]])
    shared = [permission("user", "owner", book.owner), permission("user", "writer", EMAIL)]
    world.books[book.id], world.files[book.id] = book, File(book.id, shared)
    return book.id


def _row(row: Row) -> list[Any]:
    """Each cell with its column: its value, then what else it has."""
    return [
        [column, _value(cell.value), {name: getattr(cell, name) for name in _OF_A_CELL if getattr(cell, name)}]
        for column, cell in sorted(row.items())
    ]


def _value(value: Any) -> Any:
    if isinstance(value, Formula):
        return {"formula": str(value)}
    return {"error": [value.type, value.message]} if isinstance(value, SheetError) else value


def _sheet(stored: dict[str, Any]) -> Sheet:
    sizes = {name: {int(place): size for place, size in stored[name].items()} for name in _SIZES}
    sheet = Sheet(**{name: stored[name] for name in _OF_A_SHEET} | sizes)
    for place, row in enumerate(stored["cells"]):
        for column, value, others in row:
            sheet.put(place, column, Cell(_read(value), **others))
    return sheet


def _read(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    return Formula(stored["formula"]) if "formula" in stored else SheetError(*stored["error"])
