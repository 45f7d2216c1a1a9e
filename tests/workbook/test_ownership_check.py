"""Guarantee G1: whatever a plan does, it only touches what the robot owns, or it is refused whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.run.init import plan_init
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import plan_sync, reading_for
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Operation, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.layout import Layout, Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from tests.effort import examples
from tests.workbook.any_cells import CELLS
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, JURORS, SCHEMA, at, dossier, tab

TEXTS = load_templates(EIG5)
CLOCK = Clock(datetime(2021, 4, 30, 2), date(2021, 4, 30))
WIDTH = len(SCHEMA.tab("candidatures").fields)
LOOK = Column("Rang")
RANKING = Sheet("classement", "Classement", Owner.ROBOT, (LOOK,), ((1.0,),))

DOSSIER_TAB = replace(
    tab("candidatures", [{**row, "Rang": 1.0} for row in DOSSIERS], extra=["Rang", "Relu par"], above=[["EIG5"]]),
    column_marks={WIDTH: "rang"},
)
BOOK = Snapshot(
    (
        DOSSIER_TAB,
        tab("jury", JURORS),
        replace(tab("evaluations", EVALUATIONS), formulas={(9, 0): 'IF(B9="","",1)', (12, 40): "1+1"}),
        TabSnapshot("Résultats", [["Rang"], [2.0]], mark="classement"),
        TabSnapshot("Budget", [["à nous"]]),
        TabSnapshot("Anomalies"),
        TabSnapshot("Journal", formulas={(1, 0): 'IF(1=1,"","a")'}),
        TabSnapshot("E-mails à envoyer"),
    ),
    "7",
)
LAYOUT = locate(BOOK, SCHEMA, Names())


def checked_plan(*operations: Operation, version: str = "7", layout: Layout = LAYOUT) -> None:
    check_ownership(Plan(version, operations), BOOK, layout, SCHEMA)


def appended(name: str, first_row: int, columns: tuple[int, ...] = (0,)) -> AppendRows:
    return AppendRows(name, first_row, columns, (LOOK,) * len(columns), (("104",) * len(columns),))


@pytest.mark.parametrize(
    "operation",
    [
        CreateTab(replace(RANKING, name="Eligibilité", id="eligibilite")), ReplaceTab("Résultats", RANKING),
        ReplaceTab("Anomalies", replace(RANKING, id="anomalies")),
        AddColumn("Candidatures", 2, WIDTH + 2, LOOK, "note"), AddColumn("E-mails à envoyer", 1, 0, LOOK),
        SetCells("Candidatures", WIDTH, LOOK, ((3, 1.0), (4, None), (90, 2.0))),
        SetCells("Candidatures", WIDTH, LOOK, ()),
        appended("Candidatures", 5, (0, 1, 2)), appended("Jury", 5), appended("Évaluations", 10), appended("Jury", 99),
        appended("Évaluations", 9, (1, 2)),
    ],
)  # fmt: skip
def test_what_the_robot_may_do(operation):
    checked_plan(operation)


BREACHES = {
    "a tab of that name is there": CreateTab(replace(RANKING, name="BUDGET ")),
    "a marked tab of that name is there": CreateTab(replace(RANKING, name="Résultats")),
    "people's tab": ReplaceTab("Candidatures", RANKING),
    "the staff's own tab": ReplaceTab("Budget", RANKING),
    "no such tab": ReplaceTab("Classement", RANKING),
    "another robot's tab": ReplaceTab("Résultats", replace(RANKING, id="anomalies")),
    "a blank tab, but not a robot's sheet": ReplaceTab("Anomalies", replace(RANKING, id="candidatures")),
    "a tab whose formulas show nothing": ReplaceTab("Journal", replace(RANKING, id="journal")),
    "a column with a header": AddColumn("Candidatures", 2, WIDTH + 1, LOOK, "note"),
    "a column with one value somewhere": AddColumn("Candidatures", 2, 0, LOOK),
    "a column with a formula somewhere": AddColumn("Évaluations", 1, 40, LOOK),
    "a header among the rows": AddColumn("Candidatures", 4, WIDTH + 2, LOOK, "note"),
    "a column of a tab that is the staff's own": AddColumn("Budget", 1, 3, LOOK),
    "a column of a robot's tab": AddColumn("Résultats", 1, 3, LOOK),
    "a column of no tab": AddColumn("Nulle part", 1, 3, LOOK),
    "people's column": SetCells("Candidatures", 0, LOOK, ((3, "x"),)),
    "the staff's own column": SetCells("Candidatures", WIDTH + 1, LOOK, ((3, "x"),)),
    "a free column": SetCells("Candidatures", WIDTH + 2, LOOK, ((3, "x"),)),
    "a robot's column of another tab": SetCells("Jury", WIDTH, LOOK, ((3, "x"),)),
    "the header of a robot's column": SetCells("Candidatures", WIDTH, LOOK, ((2, "x"),)),
    "above the header of a robot's column": SetCells("Candidatures", WIDTH, LOOK, ((1, "x"),)),
    "rows that are filled": appended("Candidatures", 4),
    "rows from the header on": appended("Candidatures", 2),
    "rows from nowhere": appended("Jury", 0),
    "rows beside a formula that shows nothing": appended("Évaluations", 9, (0, 1)),
    "rows of the staff's own tab": appended("Budget", 20),
    "rows of a robot's tab": appended("Résultats", 20),
    "rows of no tab": appended("Nulle part", 2),
}


@pytest.mark.parametrize("operation", BREACHES.values(), ids=BREACHES)
def test_each_kind_of_breach_is_refused(operation):
    with pytest.raises(OwnershipError):
        checked_plan(operation)
    with pytest.raises(OwnershipError):
        checked_plan(ReplaceTab("Résultats", RANKING), operation)


def test_every_breach_is_listed():
    with pytest.raises(OwnershipError) as caught:
        checked_plan(ReplaceTab("Budget", RANKING), appended("Jury", 4), SetCells("Jury", 0, LOOK, ()), version="6")
    breaches = str(caught.value).split("; ")
    assert breaches == [
        "the plan was made for another version", "tab Budget is not the robot's classement",
        *(f"Jury!{at('jury', field, 3)} is filled" for field in JURORS[2]), "column 0 of Jury is not the robot's",
    ]  # fmt: skip


def test_a_column_just_added_is_the_robot_s_only_when_it_is_marked():
    values = SetCells("Candidatures", WIDTH + 2, LOOK, ((3, 1.0),))
    checked_plan(AddColumn("Candidatures", 2, WIDTH + 2, LOOK, "note"), values)
    with pytest.raises(OwnershipError):
        checked_plan(AddColumn("Candidatures", 2, WIDTH + 2, LOOK), values)
    with pytest.raises(OwnershipError):
        checked_plan(values, AddColumn("Candidatures", 2, WIDTH + 2, LOOK, "note"))


@pytest.mark.parametrize(("robot_id", "column"), [("rang", 0), ("rang", WIDTH + 1), ("note", WIDTH)])
def test_a_layout_that_is_wrong_about_a_robot_s_column_is_not_believed(robot_id, column):
    """The column must bear a mark, and that of the very field."""
    place = replace(LAYOUT.tabs["candidatures"], robot_columns={robot_id: column})
    wrong = replace(LAYOUT, tabs={**LAYOUT.tabs, "candidatures": place})
    with pytest.raises(OwnershipError):
        checked_plan(SetCells("Candidatures", column, LOOK, ((3, 1.0),)), layout=wrong)


@pytest.mark.parametrize("value", [0.0, 0, " ", True])
def test_rows_are_not_appended_on_any_value(value):
    made = Snapshot((*BOOK.tabs[:1], tab("jury", [*JURORS, {}, {"maximum": value}]), *BOOK.tabs[2:]), "7")
    layout = locate(made, SCHEMA, Names())
    with pytest.raises(OwnershipError):
        check_ownership(Plan("7", (appended("Jury", 5),)), made, layout, SCHEMA)
    check_ownership(Plan("7", (appended("Jury", 7),)), made, layout, SCHEMA)


# Random workbooks: the robot's own plans always pass; any other reach of theirs onto people's cells never does.

ROBOT_VALUES = st.one_of(st.none(), st.floats(0, 20), st.sampled_from(["Lauréat", "Éligible", "à moi"]))


@st.composite
def workbooks(draw: st.DrawFn) -> Snapshot:
    """The small campaign after people and the robot were there: rows, columns, tabs and marks of every kind."""
    tabs = [
        _people(draw, "candidatures", [*DOSSIERS, dossier("103")]), _people(draw, "jury", JURORS),
        _people(draw, "evaluations", EVALUATIONS),
    ]  # fmt: skip
    if draw(st.booleans()):
        tabs.append(replace(_people(draw, "emails", []), mark=draw(st.sampled_from([None, "emails"]))))
    for tab_id, name in draw(st.sets(st.sampled_from(sorted(SCHEMA.robot_tabs.items())))):
        rows = draw(st.lists(st.lists(ROBOT_VALUES, max_size=3), max_size=3))
        tabs.append(TabSnapshot(draw(st.sampled_from([name, f"{name} (2)"])), rows, mark=tab_id))
    tabs.append(TabSnapshot("Budget", [["à nous", None], [None, 1.0]]))
    return Snapshot(tuple(draw(st.permutations(tabs))), "1")


def _people(draw: st.DrawFn, tab_id: str, rows) -> TabSnapshot:
    robots = [robot for robot in SCHEMA.tab(tab_id).robot_fields if draw(st.booleans())]
    extra = [*(robot.header for robot in robots), *draw(st.sampled_from([[], ["Relu par"]]))]
    above = draw(st.sampled_from([[], [["EIG5"]], [["EIG5"], []]]))
    filled = [{**row, **{header: draw(ROBOT_VALUES) for header in extra}} for row in rows]
    made = tab(tab_id, [*filled, *([{}] * draw(st.integers(0, 2)))], extra=extra, above=above)
    cells, top, width = [list(row) for row in made.rows], len(above) + 1, len(SCHEMA.tab(tab_id).fields)
    for row, column in draw(st.lists(st.tuples(st.integers(top, top + 6), st.integers(0, width + 6)), max_size=3)):
        while len(cells) <= row:
            cells.append([])
        cells[row] += [None] * (column + 1 - len(cells[row]))
        cells[row][column] = draw(CELLS)
    marks = {width + place: robot.id for place, robot in enumerate(robots) if draw(st.integers(0, 3))}
    formulas = draw(st.dictionaries(st.tuples(st.integers(top + 1, top + 9), st.integers(0, width + 6)), st.just("A1"),
                                    max_size=2))  # fmt: skip
    formulas = {(row, column): text for (row, column), text in formulas.items() if column not in marks}
    return replace(made, rows=cells, column_marks=marks, formulas=formulas)


def plans(snapshot: Snapshot) -> tuple[Plan, Plan]:
    """What `init` and `sync` would do; they check it themselves."""
    known, reading = Known(last_run=LastRun(), texts=TEXTS), reading_for(snapshot, EIG5, LastRun())
    return plan_init(snapshot, EIG5, CLOCK.today)[0], plan_sync(reading, known, CLOCK).plan


def belongings(snapshot: Snapshot) -> set[tuple[str, int, int]]:
    """People's cells: filled, or with a formula, outside of marked tabs and of marked columns."""
    robots = set(SCHEMA.robot_tabs)
    return {
        (tab.name, row, column)
        for tab in snapshot.tabs
        if tab.mark not in robots
        for row, column in _filled(tab) | set(tab.formulas)
        if column not in tab.column_marks
    }


