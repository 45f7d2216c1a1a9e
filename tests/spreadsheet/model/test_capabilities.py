"""Capabilities: each one alone decides its behaviour, and backends combine them freely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from eig_sheets.run.init import plan_init
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.spreadsheet.google.reading import CAPABILITIES as GOOGLE
from eig_sheets.spreadsheet.model.capabilities import PLAIN, Capabilities
from eig_sheets.spreadsheet.model.cells import CellError, a1, as_read
from eig_sheets.spreadsheet.model.plan import CreateTab, Equip, Plan, ReplaceTab, SetCells, SetFormula
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import KeptOtherwise, Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff, protections
from eig_sheets.workbook.display_check import kept_otherwise
from eig_sheets.workbook.layout import Layout, Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from tests.emails.drafting.support import DOSSIER, TEXTS
from tests.workbook.snapshots import DOSSIERS, EIG5, JURORS, SCHEMA, reading, tab, tabs_with

CANDIDATURES, EMAILS = SCHEMA.tab("candidatures"), SCHEMA.tab("emails")
WIDTH = len(CANDIDATURES.fields)
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    tuple(map(Column, ("Rang", "N° de dossier", "Proposition", "Note /20", "Co-financement"))), ((1, "101", None),),
)  # fmt: skip
ROWS_BY_ID = Capabilities(concurrent_editors=True, row_ids=True, protections=True, never_empty=True, remote=True)
"""A database with a grid: people edit it meanwhile, nothing in it has a place, its columns hold no formula of ours."""


def written(can: Capabilities, rows=None) -> tuple[Snapshot, Layout]:
    """A robot's tab that bears our mark, and no look."""
    grid = RANKING.grid() if rows is None else rows
    snapshot = replace(tabs_with(TabSnapshot("Classement", grid, mark="classement")), capabilities=can)
    return snapshot, locate(snapshot, SCHEMA, Names())


def is_put_on_top(can: Capabilities) -> bool:
    snapshot, layout = written(can, [["à nous"]])
    operation = diff.robot_tab(RANKING, layout, snapshot)
    assert isinstance(operation, ReplaceTab)
    return operation.headers_lost


def may_set_cells(can: Capabilities) -> bool:
    made = replace(tab("candidatures", DOSSIERS, extra=["Rang"]), column_marks={WIDTH: "rang"})
    snapshot = replace(tabs_with(made), capabilities=can)
    plan = Plan(snapshot.version, (SetCells("Candidatures", WIDTH, Column("Rang"), ((2, 1),)),))
    try:
        check_ownership(plan, snapshot, locate(snapshot, SCHEMA, Names()), SCHEMA)
    except OwnershipError:
        return False
    return True


def owns_a_renamed_empty_column(can: Capabilities) -> bool:
    made = replace(tab("candidatures", DOSSIERS, extra=["Place"]), column_marks={WIDTH: "rang"})
    snapshot = replace(tabs_with(made), capabilities=can)
    return "rang" in locate(snapshot, SCHEMA, Names()).tabs["candidatures"].robot_columns


def synced(snapshot: Snapshot) -> Run:
    clock = Clock(datetime(2021, 4, 2, 9), date(2021, 4, 2))
    run = plan_sync(reading_for(snapshot, EIG5, LastRun()), Known(last_run=LastRun(), texts=TEXTS), clock)
    assert run.problems == ()
    return run


def typed_under_the_outbox(can: Capabilities) -> tuple[object, int]:
    """The cell of the anomaly on a value typed in the robot's column, under the last e-mail; how many are added."""
    made = tab("emails", extra=["État"])
    place = len(EMAILS.fields)
    made.rows[0][place] = CellError("#REF!")
    made.rows.append([*[None] * place, "à moi"])
    formula = 'ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1),"État",IF(A1:A="",,A1:A)))'
    outbox = replace(made, column_marks={place: "etat"}, formulas={(1, place): formula})
    run = synced(replace(tabs_with(outbox, tab("candidatures", [DOSSIER])), capabilities=can))
    assert run.emails is not None
    made = (operation.sheet for operation in run.plan.operations if isinstance(operation, CreateTab))
    [anomalies] = [sheet for sheet in made if sheet.id == "anomalies"]
    [cell] = [as_read(row[2]) for row in anomalies.rows if row[-1] == "saisie_dans_colonne_robot"]
    return cell, len(run.emails.added)


def equipped(can: Capabilities, part: str) -> bool:
    snapshot = replace(tabs_with(), capabilities=can)
    operations = protections.missing_protections(locate(snapshot, SCHEMA, Names()), snapshot, ["lea@example.org"])
    return any(getattr(operation, part) for operation in operations)


def is_ours_by_its_headers(can: Capabilities) -> bool:
    headers = [column.header for column in SCHEMA.robot_columns["cofinancement"]]
    snapshot = replace(tabs_with(TabSnapshot("Cofinancement", [headers, ["101"]])), capabilities=can)
    return "cofinancement" in locate(snapshot, SCHEMA, Names()).robot_tabs


def looks_are_redone(can: Capabilities) -> bool:
    snapshot, layout = written(can)
    return diff.robot_tab(RANKING, layout, snapshot) is not None


def opens_on_the_dashboard(can: Capabilities) -> bool:
    plan, problems = plan_init(Snapshot((TabSnapshot("Feuille 1"),), capabilities=can), EIG5, date(2021, 4, 2))
    assert problems == ()
    first = plan.operations[0]
    return isinstance(first, CreateTab) and first.sheet.id == "accueil"


