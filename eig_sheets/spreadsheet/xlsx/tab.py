"""XML of the sheet part of a whole tab that we create or replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.cells import Formula, Link, WrittenValue, a1, column_index, column_letters
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.xlsx.banners import Banners
from eig_sheets.spreadsheet.xlsx.cell_values import CellWriter
from eig_sheets.spreadsheet.xlsx.contents import Contents, quoted
from eig_sheets.spreadsheet.xlsx.formatting import (
    PADDING,
    Lists,
    Looks,
    column_colours,
    drop_down,
    opaque,
    read_only_rule,
    warning_colours,
)
from eig_sheets.spreadsheet.xlsx.grid import MAX_ROW
from eig_sheets.spreadsheet.xlsx.markup import escape_attribute
from eig_sheets.spreadsheet.xlsx.notes import Note

WARNING_SIGN = "⚠"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OUTLINED = ' outlineLevelCol="1"'
_OUTLINED_ROWS = ' outlineLevelRow="1"'
_ROW_HEIGHT = 15
_WIDTH_OF_A_PAGE = 230
_CHARACTERS = 1.1  # of a text on one line, for each unit of a width, which is that of a digit
_WIDTH_OF_KEYS = 30


@dataclass(frozen=True, slots=True)
class Preserved:
    """The preserved parts of a replaced tab: selection, zoom, widths, the drawings that people added, frozen columns.

    `frozen_columns` is None of a tab that is made. `unfolded`: people unfolded its rows.
    """

    selected: bool = False
    zoom: str = ""
    widths: str = ""
    drawing: str = ""
    frozen_columns: int | None = None
    unfolded: bool = False


@dataclass(slots=True)
class TabXml:
    """The sheet part of one tab, and the values for other parts that depend on it."""

    contents: Contents
    looks: Looks
    lists: Lists
    sheet: Sheet
    name: str
    preserved: Preserved = Preserved()
    links: list[str] = field(default_factory=list)

    @property
    def _robot(self) -> bool:
        return self.sheet.owner is Owner.ROBOT

    @property
    def _last_row(self) -> int:
        return self.sheet.header_row + len(self.sheet.rows)

    @property
    def filter_area(self) -> str:
        """The area of the filter: headers and rows."""
        return f"A{self.sheet.header_row}:{a1(self._last_row, max(len(self.sheet.columns), 1) - 1)}"

    @property
    def pages_across(self) -> int:
        """The number of printed pages across on which the tab is readable."""
        shown = (column for column in self.sheet.columns if not (column.hidden or column.group))
        return max(1, round(sum(column.width + PADDING for column in shown) / _WIDTH_OF_A_PAGE))

    @property
    def _frozen_columns(self) -> int:
        if self.preserved.frozen_columns is not None:
            return self.preserved.frozen_columns
        return self.sheet.frozen_columns or int(self.pages_across > 1 and not self._robot)

    @property
    def titles(self) -> str:
        """The rows and columns that every printed page repeats, as the text of a defined name."""
        row = self.sheet.header_row
        rows = f"{quoted(self.name)}!${row}:${row}"
        return f"{quoted(self.name)}!$A:${self._last_key},{rows}" if self.pages_across > 1 else rows

    @property
    def _last_key(self) -> str:
        """The last of the first columns that identify a row: a rank alone does not."""
        if self.sheet.frozen_columns:
            return column_letters(self.sheet.frozen_columns - 1)
        widths = [column.width for column in self.sheet.columns[:2]]
        return "B" if len(widths) == 2 and sum(widths) <= _WIDTH_OF_KEYS else "A"

    @property
    def _banners(self) -> Banners:
        return Banners(self.sheet, column_index(self._last_key) + 1 if self.pages_across > 1 else 0)

    def notes(self) -> list[Note]:
        """The notes on the headers."""
        row = self.sheet.header_row
        return [Note(row, place, column.note) for place, column in enumerate(self.sheet.columns) if column.note]

    def _area(self, column: int) -> str:
        last = self._last_row if self._robot else MAX_ROW
        return f"{a1(self.sheet.header_row + 1, column)}:{a1(last, column)}"

    def to_xml(self, drawing_of_notes: str = "") -> bytes:
        """The bytes of the part; `drawing_of_notes` is the relationship id of the drawing of notes."""
        rows = self._rows()
        pieces = (
            _DECLARATION,
            f'<worksheet xmlns="{self.contents.main_namespace}" xmlns:r="{self.contents.office}">',
            f'<sheetPr><tabColor rgb="{opaque(palette.TABS[self.sheet.owner])}"/>',
            '<outlinePr summaryBelow="0"/>' if self.sheet.folded_rows else "",
            '<pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="{self._dimension()}"/>',
            self._view(),
            self._format(),
            self.preserved.widths or self._widths(),
            f"<sheetData>{rows}</sheetData>",
            '<sheetProtection sheet="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
            if self._robot
            else "",
            f'<autoFilter ref="{self.filter_area}"/>' if self.sheet.columns else "",
            self._banners.merges(),
            self._colours(),
            self._validations(),
            f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else "",
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="{self.pages_across}" fitToHeight="0"/>',
            f"<headerFooter><oddFooter>&amp;L&amp;A{self._banners.foot()}&amp;Rpage &amp;P / &amp;N</oddFooter>",
            "</headerFooter>",
            self._breaks(),
            self._ignored(),
            f'<drawing r:id="{self.preserved.drawing}"/>' if self.preserved.drawing else "",
            f'<legacyDrawing r:id="{drawing_of_notes}"/>' if drawing_of_notes else "",
            "</worksheet>",
        )
        return "".join(pieces).encode()

    def _format(self) -> str:
        outlined = _OUTLINED_ROWS if self.sheet.folded_rows else ""
        outlined += _OUTLINED if self.sheet.groups else ""
        return f'<sheetFormatPr defaultRowHeight="{_ROW_HEIGHT}"{outlined}/>'

    def _dimension(self) -> str:
        return f"A1:{a1(max(self._last_row, 1), max(len(self.sheet.columns), 1) - 1)}"

    def _view(self) -> str:
        preserved = ' tabSelected="1"' if self.preserved.selected else ""
        preserved += (
            f' zoomScale="{self.preserved.zoom}" zoomScaleNormal="{self.preserved.zoom}"' if self.preserved.zoom else ""
        )
        lines = ' showGridLines="0"' if self._robot else ""
        columns = self._frozen_columns
        corner = a1(self.sheet.header_row + 1, columns)
        pane, across = ("bottomRight", f'xSplit="{columns}" ') if columns else ("bottomLeft", "")
        return (
            f'<sheetViews><sheetView{lines}{preserved} workbookViewId="0">'
            f'<pane {across}ySplit="{self.sheet.header_row}" topLeftCell="{corner}"'
            f' activePane="{pane}" state="frozen"/>'
            f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
        )

    def _widths(self) -> str:
        folded = {end + 1 for _, end in self.sheet.groups}  # the column after a group has the button that unfolds it
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{column.width + PADDING:g}" customWidth="1"'
            + ("" if self._robot else f' style="{self._style(column)}"')
            + (' outlineLevel="1"' if column.group else "")
            + (' hidden="1"' if column.hidden or column.group else "")
            + (' collapsed="1"/>' if place in folded else "/>")
            for place, column in enumerate(self.sheet.columns, 1)
        )
        return f"<cols>{columns}</cols>" if columns else ""

    def _style(self, column: Column, *, link: bool = False) -> int:
        return self.looks.body(column.format, unlocked=self._robot, link=link, typed=not self._robot)

    def _rows(self) -> str:
        writer = CellWriter("", since_1904=self.contents.since_1904)
        rows = [self._banner(writer, number, line) for number, line in enumerate(self.sheet.banner, 1)]
        header = self.sheet.header_row
        style = self.looks.header(self._robot)
        headers = [
            writer.cell(self.name, a1(header, place), style, column.header)
            for place, column in enumerate(self.sheet.columns)
        ]
        rows.append(f'<row r="{header}"{self._height(())}>{"".join(headers)}</row>')
        rows += self._values(writer)
        return "".join(rows)

    def _banner(self, writer: CellWriter, number: int, line: str | Formula) -> str:
        banners = self._banners
        style = self.looks.banner(isinstance(line, str) and line.startswith(WARNING_SIGN), wrapped=banners.is_folded)
        values: list[WrittenValue] = [None] * max(len(self.sheet.columns), 1)
        values[banners.column] = line
        cells = (writer.cell(self.name, a1(number, place), style, value) for place, value in enumerate(values))
        return f'<row r="{number}" ht="{banners.height(line)}" customHeight="1">{"".join(cells)}</row>'

    def _values(self, writer: CellWriter) -> list[str]:
        columns = [
            (column_letters(place), column, self._style(column)) for place, column in enumerate(self.sheet.columns)
        ]
        rows = []
        for number, values in enumerate(self.sheet.rows, self.sheet.header_row + 1):
            padded = (*values, *(None,) * (len(columns) - len(values)))
            cells = [
                self._cell(writer, f"{letters}{number}", column, style, value)
                for (letters, column, style), value in zip(columns, padded, strict=True)
            ]
            rows.append(f'<row r="{number}"{self._height(padded)}{self._fold(number)}>{"".join(cells)}</row>')
        return rows

    def _fold(self, row: int) -> str:
        """What says of a row that it is folded; of the one above, that what follows is."""
        first, last = self.sheet.folded_rows or (0, 0)
        if row == first - 1:
            return "" if self.preserved.unfolded else ' collapsed="1"'
        if not first <= row <= last:
            return ""
        return ' outlineLevel="1"' if self.preserved.unfolded else ' hidden="1" outlineLevel="1"'

    def _height(self, values: Sequence[WrittenValue]) -> str:
        """The height of a row above charts, which LibreOffice would not move once it has fitted a row to its text."""
        if not self.sheet.charts:
            return ""
        wrapped = (
            -(-len(value) // int(_CHARACTERS * column.width))
            for column, value in zip(self.sheet.columns, values, strict=False)
            if column.format is Format.WRAPPED and isinstance(value, str)
        )
        return f' ht="{_ROW_HEIGHT * max(1, *wrapped, 1)}" customHeight="1"'

    def _cell(self, writer: CellWriter, address: str, column: Column, style: int, value: WrittenValue) -> str:
        if isinstance(value, Link):
            style = self._style(column, link=True)
            self.links.append(hyperlink(address, value))
        return writer.cell(self.name, address, self.looks.for_value(style, column, value), value)

    def _colours(self) -> str:
        blocks, priority = [], 1
        last = column_letters(max(len(self.sheet.columns), 1) - 1)
        for number, line in enumerate(self.sheet.banner, 1):
            if isinstance(line, Formula):
                blocks.append(warning_colours(f"A{number}:{last}{number}", f"$A${number}", self.looks, priority))
                priority += 1
        for place, column in enumerate(self.sheet.columns):
            if self._robot and not self.sheet.rows:
                break
            block, priority = column_colours(column, self._area(place), self.looks, priority)
            blocks.append(block)
        return "".join(blocks)

    def _validations(self) -> str:
        if self._robot:
            first = self.sheet.header_row + 1
            area = f"A{first}:{a1(max(self._last_row, first), max(len(self.sheet.columns), 1) - 1)}"
            return f'<dataValidations count="1">{read_only_rule(area)}</dataValidations>'
        rules = [
            drop_down(column, self._area(place), self.lists)
            for place, column in enumerate(self.sheet.columns)
            if column.choices
        ]
        return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""

    def _breaks(self) -> str:
        """A new printed page for the charts, which the end of the first would cut."""
        tops = [chart.at[0] for chart in self.sheet.charts]
        if not tops:
            return ""
        return f'<rowBreaks count="1" manualBreakCount="1"><brk id="{min(tops) - 1}" max="16383" man="1"/></rowBreaks>'

    def _ignored(self) -> str:
        """The element that hides Excel's warning about numbers stored as text."""
        texts = [place for place, column in enumerate(self.sheet.columns) if column.format is Format.TEXT]
        if not texts or (self._robot and not self.sheet.rows):
            return ""
        areas = " ".join(self._area(place) for place in texts)
        return f'<ignoredErrors><ignoredError sqref="{areas}" numberStoredAsText="1"/></ignoredErrors>'


def hyperlink(address: str, link: Link, prefix: str = "") -> str:
    """The hyperlink element of a cell to another cell of the workbook."""
    location = escape_attribute(f"{quoted(link.tab)}!{link.cell}")
    return f'<{prefix}hyperlink ref="{address}" location="{location}" display="{escape_attribute(link.text)}"/>'
