"""Decides which tabs, and which columns of people's tabs, are the robot's; in doubt, they are people's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import plain
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import RobotField, TabSchema
from eig_sheets.workbook.read_back import HEADER_ROWS, records
from eig_sheets.workbook.robot_tab import FormerTab, former_tab, marks_of
from eig_sheets.workbook.schema import Schema


def squeezed(text: object) -> str:
    """A header or tab name as it is compared: no case, accents, spaces, apostrophes or punctuation."""
    return plain(str(text)).replace(" ", "")


def is_filled(value: CellValue) -> bool:
    """Whether a person put something in a cell: an unticked box alone does not count."""
    return value is not None and value is not False


def is_blank(tab: TabSnapshot) -> bool:
    """Whether a tab holds nothing at all, not even a formula that shows nothing."""
    return not tab.formulas and not any(value is not None for row in tab.rows for value in row)


def robot_columns(
    tab: TabSnapshot,
    header_row: int,
    key_column: int | None,
    schema: TabSchema,
    robot_tabs: Mapping[str, TabSnapshot],
    capabilities: Capabilities,
) -> RobotColumns:
    """The robot's columns of a tab.

    Ours: marked and under our header; or marked, renamed, and holding for each row the value of the robot's tab. A
    column that has only our header is the staff's own. Where columns are formulas in their header, ours: marked and
    having our formula, or empty under its header (someone typed over the formula) unless that header is one of people's
    fields. Where imported files lose their marks, also: under our header and holding the values of the robot's tab.
    """
    present: dict[str, int] = {}
    lost: dict[str, int] = {}
    duplicates: list[tuple[int, str]] = []
    people_headers = {squeezed(field.header) for field in schema.fields}
    for robot in schema.robot_fields:
        expected = _values_by_key(robot, schema, robot_tabs)
        matcher = _ColumnMatcher(tab, header_row, key_column, robot, expected, people_headers)
        marked = [column for column, mark in sorted(tab.column_marks.items()) if mark == robot.id]
        is_ours = matcher.by_formula if capabilities.header_formulas else matcher.by_header
        ours = [column for column in marked if is_ours(column)]
        if ours:
            present[robot.id] = max(ours, key=matcher.has_formula)
        elif marked:
            lost[robot.id] = marked[0]
        elif capabilities.unmarked_imports:
            columns = range(len(tab.rows[header_row - 1]))
            imported = next((column for column in columns if matcher.is_imported(column)), None)
            present.update({} if imported is None else {robot.id: imported})
        chosen = {present.get(robot.id), lost.get(robot.id)}
        duplicates.extend((column, robot.id) for column in marked if column not in chosen)
    return RobotColumns(present, lost, tuple(duplicates))


class RobotColumns(NamedTuple):
    """The robot's columns that are `ours`, and the marked ones that people took over, `lost` (field id → column).

    `duplicate_marks`: the (column, robot field id) of other columns that bear the mark of one of these.
    """

    ours: dict[str, int]
    lost: dict[str, int]
    duplicate_marks: tuple[tuple[int, str], ...]


def own_headers(robot: RobotField) -> tuple[str, str]:
    """The headers of a robot's column: its own, and the one for when the staff already has a column of that name."""
    return robot.header, f"{robot.header} (robot)"


@dataclass(frozen=True, slots=True)
class _ColumnMatcher:
    """Tests whether a column of a tab is one robot's column.

    `expected`: its values by key, from the robot's tab; `people_headers`: the headers of people's fields, squeezed.
    """

    tab: TabSnapshot
    header_row: int
    key_column: int | None
    robot: RobotField
    expected: Mapping[str, object]
    people_headers: Collection[str]

    def by_header(self, column: int) -> bool:
        return self.is_named(column) or self.has_expected_values(column)

    def by_formula(self, column: int) -> bool:
        empty = last_filled(self.tab, self.header_row, column) == self.header_row
        return (
            self.has_formula(column)
            or (empty and not self._has_people_header(column))
            or self.has_expected_values(column)
        )

    def is_imported(self, column: int) -> bool:
        return self.is_named(column) and self.has_expected_values(column)

    def has_formula(self, column: int) -> bool:
        """Whether the column has a formula of ours, in the header's row or not."""
        return bool(rows_of_formula(self.tab, column))

    def _has_people_header(self, column: int) -> bool:
        """Whether the header is a formula of people's, or the header of one of their fields."""
        header = squeezed(self.tab.value(self.header_row, column))
        is_field = header in self.people_headers and not self.is_named(column)
        return is_field or (self.header_row, column) in self.tab.formulas

    def is_named(self, column: int) -> bool:
        return squeezed(self.tab.value(self.header_row, column)) in map(squeezed, own_headers(self.robot))

    def has_expected_values(self, column: int) -> bool:
        if self.key_column is None or self.tab.value(self.header_row, column) is None:
            return False
        filled = 0
        for row, cells in enumerate(self.tab.rows[self.header_row :], self.header_row + 1):
            value = cells[column] if column < len(cells) else None
            if value is not None:
                filled += 1
                if not same(self.expected.get(key_of(self.tab.value(row, self.key_column))), value):
                    return False
        return filled > 0


