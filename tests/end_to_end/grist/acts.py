"""What people do in a Grist document, one thing after another; and what their cells hold."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from eig_sheets.spreadsheet.grist.document import Document, GristTable
from eig_sheets.spreadsheet.grist.own_tables import marks_of
from tests.end_to_end.grist.support import Team
from tests.grist_server import ROBOT

Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several: by Hypothesis, or by seeded chance."""
Act = Callable[[Team, GristTable, Choose], list[list[Any]]]


def rename_column(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    column = choose(table.columns)
    return [["ModifyColumn", table.id, column.id, {"label": f"{column.label} (à nous)"}]]


def rename_all_columns(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["ModifyColumn", table.id, column.id, {"label": f"{column.label} 2"}] for column in table.columns]


def undo(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    """The last change, which may be the robot's."""
    return team.undo()


def rename_table(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["UpdateRecord", "_grist_Views_section", table.raw_section, {"title": f"{table.title} 2021"}]]


def rename_table_id(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["RenameTable", table.id, f"{table.id}_bis"]]


def add_column(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["AddVisibleColumn", table.id, "rang", {"type": "Text", "label": "Rang"}]]


def move_column(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["UpdateRecord", "_grist_Tables_column", choose(table.columns).ref, {"parentPos": 0.5}]]


def delete_column(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["RemoveColumn", table.id, choose(table.columns).id]]


def retype_column(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    kinds = ["Text", "Numeric", "Any", "Date"]
    return [["ModifyColumn", table.id, choose(table.columns).id, {"type": choose(kinds)}]]


def freeze_formula(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    found = [column for column in table.columns if column.is_formula]
    return [["ModifyColumn", table.id, column.id, {"isFormula": False}] for column in found[:1]]


def edit(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    free = [column for column in table.columns if not column.is_formula]
    if not table.row_ids or not free:
        return []
    row, column = choose(table.row_ids), choose(free)
    value = choose(["", "3,5", "NSP", 2, 1e9, True, "=1+1", "{{ braces }}"])
    return [["UpdateRecord", table.id, row, {column.id: value}]]


def delete_row(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["RemoveRecord", table.id, choose(table.row_ids)]] if table.row_ids else []


def add_row(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["AddRecord", table.id, None, {}]]


def sort_rows(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    places = [float(place) for place in range(len(table.row_ids), 0, -1)]
    return [["BulkUpdateRecord", table.id, [*table.row_ids], {"manualSort": places}]] if places else []


def add_table(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    """One of their own, or of the name of another's."""
    return [["AddTable", choose(["Mes notes", table.title]), [{"id": "a", "type": "Text", "isFormula": False}]]]


def duplicate_table(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["DuplicateTable", table.id, f"{table.id}_copie", choose([True, False])]]


def duplicate_row(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    if not table.row_ids:
        return []
    place = choose(range(len(table.row_ids)))
    typed = {column.id: table.cells[column.id][place] for column in table.columns if not column.is_formula}
    return [["AddRecord", table.id, None, typed]]


def delete_table(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    return [["RemoveTable", table.id]]


def write_a_rule(team: Team, table: GristTable, choose: Choose) -> list[list[Any]]:
    rule = {"resource": -1, "aclFormula": "user.Access == VIEWER", "permissionsText": "-U", "memo": "à nous"}
    return [
        ["AddRecord", "_grist_ACLResources", -1, {"tableId": table.id, "colIds": "*"}],
        ["AddRecord", "_grist_ACLRules", None, rule],
    ]


ANYWHERE: tuple[Act, ...] = (
    rename_column, rename_all_columns, undo, rename_table, rename_table_id, add_column, move_column, delete_column,
    retype_column, freeze_formula, edit, delete_row, add_row, sort_rows, write_a_rule, add_table, duplicate_table,
    duplicate_row,
)  # fmt: skip
"""What people do in any table; they delete the robot's alone, which are made again."""


def people_cells(document: Document) -> dict[tuple[int, int, int], Any]:
    """What people's columns hold, by the stable numbers of table, column and row; formulas are Grist's to compute."""
    marks, found = marks_of(document), {}
    for table in document.tables:
        mark = marks.get((table.ref, 0))
        if mark is None or not mark.robot:
            for column in table.columns:
                column_mark = marks.get((table.ref, column.ref))
                if not column.is_formula and (column_mark is None or not column_mark.robot):
                    values = table.cells[column.id]
                    found |= {
                        (table.ref, column.ref, row): value for row, value in zip(table.row_ids, values, strict=True)
                    }
    return found


def chosen(team: Team, choose: Choose) -> list[list[Any]]:
    """One thing that people do, in a table of theirs or of the robot's."""
    document = team.now
    robots = {place[0] for place, mark in marks_of(document).items() if not place[1] and mark.robot}
    table = choose(document.tables)
    kinds = (*ANYWHERE, *((delete_table,) if table.ref in robots else ()))
    return choose(kinds)(team, table, choose)


def act(team: Team, actions: list[list[Any]], *, who: str = ROBOT) -> None:
    """Do it: Grist may refuse, as for a column that a formula of theirs needs."""
    if actions:
        with contextlib.suppress(AssertionError):
            team.act(*actions, who=who)
