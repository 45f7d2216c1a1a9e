"""People at work on a Google Sheet: the workbooks they make and their edits, on the local Sheets server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import requests

from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.google import cells
from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.google.client import Client, connect
from eig_sheets.spreadsheet.google.rate_limit import RateLimit
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.cells import CellError, Formula
from eig_sheets.spreadsheet.model.plan import AddColumn
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import Field, RobotField, TabSchema
from tests.sheets_server import people
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import Server
from tests.sheets_server.world import permission
from tests.spreadsheet.contract_desk import ADD_RANK, RANKING, Rows

OWNER = "anne@example.org"
AT_ONCE = Backoff(base=0, cap=0, budget=60)
_KINDS = {"#DIV/0!": "DIVIDE_BY_ZERO", "#N/A": "N_A"}
_RANK = RobotField("rang", "Rang", ADD_RANK.look, "classement", "Rang")
_DOSSIERS = TabSchema("candidatures", "Candidatures", Owner.PEOPLE, "numero", (Field("numero", "N° de dossier"),))


class Weightless:
    """Remembers no size: every workbook of these tests is read in one call."""

    def last_response_size(self) -> int | None:
        return None

    def save_response_size(self, size: int) -> None:
        pass

    def kept_cells(self) -> Mapping[str, Any]:
        return {}

    def save_kept_cells(self, kept: Mapping[str, Any]) -> None:
        pass

    def misplaced_rows(self) -> list[Any]:
        return []

    def save_misplaced_rows(self, rows: Any) -> None:
        pass


class Heavy(Weightless):
    """Says that the workbook is large: it is read in several calls."""

    def last_response_size(self) -> int | None:
        return 1 << 30


def client_of(server: Server) -> Client:
    environment = {"GOOGLE_APPLICATION_CREDENTIALS": server.service_account, "EIG_SHEETS_API_ENDPOINT": server.url}
    return connect(environment, AT_ONCE, RateLimit(max_calls=10_000))


class GoogleDesk:
    """The desk of a Google Sheet; `sizes` decides in how many calls it is read."""

    def __init__(self, server: Server, sizes: Weightless) -> None:
        self.server, self.sizes, self.client = server, sizes, client_of(server)
        header = lookup_formula.formula(_RANK, _DOSSIERS, "Rang", (1, 0), RANKING)
        self.ranked = (AddColumn("Candidatures", 1, 4, ADD_RANK.look, "rang", header),)

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        book = self.server.world.create("Campagne", OWNER)
        self.server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
        added = [{"addSheet": {"properties": {"title": name, "sheetId": n}}} for n, name in enumerate(tabs, 1)]
        typed = [_typed(rows, n) for n, rows in enumerate(tabs.values(), 1) if rows]
        self.as_owner(book.id, *added, {"deleteSheet": {"sheetId": 0}}, *typed)
        return GoogleWorkbook(book.id, self.client, self.sizes)

    def as_owner(self, key: str, *batch: dict[str, Any]) -> None:
        """A batch of people's own."""
        answer = requests.post(
            f"{self.server.url}/v4/spreadsheets/{key}:batchUpdate",
            json={"requests": list(batch)},
            headers={"Authorization": f"Bearer emulator:{OWNER}"},
            timeout=300,
        )
        assert answer.status_code == 200, answer.text

    def edit(self, book: Workbook, kind: str, **what: Any) -> None:
        stored = self.server.world.books[key_of(book)]
        if kind == "delete_column":
            sheet, column = _header(stored, what["tab"], what["header"])
            span = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
            self.as_owner(stored.id, {"deleteDimension": {"range": span}})
            return
        if kind == "move_column":
            what["to"] += 1
        self.server.world.keep(people.edited(stored, {"kind": kind, **what}))

    def stored(self, book: Workbook) -> object:
        key = key_of(book)
        dump = requests.get(f"{self.server.url}/_control/spreadsheets/{key}", timeout=300).json()
        return self.server.world.books[key].revision, json.dumps(dump)


def key_of(book: Workbook) -> str:
    return book.location.split("/")[-2]


def _header(stored: Any, tab: str, header: str) -> tuple[int, int]:
    from tests.sheets_server.addresses import Rect
    from tests.sheets_server.formulas.calculation import calculation

    sheet = stored.titled(tab)
    for row in calculation(stored).rows(sheet, Rect(0, 10, 0, sheet.columns)):
        if header in row:
            return sheet.id, row.index(header)
    raise AssertionError(f"no header {header}")


def _typed(rows: Rows, sheet_id: int) -> dict[str, Any]:
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    written = [{"values": [_cell(value) for value in row]} for row in rows]
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    return {"updateCells": {"start": start, "rows": written, "fields": fields}}


def _cell(value: Any) -> dict[str, Any]:
    if isinstance(value, CellError):
        return {"userEnteredValue": {"errorValue": {"type": _KINDS[value.code]}}}
    if isinstance(value, Formula):
        return cells.formula(value.text)
    if isinstance(value, date) and not isinstance(value, datetime):
        return {**cells.written(datetime(value.year, value.month, value.day), str), **_format("DATE", "dd/mm/yyyy")}
    if isinstance(value, datetime):
        return {**cells.written(value, str), **_format("DATE_TIME", "dd/mm/yyyy hh:mm:ss")}
    return cells.written(value, str)


def _format(kind: str, pattern: str) -> dict[str, Any]:
    return {"userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}}}
