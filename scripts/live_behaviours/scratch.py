"""The scratch spreadsheet of the checks: they only use tabs of ours, which are removed in the end in any case."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from eig_sheets.spreadsheet.google import marks, reading
from eig_sheets.spreadsheet.google.areas import grid_coordinate, update_cells
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.formatting import NUMBER_FORMAT_FIELD
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import typographic

Json = dict[str, Any]
Rows = Sequence[Sequence[Any]]

_SCRATCH_TITLE = re.compile(r"\b(essais?|tests?)\b", re.IGNORECASE)
_ABOUT = (
    "properties(title,locale,timeZone),developerMetadata(metadataId,metadataKey),"
    "sheets(properties(sheetId,title),developerMetadata.metadataKey)"
)


class Scratch:
    """One spreadsheet, by its key; `locale` is its own once it is opened."""

    def __init__(self, client: Client, key: str) -> None:
        self.client, self.key = client, key
        self.title = self.locale = self.time_zone = ""
        self._ours: set[int] = set()
        self._theirs: set[int] = set()
        self._kept_marks: set[int] = set()

    def open(self) -> None:
        """See that it is there, a scratch one and empty. Raises WorkbookError."""
        about = self._about()
        properties = about["properties"]
        self.title, self.locale = properties["title"], properties.get("locale", "")
        self.time_zone = properties.get("timeZone", "")
        if not _SCRATCH_TITLE.search(self.title):
            raise _refused(
                f"« {self.title} » n’est pas un classeur d’essai : son titre doit contenir le mot « essai »."
            )
        answer = self.client.read("GET", self.key, {"fields": reading.FULL_FIELDS}).json
        full = [tab.name for tab in reading.snapshot(answer, "").tabs if any(map(_holds, tab.rows)) or tab.formulas]
        if full:
            names = ", ".join(f"« {name} »" for name in full)
            raise _refused(f"Le classeur n’est pas vide ({names}) : supprimez ce qu’il contient, ou créez-en un autre.")
        self._theirs = {sheet["properties"].get("sheetId", 0) for sheet in about["sheets"]}
        self._kept_marks = {metadata["metadataId"] for metadata in about.get("developerMetadata", ())}

    def _about(self) -> Json:
        answer: Json = self.client.read("GET", self.key, {"fields": _ABOUT}).json
        return answer

    def new_tab(self, title: str, rows: int = 12, columns: int = 6) -> tuple[int, Json]:
        """The id of a new tab, and the request that adds it."""
        sheet_id = secrets.randbelow(2**31 - 1) + 1
        self._ours.add(sheet_id)
        grid = {"rowCount": rows, "columnCount": columns}
        return sheet_id, {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid}}}

    def tab(self, title: str, *values: Sequence[Any], rows: int = 12, columns: int = 6) -> int:
        """A new tab that holds these rows, with the formats of their numbers; its id."""
        sheet_id, request = self.new_tab(title, rows, columns)
        fields = f"userEnteredValue,{NUMBER_FORMAT_FIELD}"
        self.send(request, *([texts(sheet_id, values, fields=fields)] if values else []))
        return sheet_id

    def adopt(self, sheet_id: int) -> None:
        """Remove that tab too in the end."""
        self._ours.add(sheet_id)

    def send(self, *requests: Json) -> list[Json]:
        """One batch; its replies."""
        replies: list[Json] = self.client.write(f"{self.key}:batchUpdate", {"requests": requests})["replies"]
        return replies

    def type(self, cell: str, *rows: Sequence[Any]) -> None:
        """Values as a person types them."""
        body = {"valueInputOption": "USER_ENTERED", "data": [{"range": cell, "values": rows}]}
        self.client.write(f"{self.key}/values:batchUpdate", body)

    def answer(self, *titles: str, fields: str = reading.FULL_FIELDS) -> Json:
        """What spreadsheets.get tells of those tabs."""
        ranges = ["'" + title.replace("'", "''") + "'" for title in titles]
        found: Json = self.client.read("GET", self.key, {"fields": fields, "ranges": ranges}).json
        return found

    def read(self, title: str) -> TabSnapshot:
        """One tab, as the tool understands it."""
        return self.read_all(title).tabs[0]

    def read_all(self, *titles: str) -> Snapshot:
        """Some tabs, as the tool understands them."""
        return reading.snapshot(self.answer(*titles), "")

    def cell(self, title: str, row: int, column: int, fields: str) -> Json:
        """Some fields of a CellData: 1-based row, 0-based column."""
        answer = self.answer(title, fields=f"sheets.data(startRow,startColumn,rowData.values({fields}))")
        rows = answer["sheets"][0]["data"][0].get("rowData", ())
        cells = rows[row - 1].get("values", ()) if row <= len(rows) else ()
        found: Json = cells[column] if column < len(cells) else {}
        return found

    def clean(self) -> None:
        """Remove every tab and every run's mark that came since the opening and is ours. Raises WorkbookError."""
        about = self._about()
        gone = [{"deleteSheet": {"sheetId": sheet_id}} for sheet_id in _ids(about) if self._is_ours(about, sheet_id)]
        marked = [
            marks.delete_mark(metadata["metadataId"])
            for metadata in about.get("developerMetadata", ())
            if metadata["metadataKey"] == marks.RUN and metadata["metadataId"] not in self._kept_marks
        ]
        if gone or marked:
            self.send(*gone, *marked)

    def _is_ours(self, about: Json, sheet_id: int) -> bool:
        if sheet_id in self._ours:
            return True
        [sheet] = [candidate for candidate in about["sheets"] if candidate["properties"].get("sheetId", 0) == sheet_id]
        keys = {metadata["metadataKey"] for metadata in sheet.get("developerMetadata", ())}
        return sheet_id not in self._theirs and marks.TAB in keys


def texts(sheet_id: int, rows: Rows, at: tuple[int, int] = (0, 0), fields: str = "userEnteredValue") -> Json:
    """The request that writes these fields of rows from a 0-based cell on; a mapping is a CellData, None a blank."""
    return update_cells(grid_coordinate(sheet_id, *at), [[_cell(value) for value in row] for row in rows], fields)


def _cell(value: Any) -> Json:
    if value is None or isinstance(value, Mapping):
        return dict(value or {})
    kind = "boolValue" if isinstance(value, bool) else "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}


def _ids(about: Json) -> list[int]:
    return [sheet["properties"].get("sheetId", 0) for sheet in about["sheets"]]


def _holds(row: Sequence[Any]) -> bool:
    return any(value is not None for value in row)


def _refused(text: str) -> WorkbookError:
    return WorkbookError(typographic(text))
