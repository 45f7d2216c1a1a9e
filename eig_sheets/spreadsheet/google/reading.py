"""Conversion of Google's responses to a Snapshot, and to the ids that writing needs.

A spreadsheet is read in one call, or in several, which `split_reading` makes and puts together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from eig_sheets.spreadsheet.google import cells, marks
from eig_sheets.spreadsheet.google.cells import LONGEST_TEXT
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Area, Snapshot, TableRange, TabSnapshot

CAPABILITIES: Final = Capabilities(
    concurrent_editors=True,
    header_formulas=True,
    inserts_rows=True,
    marks=True,
    protections=True,
    filter_views=True,
    unmarked_imports=True,
    look_digests=True,
    never_empty=True,
    remote=True,
    longest_text=LONGEST_TEXT,
    text_holder="une feuille Google",
    program="Google",
)


Json = dict[str, Any]
Cells = tuple[list[list[CellValue]], dict[tuple[int, int], str]]
"""The rows of a tab, and its formulas by (1-based row, 0-based column)."""

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"
_FIELDS = (
    f"{_MARK},sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),merges,{_MARK},"
    "tables(tableId,range,columnProperties(columnIndex,columnType)),"
    "protectedRanges(protectedRangeId,description,editors.users),charts.chartId,conditionalFormats.ranges.sheetId,filterViews(filterViewId,title),"
    "rowGroups(range(startIndex,endIndex),collapsed),"
    "data(%s))"
)
_COLUMNS = f"columnMetadata.{_MARK}"
_CELLS = (
    "startRow,startColumn,"
    "rowData.values(userEnteredValue.formulaValue,effectiveValue,effectiveFormat.numberFormat.type)"
)
FULL_FIELDS = _FIELDS % f"{_COLUMNS},{_CELLS}"
"""The field mask of the one call that reads everything."""

STRUCTURE_FIELDS = _FIELDS % _COLUMNS
"""The field mask of everything but cells."""

CELL_FIELDS = f"sheets(properties(sheetId,title),data({_COLUMNS},{_CELLS}))"
"""The field mask of cells with their types, and of the marks of columns."""

_PROTECTION = re.compile(r"^eig-sheets\b.*\[(.*)\]$")


@dataclass(frozen=True, slots=True)
class TabProperties:
    """The properties of a tab that writing needs.

    `column_ids` maps (mark, 0-based column) to the id of the mark; `protections` maps what each of our protections
    protects to its (id, editors). `tables` are the ids of those that people made, `views` those of filter views by
    their title. `row_groups`: each group of rows, 0-based and end excluded, and whether it is folded.
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
    row_groups: Mapping[tuple[int, int], bool] = field(default_factory=dict)


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


def tabs_params(titles: Iterable[str]) -> Json:
    """The query parameters that read some tabs only."""
    return {"fields": FULL_FIELDS, "ranges": ["'" + title.replace("'", "''") + "'" for title in titles]}


def with_tabs(answer: Json, ids: Collection[int]) -> Json:
    """The same answer with the tabs of these ids alone."""
    return {**answer, "sheets": [sheet for sheet in answer["sheets"] if sheet["properties"].get("sheetId", 0) in ids]}


def titles_of_grids(answer: Json) -> dict[int, str]:
    """The names of the tabs that have cells, by their ids; `answer` has the marks of columns."""
    grids = (sheet["properties"] for sheet in answer["sheets"] if "data" in sheet)
    return {properties.get("sheetId", 0): properties["title"] for properties in grids}


def column_marks_by_tab(answer: Json) -> dict[tuple[int, str], dict[int, str]]:
    """The marks of columns of each tab that has cells, by its id and name, from its first row on."""
    return {
        (sheet_id, title): _column_marks(_first_rows(sheet).get("columnMetadata", ()), sheet_id)
        for sheet in answer["sheets"]
        if "data" in sheet
        for sheet_id, title in titles_of_grids({"sheets": [sheet]}).items()
    }


def _first_rows(sheet: Json) -> Json:
    return next((block for block in sheet["data"] if not block.get("startRow")), {})


def snapshot(answer: Json, version: str, tabs: Mapping[int, Cells] | None = None) -> Snapshot:
    """The Snapshot of a spreadsheet; `tabs` are the cells of each by its id, None when the answer has them."""
    snapshots = tuple(_tab(sheet, tabs) for sheet in answer.get("sheets", ()))
    return Snapshot(snapshots, version, CAPABILITIES, identity=marks.identity(answer.get("developerMetadata", [])))


def _tab(sheet: Json, tabs: Mapping[int, Cells] | None) -> TabSnapshot:
    properties = sheet["properties"]
    sheet_id = properties.get("sheetId", 0)
    data = sheet.get("data", [{}])[0]
    rows, formulas = _cells(data) if tabs is None else tabs.get(sheet_id, ([], {}))
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
    by_column = {}
    for place, column in enumerate(columns):
        for mark in marks.marks_of_tab(column.get("developerMetadata", []), marks.COLUMN, sheet_id):
            by_column[place] = mark
    return by_column


def _protections(sheet: Json) -> Iterator[tuple[str, Json]]:
    """Each protection that we made, with the id of what it protects."""
    for protection in sheet.get("protectedRanges", ()):
        match = _PROTECTION.match(protection.get("description", ""))
        if match:
            yield match[1], protection


def _editors(protection: Json) -> list[str]:
    emails: list[str] = protection.get("editors", {}).get("users", [])
    return emails


def _looks(sheet: Json) -> Iterator[Json]:
    return (mark for mark in sheet.get("developerMetadata", ()) if mark["metadataKey"] == marks.LOOK)


def _area(where: Json) -> Area:
    """The area of a GridRange with ends, such as those of merges and tables."""
    top, left = where.get("startRowIndex", 0), where.get("startColumnIndex", 0)
    return Area(top + 1, left, where["endRowIndex"], where["endColumnIndex"] - 1)


def _table(table: Json) -> TableRange:
    area = _area(table["range"])
    columns = (column for column in table.get("columnProperties", ()) if column.get("columnType") not in _UNTYPED)
    typed = (column.get("columnIndex", 0) for column in columns)
    return TableRange(area, frozenset(area.first_column + place for place in typed))


_UNTYPED = (None, "COLUMN_TYPE_UNSPECIFIED")


def _cells(data: Json) -> Cells:
    rows: list[list[CellValue]] = []
    formulas: dict[tuple[int, int], str] = {}
    for number, row in enumerate((line.get("values", ()) for line in data.get("rowData", ())), 1):
        line: list[CellValue] = [None] * len(row)
        for column, cell in enumerate(row):
            if cell:
                line[column], formula = cells.read(cell)
                if formula is not None:
                    formulas[number, column] = formula
        rows.append(line)
    return rows, formulas


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
        {_span(group["range"]): group.get("collapsed", False) for group in sheet.get("rowGroups", ())},
    )


def _span(span: Json) -> tuple[int, int]:
    return span.get("startIndex", 0), span["endIndex"]
