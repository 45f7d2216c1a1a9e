"""What people do by hand in a workbook, whatever its kind: read a tab, type in its cells, tick its rows."""

from __future__ import annotations

import io
import json
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import openpyxl
from openpyxl.utils import get_column_letter

from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.sqlite_file import parse
from tests.grist_server import GristServer

Place = tuple[str, int, int]
"""A tab, a row and a column."""
_FIRST_ROWS = 10


class Desk(ABC):
    """One workbook, opened by a person. Rows and columns are numbered from 1."""

    @abstractmethod
    def rows(self, tab: str) -> list[list[Any]]:
        """What a tab shows, from its first row; [] without the tab."""

    @abstractmethod
    def put(self, edits: Mapping[Place, Any]) -> None:
        """Type in cells."""

    def has(self, tab: str) -> bool:
        """Whether there is such a tab."""
        return bool(self.rows(tab))

    def headers(self, tab: str, header: str) -> tuple[int, dict[str, int]]:
        """The row that has this header, and the column of each of its headers."""
        rows = self.rows(tab)[:_FIRST_ROWS]
        top = next(number for number, row in enumerate(rows, 1) if header in row)
        return top, {str(name): column for column, name in enumerate(rows[top - 1], 1) if name}

    def tick(self, tab: str, header: str) -> int:
        """Tick every row whose first cell is filled; how many."""
        if not self.has(tab):
            return 0
        top, columns = self.headers(tab, header)
        rows = [number for number, row in enumerate(self.rows(tab), 1) if number > top and row and row[0]]
        self.put({(tab, row, columns[header]): True for row in rows})
        return len(rows)

    def last(self, tab: str, header: str) -> str:
        """The last text under a header; '' without any."""
        if not self.has(tab):
            return ""
        top, columns = self.headers(tab, header)
        column = columns[header] - 1
        found = [str(row[column]) for row in self.rows(tab)[top:] if len(row) > column and row[column]]
        return found[-1] if found else ""

    def type_under(self, tab: str, header: str, values: Sequence[Any]) -> None:
        """Type in the first rows under a header, which are free."""
        if self.has(tab):
            top, columns = self.headers(tab, header)
            self.put({(tab, top + place, columns[header]): value for place, value in enumerate(values, 1)})


@dataclass(frozen=True)
class XlsxDesk(Desk):
    """A file, in a spreadsheet program."""

    path: Path

    def rows(self, tab: str) -> list[list[Any]]:
        return _tabs(self.path.read_bytes()).get(tab, [])

    def put(self, edits: Mapping[Place, Any]) -> None:
        book = openpyxl.load_workbook(self.path, rich_text=True)
        for (tab, row, column), value in edits.items():
            book[tab].cell(row, column).value = value
        book.save(self.path)


@lru_cache(2)
def _tabs(content: bytes) -> dict[str, list[list[Any]]]:
    """The values of each tab of a file."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


@dataclass(frozen=True)
class GoogleDesk(Desk):
    """A spreadsheet of the local server, in a browser."""

    url: str
    key: str

    def rows(self, tab: str) -> list[list[Any]]:
        asked = f"values/{quote(tab, safe='')}?valueRenderOption=UNFORMATTED_VALUE"
        try:
            found = self._asked(f"v4/spreadsheets/{quote(self.key)}/{asked}")
        except HTTPError as error:
            if error.code != HTTPStatus.BAD_REQUEST:
                raise
            return []  # there is no such tab
        rows: list[list[Any]] = found.get("values", [])
        return rows

    def put(self, edits: Mapping[Place, Any]) -> None:
        typed = {"kind": "set", "spreadsheet_id": self.key}
        steps = [
            {
                "after_call": 0,
                "edit": {**typed, "tab": tab, "cell": f"{get_column_letter(column)}{row}", "value": value},
            }
            for (tab, row, column), value in edits.items()
        ]
        self._asked("_control/script", steps)

    def _asked(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer emulator", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/{path}", data, headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None


@dataclass(frozen=True)
class GristDesk(Desk):
    """A document of a Grist server, in the browser of who owns it. Row 1 is the headers of a table."""

    server: GristServer
    document: str

    def rows(self, tab: str) -> list[list[Any]]:
        table = self._now().table(tab)
        if table is None:
            return []
        cells = [table.cells.get(column.id, ()) for column in table.columns]
        filled = [[_decoded(value) for value in row] for row in zip(*cells, strict=True)]
        return [[column.label for column in table.columns], *filled]

    def put(self, edits: Mapping[Place, Any]) -> None:
        document = self._now()
        for (tab, row, column), value in edits.items():
            table = document.table(tab)
            if table is not None:
                written = {table.columns[column - 1].id: value}
                self.server.apply(self.document, ["UpdateRecord", table.id, table.row_ids[row - 2], written])

    def described(self) -> str:
        """The document in lines: its tables with their columns, rows and views, its marks and its access rules."""
        now = self._now()
        lines = []
        for table in now.tables:
            lines.append(f"# {table.title} {table.id} {table.page is not None}")
            lines += [f"column {column}" for column in table.columns]
            lines += [f"view {section.fields}" for section in table.sections]
            lines += [f"{number} {row!r}" for number, row in zip(table.row_ids, zip(*table.cells.values()))]  # noqa: B905
        lines += sorted(f"mark {mark.table} {mark.column} {mark.id} {mark.look} {mark.robot}" for mark in now.marks)
        lines += sorted(f"rule {rule.table} {rule.columns} {rule.formula} {rule.permissions}" for rule in now.rules)
        return "\n".join(lines)

    def _now(self) -> Document:
        return parse(self.server.download(self.document))


def _decoded(value: Any) -> Any:
    return None if value == "" else value
