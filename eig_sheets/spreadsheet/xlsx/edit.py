"""Changes to a people's tab: an added column, cells of robot's columns, appended rows."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import Link, WrittenValue, a1
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, DeleteRows, FillCells, SetCells
from eig_sheets.spreadsheet.xlsx import grid, ranges
from eig_sheets.spreadsheet.xlsx.cell_values import CellWriter
from eig_sheets.spreadsheet.xlsx.contents import Contents, Tab, quoted
from eig_sheets.spreadsheet.xlsx.formatting import PADDING, Lists, Looks, column_colours, drop_down
from eig_sheets.spreadsheet.xlsx.frame import Frame
from eig_sheets.spreadsheet.xlsx.marks import mark_column
from eig_sheets.spreadsheet.xlsx.markup import DamagedError, check
from eig_sheets.spreadsheet.xlsx.notes import Note, add_notes
from eig_sheets.spreadsheet.xlsx.rows import Rows, has_formula, has_value, is_unticked_box, style_of
from eig_sheets.spreadsheet.xlsx.tab import hyperlink
from eig_sheets.spreadsheet.xlsx.tables import Tables
from eig_sheets.text.french import typographic


class SheetEditor:
    """An editor of one existing worksheet; `finish` writes its part."""

    def __init__(self, contents: Contents, tab: Tab, looks: Looks, lists: Lists) -> None:
        self._contents, self._tab, self._looks, self._lists = contents, tab, looks, lists
        data = contents.package.read(tab.part)
        check(data)
        parts = grid.split(data)
        self._rows = Rows(parts.body, parts.prefix)
        self._frame = Frame(parts.head + parts.tail)
        self._tables = Tables(contents.package, tab.part)
        self._writer = CellWriter(parts.prefix, since_1904=contents.since_1904)
        self._links: dict[str, Link | None] = {}
        self._linked_cells, self._merged = self._frame.linked_cells(), self._frame.merged()
        self._reached: list[tuple[int, int]] = []
        self.lost_formula = False

    def add_column(self, operation: AddColumn) -> None:
        """Add a header in an empty column, with the style of its left neighbour, its rules and its note."""
        row, column, look = operation.header_row, operation.column, operation.look
        self._refuse_taken(row, column)
        style = style_of(self._rows.cell(row, column - 1)) if column else 0
        self._put(
            row, column, style or style_of(self._rows.cell(row, column)) or self._looks.header(False), look.header
        )
        self._frame.set_width(column, look.width + PADDING)
        self._widen(row, column, look.header)
        area = f"{a1(row + 1, column)}:{a1(grid.MAX_ROW, column)}"
        if look.choices:
            self._frame.add_to_list("dataValidations", [drop_down(look, area, self._lists, self._frame.prefix)])
        colours, _ = column_colours(look, area, self._looks, self._frame.next_priority(), self._frame.prefix)
        if colours:
            self._frame.add("conditionalFormatting", colours)
        self._note(Note(row, column, look.note))
        if operation.mark:
            mark_column(self._contents, self._tab.name, row, column, operation.mark)

    def _widen(self, row: int, column: int, header: str) -> None:
        self._tables.add_column(row, column, header)
        area = self._frame.filter_area()
        wider = ranges.extend_right(area, row, column)
        if wider != area:
            self._set_filter(wider)

    def _set_filter(self, area: str) -> None:
        self._frame.set_filter_area(area)
        place = [tab.part for tab in self._contents.tabs].index(self._tab.part)
        if any(name.name == FILTER_NAME and name.local == place for name in self._contents.names):
            self._contents.set_name(FILTER_NAME, absolute(self._tab.name, area), place)

    def _note(self, note: Note) -> None:
        if not note.text:
            return
        relation = add_notes(self._contents, self._tab.part, [note])
        if relation:
            tag = f'<{self._frame.prefix}legacyDrawing xmlns:r="{self._contents.office}" r:id="{relation}"/>'
            self._frame.add("legacyDrawing", tag)

    def set_cells(self, operation: SetCells) -> None:
        """Write values of one robot's column; a cell keeps the style that people gave it."""
        column, look = operation.column, operation.look
        for row, value in operation.values:
            style = style_of(self._rows.cell(row, column))
            if not style and value not in (None, ""):
                style = self._looks.body(look.format, link=isinstance(value, Link))
            self._put(row, column, self._looks.for_value(style, look, value), value)

    def fill_cells(self, operation: FillCells) -> None:
        """Write values in empty cells of one people's column; a cell keeps the style that people gave it."""
        column, look = operation.column, operation.look
        for row, value in operation.values:
            self._refuse_taken(row, column)
            style = style_of(self._rows.cell(row, column)) or self._row_style(row) or self._frame.column_style(column)
            style = style or self._looks.body(look.format, link=isinstance(value, Link), typed=True)
            self._put(row, column, self._looks.for_value(style, look, value), value)

    def delete_rows(self, operation: DeleteRows) -> None:
        """Empty the last rows, whose cells keep their style; tables and filters that end there are shortened."""
        for row in range(operation.first_row, operation.last_row + 1):
            for column in range(operation.width):
                if has_value(cell := self._rows.cell(row, column)):
                    self._put(row, column, style_of(cell), None)
        self._tables.remove_rows(operation.first_row, operation.last_row)
        area = self._frame.filter_area()
        shorter = ranges.shorten(area, operation.first_row, operation.last_row)
        if shorter != area:
            self._set_filter(shorter)

    def append_rows(self, operation: AppendRows) -> None:
        """Add rows under the last one; tables, filters, drop-downs and colours that end there are extended.

        An empty row that people or their filter had hidden is shown: else nobody would see what is added.
        """
        if not operation.rows:
            return
        first, columns = operation.first_row, operation.columns
        last = first + len(operation.rows) - 1
        header = first - 1 if self._is_header(first - 1, columns) else None
        styles = [self._appended_style(first, column, header) for column in columns]
        for row, values in enumerate(operation.rows, first):
            self._rows.show(row)
            self._append(row, operation, values, styles)
        self._tables.add_rows(first, last, columns)
        area = self._frame.filter_area()
        longer = ranges.extend_down(area, first, last, columns)
        if longer != area:
            self._set_filter(longer)
        self._frame.extend_rules(first, last, columns, header)

    def _append(self, row: int, operation: AppendRows, values: tuple[WrittenValue, ...], styles: list[int]) -> None:
        row_style = self._row_style(row)
        for column, look, value, style in zip(operation.columns, operation.looks, values, styles, strict=True):
            known = self._rows.cell(row, column)
            unticked = is_unticked_box(known)
            if unticked and value is None:
                continue  # an empty check-box of people's stays
            if not unticked:
                self._refuse_taken(row, column)
            own = style_of(known) or row_style
            fallback = style or self._looks.body(look.format, link=isinstance(value, Link), typed=True)
            self._put(row, column, self._looks.for_value(own or fallback, look, value), value)

    def _row_style(self, row: int) -> int:
        style = grid.attribute(self._rows.row_attributes(row), "s")
        return int(style) if style else 0

    def _appended_style(self, first: int, column: int, header: int | None) -> int:
        above = 0 if header else style_of(self._rows.cell(first - 1, column))
        return self._frame.column_style(column) or above

    def _is_header(self, row: int, columns: tuple[int, ...]) -> bool:
        """Whether the row above the added ones is the header, whose style and own rules must not be extended."""
        area = ranges.parse(self._frame.filter_area())
        if row in self._tables.header_rows() or row == self._frame.frozen_rows() or (area and area.first_row == row):
            return True
        cells = [cell for column in columns if has_value(cell := self._rows.cell(row, column))]
        return bool(cells) and all(self._looks.styles.is_bold(style_of(cell)) for cell in cells)

    def _refuse_taken(self, row: int, column: int) -> None:
        cell = a1(row, column)
        if has_value(self._rows.cell(row, column)):
            raise _refused(self._tab.name, cell, "la cellule n’est pas vide")
        for area in self._merged:
            inside = area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
            if inside and (row, column) != (area.first_row, area.first_column):
                raise _refused(self._tab.name, cell, f"elle est fusionnée ({ranges.text(area)})")

    def _put(self, row: int, column: int, style: int, value: WrittenValue) -> None:
        address = a1(row, column)
        if has_formula(self._rows.cell(row, column)):
            self._rows.unshare_formula(row, column)
            self.lost_formula = True
        self._rows.put(row, column, self._writer.cell(self._tab.name, address, style, value))
        self._reached.append((row, column))
        if isinstance(value, Link):
            self._links[address] = value
        elif address in self._linked_cells or address in self._links:
            self._links[address] = None

    def finish(self) -> None:
        """Write the sheet part and the tables that changed."""
        if not self._reached:
            return
        for address in self._links.keys() & self._linked_cells:
            self._frame.unlink(address)
        new = [hyperlink(address, link, self._frame.prefix) for address, link in self._links.items() if link]
        self._frame.add_to_list("hyperlinks", new, counted=False)
        for reach in (min, max):
            self._frame.enlarge_dimension(
                reach(row for row, _ in self._reached), reach(column for _, column in self._reached)
            )
        parts = grid.split(self._frame.data)
        self._contents.package.write(self._tab.part, parts.head + self._rows.to_bytes() + parts.tail)
        self._tables.finish()


FILTER_NAME = "_xlnm._FilterDatabase"


def absolute(tab: str, area: str) -> str:
    """An area of a tab as an absolute reference, for defined names: 'Tab'!$A$1:$C$5."""
    parsed = ranges.parse(area)
    if parsed is None:
        raise DamagedError(f"area {area!r}")
    corners = area.split(":")
    return f"{quoted(tab)}!" + ":".join(_anchored(corner) for corner in corners)


def _anchored(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _refused(tab: str, cell: str, why: str) -> WorkbookError:
    return WorkbookError(
        typographic(
            f"Onglet « {tab} », cellule {cell} : rien n’a été écrit, {why}. "
            "Libérez cette cellule, puis relancez la commande."
        )
    )
