"""Which columns of a people's tab and which whole tabs are the robot's: when in doubt, they are people's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eig_sheets.french import plain
from eig_sheets.workbook import values
from eig_sheets.workbook.cells import CellValue
from eig_sheets.workbook.fields import RobotField, TabSchema
from eig_sheets.workbook.plan import same
from eig_sheets.workbook.robot import records
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.snapshot import Snapshot, TabSnapshot


def squeezed(text: object) -> str:
    """A header or tab name as it is compared: no case, accents, spaces, apostrophes or punctuation."""
    return plain(str(text)).replace(" ", "")


def is_filled(value: CellValue) -> bool:
    """Whether a person put something in a cell: an unticked box alone is nothing."""
    return value is not None and value is not False


def is_blank(tab: TabSnapshot) -> bool:
    """Whether a tab holds nothing at all, not even a formula that shows nothing."""
    return not tab.formulas and not any(value is not None for row in tab.rows for value in row)


def robot_columns(
    tab: TabSnapshot, header_row: int, key_column: int | None, schema: TabSchema, robot_tabs: Mapping[str, TabSnapshot]
) -> tuple[dict[str, int], dict[str, int]]:
    """The robot's columns that are surely ours, then the marked ones that are not any more (robot field id → column).

    Ours: marked and under our header; or marked, renamed, and still holding what the robot's tab says of
    each row. A column that has only our header is the staff's own.
    """
    found: dict[str, int] = {}
    lost: dict[str, int] = {}
    marks = {mark: column for column, mark in tab.column_marks.items()}
    for robot in schema.robot_fields:
        column = marks.get(robot.id)
        if column is None:
            continue
        ours = _is_named(tab, header_row, column, robot) or _still_holds(
            tab, header_row, key_column, column, _shown_by(robot, schema, robot_tabs)
        )
        (found if ours else lost)[robot.id] = column
    return found, lost


def own_headers(robot: RobotField) -> tuple[str, str]:
    """The header of a robot's column, and the one it takes where the staff already has a column of that name."""
    return robot.header, f"{robot.header} (robot)"


def _is_named(tab: TabSnapshot, header_row: int, column: int, robot: RobotField) -> bool:
    return squeezed(tab.value(header_row, column)) in map(squeezed, own_headers(robot))


def _still_holds(
    tab: TabSnapshot, header_row: int, key_column: int | None, column: int, wanted: Mapping[str, object]
) -> bool:
    if key_column is None or tab.value(header_row, column) is None:
        return False
    filled = 0
    for row in range(header_row + 1, len(tab.rows) + 1):
        value = tab.value(row, column)
        if value is not None:
            filled += 1
            if not same(wanted.get(key_of(tab.value(row, key_column))), value):
                return False
    return filled > 0


def key_of(value: CellValue) -> str:
    """A row's own key as it is looked up, which is as it is read; '' for a blank or what cannot be a key."""
    try:
        return values.key(value) or ""
    except values.UnreadableError:
        return ""


def _shown_by(robot: RobotField, schema: TabSchema, robot_tabs: Mapping[str, TabSnapshot]) -> dict[str, object]:
    key, value = schema.field(schema.key).header, robot.source_header
    return {key_of(row[key]): row[value] for row in records(robot_tabs.get(robot.source_tab), (key, value))}


def robot_tabs(snapshot: Snapshot, schema: Schema) -> tuple[dict[str, TabSnapshot], list[TabSnapshot]]:
    """The robot's tabs that are surely ours (by id), then people's tabs that bear the name of a missing one.

    Ours: marked; or of that name and blank.
    """
    found: dict[str, TabSnapshot] = {}
    taken: list[TabSnapshot] = []
    for tab_id, name in schema.robot_tabs.items():
        marked = _first(tab for tab in snapshot.tabs if tab.mark == tab_id)
        named = _first(tab for tab in snapshot.tabs if squeezed(tab.name) == squeezed(name))
        ours = marked or (named if named is not None and named.mark is None and is_blank(named) else None)
        if ours is not None:
            found[tab_id] = ours
        elif named is not None:
            taken.append(named)
    return found, taken


def _first(tabs: Iterable[TabSnapshot]) -> TabSnapshot | None:
    return next(iter(tabs), None)
