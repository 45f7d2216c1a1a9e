"""The location of the schema in a workbook: each tab, its header row, its columns, and the robot's columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eig_sheets.spreadsheet.model import cell_names
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.ownership import is_filled


@dataclass(frozen=True, slots=True)
class Names:
    """Other names that the staff gives to tabs (by tab id) and headers (by field id)."""

    tabs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TabLayout:
    """The location of a people's tab or of the outbox. Rows are 1-based, columns 0-based.

    `columns` has the fields that exist; `robot_columns` the robot's fields that are surely ours;
    `last_row` is the last row in which people filled or merged anything; `repeated` the fields with several columns,
    `lost` the marked columns that are not surely ours any more, `duplicate_marks` the (column, robot field id) of
    others that bear the mark of one of these. `rows_have_ids`: people know a row by its id. `workbook`: what people
    call the workbook, when it is another than the one that is spoken of. `vanished`: the fields whose column held
    something at the last run and is not found any more, each with the column that probably replaced it.
    `sources`: of what jurors' pages say, the file from which each row comes.
    """

    schema: TabSchema
    tab: TabSnapshot
    header_row: int
    columns: Mapping[str, int]
    robot_columns: Mapping[str, int]
    last_row: int
    repeated: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    duplicate_marks: tuple[tuple[int, str], ...] = ()
    rows_have_ids: bool = False
    workbook: str = ""
    vanished: Mapping[str, int | None] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the tab in the workbook."""
        return self.tab.name

    @property
    def available(self) -> frozenset[str]:
        """Ids of the fields that have a column."""
        return frozenset(self.columns)

    @property
    def marked_robot_columns(self) -> frozenset[int]:
        """The robot's columns that stay so whatever they show: one of an imported file is only ours by its values."""
        return frozenset(column for column in self.robot_columns.values() if column in self.tab.column_marks)

    @property
    def programs_columns(self) -> frozenset[int]:
        """The columns that no person fills: the robot's, and those in which the program says who typed a cell."""
        return frozenset((*self.robot_columns.values(), *self.tab.author_columns.values()))

    @property
    def unknown_headers(self) -> dict[int, str]:
        """The headers of the columns that are of no field and that people fill, by their place."""
        repeated = {column for places in self.repeated.values() for column in places}
        taken = {*self.columns.values(), *self.programs_columns, *self.lost.values(), *repeated}
        cells = enumerate(self.tab.rows[self.header_row - 1])
        return {place: str(cell) for place, cell in cells if is_filled(cell) and place not in taken}

    def cell(self, field_id: str, row: int) -> str | None:
        """Address of a field in a row; None when the tab has no such column."""
        column = self.columns.get(field_id)
        return None if column is None else a1(row, column)

    def row_name(self, row: int) -> int:
        """The number by which people know a row."""
        return cell_names.row_name(row, by_id=self.rows_have_ids)

    def cell_name(self, row: int, column: int) -> str:
        """The name by which people know a cell."""
        return cell_names.cell_name(self.tab, row, column, by_id=self.rows_have_ids, header_row=self.header_row)

    def reference(self, field_id: str, row: int) -> str | None:
        """The name of a field's cell in a row, with that of the tab; None when the tab has no such column."""
        column = self.columns.get(field_id)
        if column is None:
            return None
        reference = cell_names.reference(self.tab, row, column, by_id=self.rows_have_ids)
        return f"{reference} ({self.workbook})" if self.workbook else reference

    def header(self, field_id: str) -> str:
        """The header as people wrote it, else ours."""
        column = self.columns.get(field_id)
        written = None if column is None else self.tab.value(self.header_row, column)
        return " ".join(str(written).split()) if written is not None else self.schema.field(field_id).header


@dataclass(frozen=True, slots=True)
class Layout:
    """The locations of all tabs. With any of `problems`, which concern the whole workbook, nothing may be written."""

    tabs: Mapping[str, TabLayout]
    robot_tabs: Mapping[str, str]
    problems: tuple[Anomaly, ...]
