"""A snapshot of a workbook: every cell as it is, nothing interpreted; definitions that were altered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from eig_sheets.spreadsheet.model.access import OPEN, AccessState
from eig_sheets.spreadsheet.model.capabilities import PLAIN, Capabilities
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.signing import MARK, AuthorColumn

TABLE: Final = "table_alteree"
"""A column of a robot's tab computes, or has another type: the tab is written again."""
COLUMN: Final = "colonne_en_formule"
"""A column of people's computes its values."""
FORM: Final = "formulaire_publie"
"""A form adds rows, for whoever has its link."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """An alteration: its code, the tab, the header of the column ('': the whole tab), what it is about if anything."""

    code: str
    tab: str
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class SentMark:
    """An e-mail that left, or may have, apart from the tab that says so: its id, the digest of its line, its state."""

    id: str
    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells: 1-based rows, 0-based columns, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def contains(self, row: int, column: int) -> bool:
        """Whether the cell at a 1-based row and 0-based column is one of its own."""
        return self.first_row <= row <= self.last_row and self.covers(column)

    def covers(self, column: int) -> bool:
        """Whether a 0-based column is one of its own."""
        return self.first_column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class TableRange:
    """A range that people made a table of; `typed` are its (0-based) columns that hold their cells to one type."""

    area: Area
    typed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TabSnapshot:
    """One tab, from A1 on.

    `rows[i][j]` is the value of row i + 1, column j; rows may differ in length.
    `formulas` maps (1-based row, 0-based column) to the text of the formula, without `=`.
    `mark` names the tab that we made this one to be, `column_marks` its columns (0-based column → id of a
    robot's column or, on Google, of a field); people can rename and move what is marked. `protections` maps
    what we protected (id of a column, '' for the whole tab) to its editors, `look` is the digest of the look that we
    gave it. `tables` are those that people made, where the program has any that restrict their cells. `views` are the
    titles of its filter views, whoever made them. `hidden`: people do not see the tab unless they ask for it.
    `authors`: the column in which the program says who typed a field, by the id of the field, if it is as we made it.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...] | list[list[CellValue]] = ()
    merges: tuple[Area, ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    mark: str | None = None
    column_marks: Mapping[int, str] = field(default_factory=dict)
    protections: Mapping[str, frozenset[str]] = field(default_factory=dict)
    look: str = ""
    tables: tuple[TableRange, ...] = ()
    views: frozenset[str] = frozenset()
    hidden: bool = False
    authors: Mapping[str, AuthorColumn] = field(default_factory=dict)

    @property
    def author_columns(self) -> dict[str, int]:
        """The columns of authors, by the id of the field, those that somebody altered too."""
        marks = self.column_marks.items()
        return {mark.removeprefix(MARK): place for place, mark in marks if mark.startswith(MARK)}

    def in_table(self, row: int, column: int) -> bool:
        """Whether the cell at a 1-based row and 0-based column is in a table."""
        return any(table.area.contains(row, column) for table in self.tables)

    def is_typed(self, column: int) -> bool:
        """Whether a 0-based column holds its cells to one type, in a table."""
        return any(column in table.typed for table in self.tables)

    def value(self, row: int, column: int) -> CellValue:
        """The cell at a 1-based row and 0-based column; None beyond what was read."""
        if not 0 < row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True, slots=True)
class KeptOtherwise:
    """A cell of a robot's tab that the program keeps otherwise than we write it: it is read as it was `written`."""

    tab: str
    cell: str
    written: str
    kept: CellValue


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tabs, in order; a version that changes whenever anything in the workbook does; what the workbook can do.

    `access`: who reads it, where it can tell people apart (`CloseAccess`).
    `refused` maps the tabs to which the program lets nothing be added, or a robot's that it does not let us write, to
    what it says of it. `kept_otherwise`: cells of robot's tabs that are not kept as they were written.
    `misplaced`: the (tab, 1-based row) of rows that we added, whose values lie under other headers.
    `identity`: what the workbook was given at its first write, which a copy of it bears too; '' before.
    `alterations`: definitions of columns that others changed, and forms; `workbook/alterations.py` says which matter.
    `sent`: the e-mails that left, as it keeps them apart from `Envois`. `interrupted`: our last write stopped halfway.
    `robots`: the accounts under which our programs write in it, where the program knows its accounts.
    """

    tabs: tuple[TabSnapshot, ...]
    version: str = ""
    capabilities: Capabilities = PLAIN
    access: AccessState = OPEN
    refused: Mapping[str, str] = field(default_factory=dict)
    kept_otherwise: tuple[KeptOtherwise, ...] = ()
    misplaced: tuple[tuple[str, int], ...] = ()
    identity: str = ""
    alterations: tuple[Alteration, ...] = ()
    sent: tuple[SentMark, ...] = ()
    interrupted: bool = False
    robots: frozenset[str] = frozenset()

    def tab(self, name: str) -> TabSnapshot | None:
        """The tab of that exact name."""
        return next((tab for tab in self.tabs if tab.name == name), None)
