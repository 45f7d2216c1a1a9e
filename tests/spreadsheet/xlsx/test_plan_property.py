"""Any workbook of people's, any plan within what the robot owns, any edits in between: nothing of people's differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.effort import examples
from tests.spreadsheet.xlsx import random_books
from tests.spreadsheet.xlsx.campaign_plan import unlike
from tests.spreadsheet.xlsx.opc import load
from tests.spreadsheet.xlsx.package_check import problems
from tests.spreadsheet.xlsx.people import belongings
from tests.spreadsheet.xlsx.people_differences import differences
from tests.spreadsheet.xlsx_desk import edit

SETTINGS = settings(
    max_examples=examples(5, long=80),
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def opened(path: Path, content: bytes) -> XlsxWorkbook:
    path.write_bytes(content)
    return XlsxWorkbook(path, path.parent / "versions")


def apply(book: XlsxWorkbook, plan: Plan) -> None:
    """Applies a plan and holds the file to every promise."""
    path = Path(book.location)
    before = belongings(path)
    book.apply(plan)
    assert problems(path) == []
    assert differences(before, belongings(path), plan) == []
    assert unlike(plan, book.read()) == []


@SETTINGS
@given(data=st.data())
def test_people_keep_everything(data, tmp_path):
    content, made = data.draw(random_books.workbooks())
    assert problems(content) == []
    book = opened(tmp_path / "campagne.xlsx", content)
    for _ in range(data.draw(st.integers(1, 3))):
        apply(book, data.draw(random_books.plans(book.read(), made)))


def settled(plan: Plan, version: str) -> Plan:
    """The same target state, for a workbook that has it already: robot's tabs and columns are there, rows appended."""
    again = (
        ReplaceTab(operation.sheet.name, operation.sheet) if isinstance(operation, CreateTab) else operation
        for operation in plan.operations
        if not isinstance(operation, AddColumn | AppendRows)
    )
    return Plan(version, tuple(again))


@pytest.mark.slow
@SETTINGS
@given(data=st.data())
def test_same_wanted_state_gives_the_same_file(data, tmp_path):
    content, made = data.draw(random_books.workbooks())
    book = opened(tmp_path / "campagne.xlsx", content)
    plan = data.draw(random_books.plans(book.read(), made))
    apply(book, plan)
    files = []
    for _ in range(2):
        book.apply(settled(plan, book.read().version))
        files.append(load(Path(book.location)))
    assert {name for name in files[0].keys() | files[1].keys() if files[0].get(name) != files[1].get(name)} == set()


EDITS = st.one_of(
    st.builds(lambda cell, value: ("set", {"cell": cell, "value": value}), st.sampled_from(["A3", "B5", "D2", "Z40"]),
              st.sampled_from(["à moi", 3.5, True, None])),
    st.builds(lambda at: ("insert_row", {"at": at}), st.integers(1, 8)),
    st.builds(lambda at: ("delete_row", {"at": at}), st.integers(4, 8)),
    st.builds(lambda name: ("rename_tab", {"to": name}), st.sampled_from(["Résultats", "L'été", "2021 (bis)"])),
)  # fmt: skip


@pytest.mark.slow
@SETTINGS
@given(data=st.data())
def test_what_people_do_in_between_stays(data, tmp_path):
    content, made = data.draw(random_books.workbooks())
    path = tmp_path / "campagne.xlsx"
    book = opened(path, content)
    apply(book, data.draw(random_books.plans(book.read(), made)))
    for _ in range(data.draw(st.integers(1, 2))):
        snapshot = book.read()
        marks = {tab.mark for tab in snapshot.tabs}
        name = data.draw(st.sampled_from([tab.name for tab in snapshot.tabs]))
        kind, what = data.draw(EDITS)
        if kind == "rename_tab" and (name in made or snapshot.tab(what["to"])):
            continue
        if kind == "delete_row" and name in made and made[name].last_row <= made[name].header_row + 1:
            continue
        edit(path, kind, tab=name, **what)
        if kind != "delete_row":
            assert {tab.mark for tab in book.read().tabs} == marks
        shift = {"insert_row": 1, "delete_row": -1}.get(kind, 0)
        if name in made and shift:
            made = {**made, name: made[name].moved(what["at"], shift)}
    apply(book, data.draw(random_books.plans(book.read(), made)))
