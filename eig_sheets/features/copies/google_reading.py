"""Converts Google's JSON of a whole spreadsheet into its copy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eig_sheets.features.copies import google_cells as cells
from eig_sheets.features.copies import google_rules as rules
from eig_sheets.features.copies.model import LAST_COLUMN, LAST_ROW, CopiedTab, Copy, LongText, Remarks, shortened
from eig_sheets.spreadsheet.google import marks
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import a1, is_too_long
from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.new_xlsx.content import BLANK, Cell, Style, Tab, Width, tab_names
from eig_sheets.text.french import typographic

Json = dict[str, Any]

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"
_TEXT = "textFormat(foregroundColorStyle,fontFamily,fontSize,bold,italic,strikethrough,underline)"
_FORMAT = f"backgroundColorStyle,borders,horizontalAlignment,verticalAlignment,wrapStrategy,{_TEXT},numberFormat"
MASK = (
    "properties.spreadsheetTheme,sheets(properties(sheetId,title,hidden,tabColorStyle,gridProperties),"
    f"merges,{_MARK},charts.chartId,conditionalFormats,columnGroups(range(startIndex,endIndex),collapsed),"
    f"data(rowMetadata.hiddenByUser,columnMetadata(pixelSize,hiddenByUser,{_MARK}),rowData.values("
    f"userEnteredValue.formulaValue,effectiveValue,userEnteredFormat({_FORMAT}),effectiveFormat.numberFormat,"
    "hyperlink,note,dataValidation.condition)))"
)
"""The field mask of `spreadsheets.get` that gives what a copy needs."""

_INTERNAL_LINK = re.compile(r"#gid=(\d+)(?:&range=([A-Z]+\d+))?")
_WEB_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_MOST_LEVELS = 7
"""Of groups of columns, in an .xlsx."""
_USUAL_PIXELS, _PIXELS_AROUND, _PIXELS_OF_A_CHARACTER = 100, 5, 7


def read_book(answer: Json, beside: str) -> Copy:
    """The copy of the spreadsheet that `spreadsheets.get` gave with MASK; `beside` names its file of long texts.

    Raises WorkbookError when a tab is larger than a tab of an .xlsx can be.
    """
    sheets = answer.get("sheets", [])
    names = tab_names([sheet["properties"]["title"] for sheet in sheets])
    by_id = {sheet["properties"].get("sheetId", 0): name for sheet, name in zip(sheets, names, strict=True)}
    theme = cells.theme_colours(answer.get("properties", {}))
    styles = cells.StyleReader(theme)
    tabs: list[CopiedTab] = []
    long_texts: list[LongText] = []
    for sheet in sheets:
        reader = TabReader(sheet, by_id, theme, styles, beside)
        tabs.append(reader.copied())
        long_texts += reader.long_texts
    return Copy(tuple(tabs), tuple(long_texts))


@dataclass(slots=True)
class TabReader:
    """Converts one Sheet. `names` are the tab names of the copy, by sheet id; `beside` names the file of long texts."""

    sheet: Json
    names: Mapping[int, str]
    theme: Mapping[str, str]
    styles: cells.StyleReader
    beside: str
    long_texts: list[LongText] = field(default_factory=list)
    _formulas: list[str] = field(default_factory=list)
    _notes: list[tuple[int, int, str]] = field(default_factory=list)
    _cells_by_remark: dict[cells.Remark, list[str]] = field(default_factory=dict)

    @property
    def _id(self) -> int:
        sheet_id: int = self.sheet["properties"].get("sheetId", 0)
        return sheet_id

    @property
    def _title(self) -> str:
        title: str = self.sheet["properties"]["title"]
        return title

    def copied(self) -> CopiedTab:
        """The tab, and how it differs. Raises WorkbookError when it is larger than a tab of an .xlsx can be."""
        properties = self.sheet["properties"]
        grid = properties.get("gridProperties", {})
        size = (grid.get("rowCount", 0), grid.get("columnCount", 0))
        data = self.sheet.get("data", [{}])[0]
        row_data = [row.get("values", []) for row in data.get("rowData", ())]
        rows = [self._row(number, row) for number, row in enumerate(row_data, 1)]
        self._refuse_if_too_large(rows)
        columns = data.get("columnMetadata", ())
        colour_rules = [
            rules.colour_rule(rule, size, self.theme, self._id) for rule in self.sheet.get("conditionalFormats", ())
        ]
        written = Tab(
            name=self.names[self._id],
            rows=[row[:LAST_COLUMN] for row in rows[:LAST_ROW]],
            widths=_widths(
                columns, rows[-1] if rows and len(rows) == size[0] else (), self.sheet.get("columnGroups", ())
            ),
            hidden=properties.get("hidden", False),
            colour=cells.colour(properties.get("tabColorStyle"), self.theme),
            grid_lines=not grid.get("hideGridlines", False),
            frozen_rows=grid.get("frozenRowCount", 0),
            frozen_columns=grid.get("frozenColumnCount", 0),
            hidden_rows=_hidden(data.get("rowMetadata", ())),
            merges=[_merge(grid_range) for grid_range in self.sheet.get("merges", ())],
            notes=self._notes,
            drop_downs=[*rules.drop_downs([[rules.choices(cell) for cell in row] for row in row_data], size[0])],
            rules=[rule for rule in colour_rules if rule is not None],
            mark=next(iter(marks.marks_of_tab(self.sheet.get("developerMetadata", []), marks.TAB, self._id)), None),
            column_marks=self._column_marks(columns),
        )
        remarks = Remarks(
            self._formulas,
            self._cells_by_remark.get(cells.Remark.OLD_DATE, []),
            self._cells_by_remark.get(cells.Remark.LOADING, []),
            len(self.sheet.get("charts", ())),
            colour_rules.count(None),
        )
        return CopiedTab(self._title, written, remarks)

    def _row(self, row: int, values: list[Json]) -> list[Cell]:
        return [self._cell(row, column, cell) if cell else BLANK for column, cell in enumerate(values)]

    def _cell(self, row: int, column: int, cell: Json) -> Cell:
        value, remark = cells.value(cell)
        if remark is not None:
            self._cells_by_remark.setdefault(remark, []).append(a1(row, column))
        if "formulaValue" in cell.get("userEnteredValue", {}):
            self._formulas.append(a1(row, column))
        if note := cell.get("note"):
            self._notes.append((row, column, self._shortened(note, "note de la cellule", row, column)))
        if isinstance(value, str):
            value = self._shortened(value, "cellule", row, column)
        return Cell(value, self.styles.of(cell, value), self._link(cell.get("hyperlink", "")))

    def _shortened(self, text: str, kind: str, row: int, column: int) -> str:
        if not is_too_long(text):
            return text
        self.long_texts.append(LongText(self._title, f"{kind} {a1(row, column)}", text))
        return shortened(text, self.beside)

    def _link(self, address: str) -> str:
        if match := _INTERNAL_LINK.fullmatch(address):
            name = self.names.get(int(match[1]))
            return "" if name is None else "#'{}'!{}".format(name.replace("'", "''"), match[2] or "A1")
        return address if _WEB_LINK.match(address) else ""

    def _column_marks(self, columns: list[Json]) -> dict[int, str]:
        return {
            place: mark
            for place, column in enumerate(columns)
            for mark in marks.marks_of_tab(column.get("developerMetadata", []), marks.COLUMN, self._id)
        }

    def _refuse_if_too_large(self, rows: list[list[Cell]]) -> None:
        beyond = (*rows[LAST_ROW:], *(row[LAST_COLUMN:] for row in rows))
        if any(cell.value is not None for row in beyond for cell in row):
            raise WorkbookError(
                typographic(
                    f"L’onglet « {self._title} » est trop grand pour un classeur .xlsx : rien n’a été écrit. Déplacez "
                    "une partie de ses lignes ou de ses colonnes dans un autre onglet, puis relancez la commande."
                )
            )


def _merge(grid_range: Json) -> Area:
    top, left = grid_range.get("startRowIndex", 0), grid_range.get("startColumnIndex", 0)
    return Area(top + 1, left, grid_range["endRowIndex"], grid_range["endColumnIndex"] - 1)


def _hidden(rows: list[Json]) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(rows, 1) if row.get("hiddenByUser"))


def _widths(columns: list[Json], last_row: list[Cell] | tuple[()], groups: Sequence[Json]) -> list[Width]:
    """The widths of the columns; the style of each is that of its last cell, for rows that people add below."""
    spans = [(group["range"].get("startIndex", 0), group["range"].get("endIndex", 0)) for group in groups]
    folded = {end for (_, end), group in zip(spans, groups, strict=True) if group.get("collapsed")}
    widths = []
    for place, column in enumerate(columns[:LAST_COLUMN]):
        pixels = column.get("pixelSize", _USUAL_PIXELS)
        style = last_row[place].style if place < len(last_row) else Style()
        characters = max(pixels - _PIXELS_AROUND, 0) / _PIXELS_OF_A_CHARACTER
        level = min(sum(first <= place < end for first, end in spans), _MOST_LEVELS)
        widths.append(Width(round(characters, 2), column.get("hiddenByUser", False), style, level, place in folded))
    return widths