def said_of(snapshot: Snapshot) -> set[str]:
    return {anomaly.code for anomaly in reading(snapshot).anomalies}


def reads_a_long_text(can: Capabilities) -> bool:
    long = tab("jury", [{**juror, "organisation": "é" * 40_000} for juror in JURORS])
    return not any(
        anomaly.code == "texte_trop_long" for anomaly in reading(replace(tabs_with(long), capabilities=can)).anomalies
    )


def says_who_keeps_no_longer_text(can: Capabilities) -> bool:
    long = tab("jury", [{**juror, "organisation": "é" * 60_000} for juror in JURORS])
    anomalies = reading(replace(tabs_with(long), capabilities=can)).anomalies
    return {GOOGLE.text_holder in anomaly.message for anomaly in anomalies if anomaly.code == "texte_trop_long"} == {
        True
    }


def says_which_program_keeps_otherwise(can: Capabilities) -> bool:
    kept = (KeptOtherwise("Classement", "A2", "un", "deux"),)
    return next(kept_otherwise(Snapshot((), capabilities=can, kept_otherwise=kept))).message.startswith("Google ")


def reads_a_long_tab(can: Capabilities) -> bool:
    long = tab("jury", [{"email": f"j{number}@jury.example"} for number in range(101)])
    return reading(replace(tabs_with(long), capabilities=can)).problems == ()


def has_lines_above_the_headers(can: Capabilities) -> bool:
    operations = synced(replace(tabs_with(), capabilities=can)).plan.operations
    made = {operation.sheet.id: operation.sheet for operation in operations if isinstance(operation, CreateTab)}
    return bool(made["accueil"].banner)


def adds_a_filter_view(can: Capabilities) -> bool:
    followed = tab("candidatures", [{**DOSSIER, "suivi_par": "Camille"}])
    operations = synced(replace(tabs_with(followed), capabilities=can)).plan.operations
    return any(isinstance(operation, Equip) and operation.views for operation in operations)


def says_that_it_is_open(can: Capabilities) -> bool:
    return "acces_ouvert" in said_of(replace(tabs_with(), capabilities=can))


DECIDED: dict[str, tuple[Callable[[Capabilities], object], Capabilities, frozenset[str]]] = {
    "concurrent_editors": (is_put_on_top, GOOGLE, frozenset()),
    "row_ids": (may_set_cells, replace(GOOGLE, header_formulas=False), frozenset({"concurrent_editors"})),
    "header_formulas": (owns_a_renamed_empty_column, GOOGLE, frozenset()),
    "marks": (lambda can: equipped(can, "columns"), GOOGLE, frozenset()),
    "protections": (lambda can: equipped(can, "guarded"), GOOGLE, frozenset()),
    "authors": (lambda can: equipped(can, "signed"), replace(GOOGLE, authors=True), frozenset()),
    "filter_views": (adds_a_filter_view, GOOGLE, frozenset()),
    "unmarked_imports": (is_ours_by_its_headers, GOOGLE, frozenset()),
    "look_digests": (looks_are_redone, GOOGLE, frozenset()),
    "never_empty": (opens_on_the_dashboard, GOOGLE, frozenset()),
    "row_access": (says_that_it_is_open, GOOGLE, frozenset()),
    "title_rows": (has_lines_above_the_headers, GOOGLE, frozenset()),
    "longest_text": (reads_a_long_text, GOOGLE, frozenset()),
    "text_holder": (says_who_keeps_no_longer_text, GOOGLE, frozenset()),
    "program": (says_which_program_keeps_otherwise, GOOGLE, frozenset()),
    "most_rows": (reads_a_long_tab, replace(GOOGLE, most_rows=100), frozenset()),
}
"""What a capability decides, the workbook on which it is tried, the other capabilities on which that depends."""


def without(can: Capabilities, name: str) -> Capabilities:
    """The same, but for one capability."""
    usual = getattr(PLAIN, name)
    other = not getattr(can, name) if isinstance(usual, bool) else usual
    return replace(can, **{name: other})


@pytest.mark.slow
@pytest.mark.parametrize("name", DECIDED)
def test_each_capability_decides_alone(name):
    decided, can, also = DECIDED[name]
    assert decided(without(can, name)) != decided(can)
    others = {capability.name for capability in fields(Capabilities)} - {name} - also
    assert {capability: decided(without(can, capability)) for capability in others} == dict.fromkeys(
        others, decided(can)
    )


@pytest.mark.slow
def test_rows_that_are_inserted_push_down_what_was_typed_under_the_last():
    stays, added = typed_under_the_outbox(without(GOOGLE, "inserts_rows"))
    assert added > 0
    assert stays == a1(2, len(EMAILS.fields))
    assert typed_under_the_outbox(GOOGLE) == (a1(2 + added, len(EMAILS.fields)), added)


def test_a_workbook_whose_rows_have_ids_is_shared_and_holds_no_formula_of_ours():
    made = replace(tab("candidatures", DOSSIERS, extra=["Rang"]), column_marks={WIDTH: "rang"})
    operations = synced(replace(tabs_with(made), capabilities=ROWS_BY_ID)).plan.operations
    kinds = {type(operation) for operation in operations}
    assert SetCells in kinds
    assert kinds.isdisjoint({SetFormula, Equip})
    equipped_later = plan_init(replace(tabs_with(), capabilities=ROWS_BY_ID), EIG5, date(2021, 4, 2))[0].operations
    assert not any(
        operation.mark or operation.columns or operation.released
        for operation in equipped_later
        if isinstance(operation, Equip)
    )