def rows_of_formula(tab: TabSnapshot, column: int) -> list[int]:
    """The (1-based) rows in which a column has the formula of a robot's column."""
    return sorted(row for (row, place), text in tab.formulas.items() if place == column and header_in(text) is not None)


def last_filled(tab: TabSnapshot, header_row: int, column: int) -> int:
    """The last row under the header that has anything in that column, be it a formula; the header's when none has."""
    formulas = (row for row, place in tab.formulas if place == column and row > header_row)
    filled = (row for row in range(len(tab.rows), header_row, -1) if tab.rows[row - 1])
    values = (row for row in filled if tab.value(row, column) is not None)
    return max(max(formulas, default=header_row), next(values, header_row))


def key_of(value: CellValue) -> str:
    """The key of a row as lookups compare it; '' for a blank or a value that cannot be a key."""
    try:
        return values.key(value) or ""
    except values.UnreadableError:
        return ""


def _values_by_key(robot: RobotField, schema: TabSchema, robot_tabs: Mapping[str, TabSnapshot]) -> dict[str, object]:
    key, value = schema.field(schema.key).header, robot.source_header
    return {key_of(row[key]): row[value] for row in records(robot_tabs.get(robot.source_tab), (key, value))}


def robot_tabs(snapshot: Snapshot, schema: Schema) -> tuple[dict[str, TabSnapshot], list[TabSnapshot]]:
    """The robot's tabs that are surely ours (by id), then people's tabs that bear the name of one that is needed.

    Ours: marked; or of that name and blank; or, where a file of ours may have been imported without its marks, of that
    name and under all our headers. What an older version made counts for the tab that it goes on as.
    """
    certain: dict[str, TabSnapshot] = {}
    taken: list[TabSnapshot] = []
    for tab_id, name in schema.robot_tabs.items():
        named = _named(name, snapshot)
        ours = _marked(tab_id, snapshot) or _unmarked(tab_id, named, schema, snapshot)
        if ours is not None:
            certain[tab_id] = ours
        elif named is not None and tab_id not in schema.optional_robot_tabs:
            taken.append(named)
    return certain, taken


def is_marked(snapshot: Snapshot, robot_tabs: Collection[str]) -> bool:
    """Whether anything of a workbook is surely ours: a mark, or a tab of an uploaded file, which has lost them."""
    marks = any(tab.mark is not None or tab.column_marks for tab in snapshot.tabs)
    return marks or any(tab.name in robot_tabs and not is_blank(tab) for tab in snapshot.tabs)


def _marked(tab_id: str, snapshot: Snapshot) -> TabSnapshot | None:
    """The tab that bears the mark of that one, else the mark that older versions gave it."""
    marked = (_first(tab for tab in snapshot.tabs if tab.mark == mark) for mark in marks_of(tab_id))
    return _first(tab for tab in marked if tab is not None)


def _unmarked(tab_id: str, named: TabSnapshot | None, schema: Schema, snapshot: Snapshot) -> TabSnapshot | None:
    """The tab that bears no mark and is surely that one, by its name and what it holds."""
    if named is not None and may_be_ours(named, schema.robot_columns.get(tab_id, ()), snapshot):
        return named
    former = former_tab(tab_id)
    older = None if former is None else _named(former.name, snapshot)
    return older if older is not None and may_be_ours(older, (), snapshot, former) else None


def _named(name: str, snapshot: Snapshot) -> TabSnapshot | None:
    return _first(tab for tab in snapshot.tabs if squeezed(tab.name) == squeezed(name))


def may_be_ours(
    tab: TabSnapshot, columns: Sequence[Column], snapshot: Snapshot, former: FormerTab | None = None
) -> bool:
    """Whether an unmarked tab with a robot's name holds nothing that people typed; `former`: as it was before."""
    own = [column.header for column in columns]
    known = [headers for headers in (own, [*(former.headers if former else ())]) if headers]
    has_headers = any(list(row[: len(headers)]) == headers for headers in known for row in tab.rows[:HEADER_ROWS])
    return tab.mark is None and (is_blank(tab) or (snapshot.capabilities.unmarked_imports and has_headers))


def _first(tabs: Iterable[TabSnapshot]) -> TabSnapshot | None:
    return next(iter(tabs), None)
