"""People at work in a Grist document: the tables they make and their edits, on a real server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.grist import identifiers, values
from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.book import GristWorkbook
from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.grist.document import Document, GristColumn, GristTable
from eig_sheets.spreadsheet.grist.sqlite_file import parse
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.cells import CellError, Formula, parse_a1
from eig_sheets.spreadsheet.model.plan import AddColumn
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import Field, RobotField, TabSchema
from tests.grist_server import ROBOT, GristServer
from tests.spreadsheet.contract_desk import ADD_RANK, Rows

AT_ONCE = Backoff(base=0, cap=0, budget=60)
ZONE = "Europe/Paris"
_RANK = RobotField("rang", "Rang", ADD_RANK.look, "classement", "Rang")
_DOSSIERS = TabSchema("candidatures", "Candidatures", Owner.PEOPLE, "numero", (Field("numero", "N° de dossier"),))


class GristDesk:
    """The desk of a Grist document."""

    def __init__(self, server: GristServer, ranking: Sheet) -> None:
        self.server = server
        lookup = lookup_formula.formula(_RANK, _DOSSIERS, "Rang", (1, 0), ranking)
        self.ranked = (AddColumn("Candidatures", 1, 4, ADD_RANK.look, "rang", lookup),)

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        document = self.server.blank_document()
        taken: list[str] = ["Table1"]
        actions: list[list[Any]] = []
        for title, rows in tabs.items():
            taken.append(identifiers.table_id(title, taken))
            actions += _made(title, taken[-1], rows)
        self.server.apply(document, *actions, ["RemoveTable", "Table1"])
        return self.book(document)

    def book(self, document: str) -> GristWorkbook:
        """The workbook that the robot opens."""
        address = address_of(f"{self.server.url}/{document}")
        return GristWorkbook(Client(address, self.server.keys[ROBOT], AT_ONCE))

    def edit(self, book: Workbook, kind: str, **what: Any) -> None:
        document = self.document(book)
        table = document.table(what["tab"])
        assert table is not None, what
        self.server.apply(_id_of(book), *_EDITS[kind](table, what))

    def document(self, book: Workbook) -> Document:
        """The document as it is now."""
        return parse(self._client(book).download())

    def _client(self, book: Workbook) -> Client:
        return Client(address_of(book.location), self.server.keys[ROBOT], AT_ONCE)

    def stored(self, book: Workbook) -> object:
        return self.document(book).version


def _id_of(book: Workbook) -> str:
    return address_of(book.location).document


def _made(title: str, table_id: str, rows: Rows) -> list[list[Any]]:
    """A table whose labels are the first row, each column of the type of its values."""
    width = max((len(row) for row in rows), default=0)
    headers = [*(rows[0] if rows else ()), *[None] * width][:width]
    columns = [_column(place, header, [_at(row, place) for row in rows[1:]]) for place, header in enumerate(headers)]
    lines = [[_stored(_at(row, place)) for row in rows[1:]] for place in range(width)]
    cells = {column["id"]: line for column, line in zip(columns, lines, strict=True) if not column["isFormula"]}
    made: list[list[Any]] = [["AddTable", title, columns or [{"id": letter, "isFormula": True} for letter in "ABC"]]]
    if rows[1:]:
        made.append(["BulkAddRecord", table_id, [None] * len(rows[1:]), cells])
    return made


def _at(row: Any, place: int) -> Any:
    return row[place] if place < len(row) else None


def _column(place: int, header: object, cells: list[object]) -> dict[str, Any]:
    formulas = [cell for cell in cells if isinstance(cell, (Formula, CellError))]
    formula = "" if not formulas else "1/0" if isinstance(formulas[0], CellError) else formulas[0].text
    return {
        "id": f"c{place}", "label": "" if header is None else str(header), "type": "Any", "isFormula": bool(formula),
        "formula": formula,
    }  # fmt: skip


def put(server: GristServer, document: str, tab: str, row: int, cells: Mapping[int, Any]) -> None:
    """Type in cells of a row of a document, by their columns; it is made if there is none."""
    client = Client(address_of(f"{server.url}/{document}"), server.keys[ROBOT], AT_ONCE)
    table = parse(client.download()).table(tab)
    assert table is not None, tab
    kind = "UpdateRecord" if row - 1 in table.row_ids else "AddRecord"
    typed = {table.columns[column].id: _stored(value) for column, value in cells.items()}
    server.apply(document, [kind, table.id, row - 1, typed])


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["D", values.seconds(value, ZONE), ZONE]
    if isinstance(value, date):
        return ["d", values.seconds(value, "UTC")]
    return None if isinstance(value, (Formula, CellError)) else value


def _named(table: GristTable, header: str) -> GristColumn:
    return next(column for column in table.columns if column.label == header)


def _set(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    row, place = parse_a1(what["cell"])
    column = table.columns[place]
    if row == 1:
        return [["ModifyColumn", table.id, column.id, {"label": what["value"]}]]
    return [["UpdateRecord", table.id, row - 1, {column.id: _stored(what["value"])}]]


def _insert_row(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    return [["AddRecord", table.id, None, {"manualSort": what["at"] - 1.5}]]


def _delete_row(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    return [["RemoveRecord", table.id, table.row_ids[what["at"] - 2]]]


def _sort(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    """As « Update data » after a sort: the rows are put in that order for everybody."""
    cells = table.cells[_named(table, what["by"]).id]
    ordered = sorted(table.row_ids, key=lambda row_id: str(cells[table.row_ids.index(row_id)]))
    if what.get("descending"):
        ordered.reverse()
    places = [float(place + 1) for place in range(len(ordered))]
    return [["BulkUpdateRecord", table.id, ordered, {"manualSort": places}]]


def _rename_tab(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    return [["UpdateRecord", "_grist_Views_section", table.raw_section, {"title": what["to"]}]]


def _rename_header(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    return [["ModifyColumn", table.id, _named(table, what["from"]).id, {"label": what["to"]}]]


def _move_column(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    columns = [column for column in table.columns if column.label != what["header"]]
    columns.insert(min(what["to"], len(columns)), _named(table, what["header"]))
    places = [float(place + 1) for place in range(len(columns))]
    return [["BulkUpdateRecord", "_grist_Tables_column", [column.ref for column in columns], {"parentPos": places}]]


def _delete_column(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    return [["RemoveColumn", table.id, _named(table, what["header"]).id]]


def _delete_tab(table: GristTable, _: dict[str, Any]) -> list[list[Any]]:
    return [["RemoveTable", table.id]]


def _hide_tab(table: GristTable, what: dict[str, Any]) -> list[list[Any]]:
    """A new page that shows it, or its own one removed."""
    if what.get("shown"):
        return [["CreateViewSection", table.ref, 0, "record", None, None]]
    return [["RemoveRecord", "_grist_Views", table.primary_view]]


_EDITS = {
    "set": _set, "insert_row": _insert_row, "delete_row": _delete_row, "sort": _sort, "rename_tab": _rename_tab,
    "rename_header": _rename_header, "move_column": _move_column, "delete_column": _delete_column,
    "delete_tab": _delete_tab, "hide_tab": _hide_tab,
}  # fmt: skip