def _filled(tab: TabSnapshot) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, cells in enumerate(tab.rows, 1)
        for column, value in enumerate(cells)
        if value is not None and value is not False
    }


def touched(plan: Plan, snapshot: Snapshot) -> set[tuple[str, int, int]]:
    """Cells that a plan writes, changed or not, from its operations alone."""
    written = set()
    for operation in plan.operations:
        match operation:
            case CreateTab(sheet=sheet):
                written |= _whole(sheet.name, snapshot)
            case ReplaceTab(name=name):
                written |= _whole(name, snapshot)
            case AddColumn():
                written.add((operation.tab, operation.header_row, operation.column))
            case SetCells():
                written |= {(operation.tab, row, operation.column) for row, _ in operation.values}
            case AppendRows():
                rows = range(operation.first_row, operation.first_row + len(operation.rows))
                written |= {(operation.tab, row, column) for row in rows for column in operation.columns}
    return written


def _whole(name: str, snapshot: Snapshot) -> set[tuple[str, int, int]]:
    return {place for place in belongings(snapshot) if place[0] == name}


@pytest.mark.slow
@settings(max_examples=examples(4, long=48))
@given(workbooks())
def test_the_robot_s_own_plans_always_pass_and_touch_nothing_of_people_s(snapshot):
    for plan in plans(snapshot):
        assert touched(plan, snapshot).isdisjoint(belongings(snapshot))
        for change in plan.changes(snapshot):
            assert (change.tab, *parse_a1(change.cell)) not in belongings(snapshot)


