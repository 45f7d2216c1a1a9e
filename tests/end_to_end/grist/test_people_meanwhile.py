"""Whatever people do in a Grist document between two calls: what they typed stays, the robot's is right again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eig_sheets.workbook.grist.document import Document, GristTable
from eig_sheets.workbook.grist.own_tables import marks_of
from tests.effort import examples, spread
from tests.end_to_end.grist import faulty_proxy as faults
from tests.end_to_end.grist.faulty_proxy import Fault, FaultyProxy
from tests.end_to_end.grist.support import Team

Act = Callable[[Team, GristTable, st.DataObject], list[list[Any]]]


def column_of(table: GristTable, data: st.DataObject) -> Any:
    return data.draw(st.sampled_from(table.columns), "column")


def rename_column(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    column = column_of(table, data)
    return [["ModifyColumn", table.id, column.id, {"label": f"{column.label} (à nous)"}]]


def rename_all_columns(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["ModifyColumn", table.id, column.id, {"label": f"{column.label} 2"}] for column in table.columns]


def undo(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    """The last change, which may be the robot's."""
    return team.undo()


def rename_table(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["UpdateRecord", "_grist_Views_section", table.raw_section, {"title": f"{table.title} 2021"}]]


def rename_table_id(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["RenameTable", table.id, f"{table.id}_bis"]]


def add_column(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["AddVisibleColumn", table.id, "rang", {"type": "Text", "label": "Rang"}]]


def move_column(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["UpdateRecord", "_grist_Tables_column", column_of(table, data).ref, {"parentPos": 0.5}]]


def delete_column(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["RemoveColumn", table.id, column_of(table, data).id]]


def retype_column(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    kinds = st.sampled_from(["Text", "Numeric", "Any", "Date"])
    return [["ModifyColumn", table.id, column_of(table, data).id, {"type": data.draw(kinds, "type")}]]


def freeze_formula(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    found = [column for column in table.columns if column.is_formula]
    return [["ModifyColumn", table.id, column.id, {"isFormula": False}] for column in found[:1]]


def edit(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    free = [column for column in table.columns if not column.is_formula]
    if not table.row_ids or not free:
        return []
    row, column = data.draw(st.sampled_from(table.row_ids), "row"), data.draw(st.sampled_from(free), "column")
    value = data.draw(st.sampled_from(["", "3,5", "NSP", 2, 1e9, True, "=1+1", "{{ braces }}"]), "value")
    return [["UpdateRecord", table.id, row, {column.id: value}]]


def delete_row(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["RemoveRecord", table.id, data.draw(st.sampled_from(table.row_ids), "row")]] if table.row_ids else []


def add_row(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["AddRecord", table.id, None, {}]]


def sort_rows(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    places = [float(place) for place in range(len(table.row_ids), 0, -1)]
    return [["BulkUpdateRecord", table.id, [*table.row_ids], {"manualSort": places}]] if places else []


def delete_table(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    return [["RemoveTable", table.id]]


def write_a_rule(team: Team, table: GristTable, data: st.DataObject) -> list[list[Any]]:
    rule = {"resource": -1, "aclFormula": "user.Access == VIEWER", "permissionsText": "-U", "memo": "à nous"}
    return [
        ["AddRecord", "_grist_ACLResources", -1, {"tableId": table.id, "colIds": "*"}],
        ["AddRecord", "_grist_ACLRules", None, rule],
    ]


ANYWHERE: tuple[Act, ...] = (
    rename_column, rename_all_columns, undo, rename_table, rename_table_id, add_column, move_column, delete_column,
    retype_column, freeze_formula, edit, delete_row, add_row, sort_rows, write_a_rule,
)  # fmt: skip
"""What people do in any table; they delete the robot's alone, which are made again."""


READING = (None, faults.cut_after, faults.status(429), faults.status(500))
WRITING = (None, faults.cut_before, faults.cut_after, faults.delivered_twice, faults.status(429), faults.status(500))


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


def chosen(team: Team, data: st.DataObject) -> list[list[Any]]:
    """One thing that people do, in a table of theirs or of the robot's."""
    document = team.now
    robots = {place[0] for place, mark in marks_of(document).items() if not place[1] and mark.robot}
    table = data.draw(st.sampled_from(document.tables), "table")
    kinds = (*ANYWHERE, *((delete_table,) if table.ref in robots else ()))
    return data.draw(st.sampled_from(kinds), "kind")(team, table, data)


def act(team: Team, actions: list[list[Any]]) -> None:
    """Do it: Grist may refuse, as for a column that a formula of theirs needs."""
    if actions:
        with contextlib.suppress(AssertionError):
            team.act(*actions)


def synced(team: Team, meanwhile: list[list[Any]], *failing: Fault | None) -> None:
    """A run, people at work just before its write: every cell of theirs is there afterwards, as they left it.

    `failing` are the faults of its calls, in turn.
    """
    cells = people_cells(team.now)

    def work() -> None:
        act(team, meanwhile)
        cells.clear()
        cells.update(people_cells(team.now))

    with FaultyProxy(team.server.url, *failing, before_write=work) as proxy:
        done = team.run("sync", through=proxy.url)
    assert "Traceback" not in done.err, done.err
    after = people_cells(team.now)
    assert {place: after.get(place, "gone") for place in cells} == cells


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act_of", "meanwhile"),
    spread(2, [(undo, False), (undo, True), (rename_all_columns, True), (rename_all_columns, False)]),
)
def test_all_at_once(act_of, meanwhile, team):
    team.type_in("Évaluations", 80, "Définition", 1)
    team.run("sync")
    team.type_in("Évaluations", 80, "Définition", 2)
    actions = act_of(team, team.table("Candidatures"), None)
    assert len(actions) == (1 if act_of is undo else len(team.table("Candidatures").columns))
    if not meanwhile:
        team.act(*actions)
    synced(team, actions if meanwhile else [])
    assert "Traceback" not in team.run("sync").err
    version = team.now.version
    team.run("sync")
    assert team.now.version == version


@pytest.mark.slow
def test_what_the_robot_wrote_is_written_again_when_people_undo_it(team):
    team.type_in("Évaluations", 80, "Définition", 1)
    team.run("sync")
    ranking = team.table("Classement").cells
    team.act(*team.undo())
    assert team.table("Classement").cells != ranking
    assert team.run("sync").code == 0
    assert team.table("Classement").cells == ranking


@pytest.mark.slow
@settings(max_examples=examples(1, 8), suppress_health_check=[*HealthCheck], phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_people_at_work_between_runs(finished_team, tmp_path_factory, data):
    team = finished_team.copy(tmp_path_factory.mktemp("people") / "demo")
    for _ in range(4):
        for _ in range(data.draw(st.integers(1, 3), "acts")):
            act(team, chosen(team, data))
        failing = [data.draw(st.sampled_from(faults_of), "fault") for faults_of in (READING, WRITING)]
        synced(team, chosen(team, data) if data.draw(st.booleans(), "meanwhile") else [], *failing)
    team.run("init")
    problems = team.run("sync").code
    version, cells = team.now.version, people_cells(team.now)
    done = team.run("sync")
    assert (done.code, "Traceback" in done.err) == (problems, False)
    assert people_cells(team.now) == cells
    assert team.now.version == version
