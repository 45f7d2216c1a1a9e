"""Conversion of Google's responses to a Snapshot, and to the ids that writing needs.

A spreadsheet is read in one call, or in two: one for types, errors and formulas, one for values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eig_sheets.workbook.google import cells, marks
from eig_sheets.workbook.google.capabilities import CAPABILITIES
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.model.snapshot import Area, Snapshot, Table, TabSnapshot

Json = dict[str, Any]

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"
_FIELDS = (
    f"{_MARK},sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),merges,{_MARK},"
    "tables(tableId,range,columnProperties(columnIndex,columnType)),"
    "protectedRanges(protectedRangeId,description,editors.users),charts.chartId,conditionalFormats.ranges.sheetId,filterViews(filterViewId,title),"
    f"data(startRow,startColumn,columnMetadata.{_MARK},rowData.values(%s)))"
)
FULL_FIELDS = _FIELDS % "userEnteredValue.formulaValue,effectiveValue,effectiveFormat.numberFormat.type"
"""The field mask of the one call that reads everything."""

TYPE_FIELDS = _FIELDS % "userEnteredValue.formulaValue,effectiveValue.errorValue.type,effectiveFormat.numberFormat.type"
"""The field mask without plain values: a second call reads them in a tenth of the bytes."""

_PROTECTION = re.compile(r"^eig-sheets\b.*\[(.*)\]$")


@dataclass(frozen=True, slots=True)
class TabProperties:
    """The properties of a tab that writing needs.

    `column_ids` maps (mark, 0-based column) to the id of the mark; `protections` maps what each of our protections
    protects to its (id, editors). `tables` are the ids of those that people made, `views` those of filter views by
    their title.
    """

    id: int
    rows: int
    columns: int
    column_ids: Mapping[tuple[str, int], int] = field(default_factory=dict)
    look_id: int | None = None
    charts: frozenset[int] = frozenset()
    colour_rules: int = 0
    protections: Mapping[str, tuple[int, Sequence[str]]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    views: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpreadsheetProperties:
    """The properties of the spreadsheet that writing needs. `runs` are the numbers of the marks of runs."""

    tabs: Mapping[str, TabProperties]
    runs: tuple[int, ...] = ()

    @property
    def next_run(self) -> int:
        """The number of the next run."""
        return max(self.runs, default=0) + 1

    def title_of(self, sheet_id: int) -> str | None:
        """The name of the tab of that id; None when there is none."""
        return next((title for title, tab in self.tabs.items() if tab.id == sheet_id), None)


def protection_description(name: str) -> str:
    """The description of a protection of ours, which people see in the list of protections."""
    what = f"colonne réservée aux responsables [{name}]" if name else "onglet du robot []"
    return f"eig-sheets : {what}"


def values_request(answer: Json) -> Json:
    """The body of the second call, after one for types: every tab, by its id in case it is renamed meanwhile."""
    ids = [sheet["properties"].get("sheetId", 0) for sheet in answer["sheets"] if "data" in sheet]
    return {
        "dataFilters": [{"gridRange": {"sheetId": sheet_id}} for sheet_id in ids],
        "valueRenderOption": "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
    }


def values_by_tab(answer: Json, types: Json) -> dict[int, list[list[Any]]]:
    """The values of each tab, by its id; `answer` is the response to `values_request(types)`.

    Raises ValueError unless each tab has one answer, under its name: otherwise another tab's values, or none, would be
    taken for its own.
    """
    titles = {sheet["properties"].get("sheetId", 0): sheet["properties"]["title"] for sheet in types["sheets"]}
    wanted = [data_filter["gridRange"]["sheetId"] for data_filter in values_request(types)["dataFilters"]]
    answered = [
        (data_filter["gridRange"].get("sheetId", 0), found["valueRange"])
        for found in answer.get("valueRanges", ())
        for data_filter in found["dataFilters"]
    ]
    if sorted(sheet_id for sheet_id, _ in answered) != sorted(wanted):
        raise ValueError("not one answer for each tab")
    if any(_tab_title(found.get("range", "")) != titles[sheet_id] for sheet_id, found in answered):
        raise ValueError("the values of another tab")
    return {sheet_id: found.get("values", []) for sheet_id, found in answered}


def _tab_title(range_name: str) -> str:
    """The name of the tab in a range such as « 'Feuille 1'!A1:B2 »."""
    name = range_name.rpartition("!")[0]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def tabs_params(titles: Iterable[str]) -> Json:
    """The query parameters that read some tabs only."""
    return {"fields": FULL_FIELDS, "ranges": ["'" + title.replace("'", "''") + "'" for title in titles]}


def snapshot(answer: Json, version: str, values: Mapping[int, list[list[Any]]] | None = None) -> Snapshot:
    """The Snapshot of a spreadsheet; `values` are those of a second call, None when the first had them.

    Raises ValueError when the two calls contradict each other: people moved something in between.
    """
    tabs = tuple(_tab(sheet, values) for sheet in answer.get("sheets", ()))
    return Snapshot(tabs, version, CAPABILITIES)


def _tab(sheet: Json, values: Mapping[int, list[list[Any]]] | None) -> TabSnapshot:
    properties = sheet["properties"]
    sheet_id = properties.get("sheetId", 0)
    data = sheet.get("data", [{}])[0]
    typed = [row.get("values", ()) for row in data.get("rowData", ())]
    rows, formulas = _typed_cells(typed) if values is None else _merged_cells(values.get(sheet_id, []), typed)
    tab_marks = marks.marks_of_tab(sheet.get("developerMetadata", []), marks.TAB, sheet_id)
    return TabSnapshot(
        properties["title"],
        rows,
        tuple(_area(merge) for merge in sheet.get("merges", ())),
        formulas,
        next(iter(tab_marks), None),
        _column_marks(data.get("columnMetadata", ()), sheet_id),
        {name: frozenset(_editors(protection)) for name, protection in _protections(sheet)},
        next((mark["metadataValue"] for mark in _looks(sheet)), ""),
        tuple(map(_table, sheet.get("tables", ()))),
        views=frozenset(view["title"] for view in sheet.get("filterViews", ()) if "title" in view),
        hidden=properties.get("hidden", False),
    )


def _column_marks(columns: Sequence[Json], sheet_id: int) -> dict[int, str]:
    found = {}
    for place, column in enumerate(columns):
        for mark in marks.marks_of_tab(column.get("developerMetadata", []), marks.COLUMN, sheet_id):
            found[place] = mark
    return found


def _protections(sheet: Json) -> Iterator[tuple[str, Json]]:
    """Each protection that we made, with the id of what it protects."""
    for protection in sheet.get("protectedRanges", ()):
        found = _PROTECTION.match(protection.get("description", ""))
        if found:
            yield found[1], protection


def _editors(protection: Json) -> list[str]:
    found: list[str] = protection.get("editors", {}).get("users", [])
    return found


def _looks(sheet: Json) -> Iterator[Json]:
    return (mark for mark in sheet.get("developerMetadata", ()) if mark["metadataKey"] == marks.LOOK)


def _area(where: Json) -> Area:
    """The area of a GridRange with ends, such as those of merges and tables."""
    top, left = where.get("startRowIndex", 0), where.get("startColumnIndex", 0)
    return Area(top + 1, left, where["endRowIndex"], where["endColumnIndex"] - 1)


def _table(table: Json) -> Table:
    area = _area(table["range"])
    columns = (one for one in table.get("columnProperties", ()) if one.get("columnType") not in _UNTYPED)
    typed = (one.get("columnIndex", 0) for one in columns)
    return Table(area, frozenset(area.first_column + place for place in typed))


_UNTYPED = (None, "COLUMN_TYPE_UNSPECIFIED")
_Grid = list[list[CellValue]]
_Formulas = dict[tuple[int, int], str]


def _typed_cells(typed: Sequence[Sequence[Json]]) -> tuple[_Grid, _Formulas]:
    rows: _Grid = []
    formulas: _Formulas = {}
    for number, row in enumerate(typed, 1):
        line: list[CellValue] = [None] * len(row)
        for column, cell in enumerate(row):
            if cell:
                line[column], formula = cells.read(cell)
                if formula is not None:
                    formulas[number, column] = formula
        rows.append(line)
    return rows, formulas


def _merged_cells(values: Sequence[Sequence[Any]], typed: Sequence[Sequence[Json]]) -> tuple[_Grid, _Formulas]:
    rows: _Grid = [[cells.plain(value) for value in row] for row in values]
    formulas: _Formulas = {}
    for number, row in enumerate(typed, 1):
        for column, cell in enumerate(row):
            if cell:
                _merge_cell(rows, number, column, cell, formulas)
    return rows, formulas


def _merge_cell(rows: _Grid, row: int, column: int, cell: Json, formulas: _Formulas) -> None:
    """Set the error, date or time of one cell, according to its type; record its formula."""
    shown, formula = cells.read(cell)
    if formula is not None:
        formulas[row, column] = formula
    line = rows[row - 1] if row <= len(rows) else []
    value = line[column] if column < len(line) else None
    if shown is not None:
        if not isinstance(value, str) or not value.startswith("#"):
            raise ValueError("an error is elsewhere than it was")
        line[column] = shown
    elif isinstance(value, float):
        line[column] = cells.moment(value, cells.kind_of(cell))


def spreadsheet_properties(answer: Json) -> SpreadsheetProperties:
    """The properties that writing needs, from the same response."""
    ids = (mark["metadataId"] for mark in answer.get("developerMetadata", ()) if mark["metadataKey"] == marks.RUN)
    runs = (number for id_ in ids if 0 < (number := id_ - marks.FIRST_RUN) < marks.MAX_RUNS)
    tabs = {sheet["properties"]["title"]: _tab_properties(sheet) for sheet in answer.get("sheets", ())}
    return SpreadsheetProperties(tabs, tuple(sorted(runs)))


def _tab_properties(sheet: Json) -> TabProperties:
    properties = sheet["properties"]
    sheet_id, grid = properties.get("sheetId", 0), properties.get("gridProperties", {})
    columns = sheet.get("data", [{}])[0].get("columnMetadata", ())
    column_ids = {
        (mark, place): metadata_id
        for place, column in enumerate(columns)
        for mark, metadata_id in marks.marks_of_tab(column.get("developerMetadata", []), marks.COLUMN, sheet_id).items()
    }
    return TabProperties(
        sheet_id,
        grid.get("rowCount", 0),
        grid.get("columnCount", 0),
        column_ids,
        next((mark["metadataId"] for mark in _looks(sheet)), None),
        frozenset(chart["chartId"] for chart in sheet.get("charts", ())),
        len(sheet.get("conditionalFormats", ())),
        {name: (protection["protectedRangeId"], _editors(protection)) for name, protection in _protections(sheet)},
        tuple(table["tableId"] for table in sheet.get("tables", ())),
        {view["title"]: view["filterViewId"] for view in sheet.get("filterViews", ()) if "title" in view},
    )