@pytest.mark.slow
@settings(max_examples=examples(6, long=80))
@given(workbooks(), st.data())
def test_any_mutation_of_them_onto_people_s_cells_is_refused(snapshot, data):
    layout = locate(snapshot, SCHEMA, Names())
    plan = data.draw(st.sampled_from([plan for plan in plans(snapshot) if plan] or [Plan("1")]))
    assume(plan.operations)
    place = data.draw(st.integers(0, len(plan.operations) - 1))
    stolen = data.draw(_mutated(plan.operations[place], snapshot))
    reached = touched(Plan("1", (stolen,)), snapshot) & belongings(snapshot)
    mutated = Plan("1", (*plan.operations[:place], stolen, *plan.operations[place + 1 :]))
    assert reached
    with pytest.raises(OwnershipError):
        check_ownership(mutated, snapshot, layout, SCHEMA)


@st.composite
def _mutated(draw: st.DrawFn, operation: Operation, snapshot: Snapshot) -> Operation:
    """The same operation on a cell that people own."""
    name, row, column = draw(st.sampled_from(sorted(belongings(snapshot))))
    match operation:
        case CreateTab():
            return replace(operation, sheet=replace(operation.sheet, name=name))
        case ReplaceTab():
            return replace(operation, name=name)
        case AddColumn():
            return replace(operation, tab=name, header_row=row, column=column)
        case SetCells():
            return replace(operation, tab=name, column=column, values=((row, "x"),))
        case AppendRows():
            width = len(operation.columns)
            return replace(operation, tab=name, first_row=row, columns=tuple(range(column, column + width)))
