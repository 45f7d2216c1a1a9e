"""Workbooks with concurrent editors, whose robot columns are header formulas: tabs and snapshots for tests."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.spreadsheet.google.reading import CAPABILITIES as GOOGLE
from eig_sheets.spreadsheet.model.plan import SetFormula
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook import diff, lookup_formula
from eig_sheets.workbook.layout import Names, TabLayout
from eig_sheets.workbook.locate import locate
from tests.workbook.snapshots import DOSSIERS, SCHEMA, shown, tab, tabs_with

CANDIDATURES = SCHEMA.tab("candidatures")
WIDTH = len(CANDIDATURES.fields)
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    tuple(map(Column, ("Rang", "N° de dossier", "Note /20", "Proposition", "Co-financement"))),
    ((2, "101", 15.0, "Lauréat", "Acquis"), (1, "102", 18.0, "Lauréat", None)),
)  # fmt: skip
ELIGIBILITY = Sheet("eligibilite", "Éligibilité", Owner.ROBOT, (Column("N° de dossier"), Column("Éligibilité")))
SHEETS = {sheet.id: sheet for sheet in (RANKING, ELIGIBILITY)}
RANK = next(robot for robot in CANDIDATURES.robot_fields if robot.id == "rang")
OURS = lookup_formula.formula(RANK, CANDIDATURES, "Rang", (1, 0), RANKING)


def dossiers(header=None, values=(None, None), formula=None, *, marked=True) -> TabSnapshot:
    """`Candidatures` with one column more: its header, its values, the formula in the header."""
    rows = [{**row, "extra": value} for row, value in zip(DOSSIERS, values, strict=True)]
    made = tab("candidatures", rows, extra=["extra"])
    made.rows[0][WIDTH] = header
    marks = {WIDTH: "rang"} if marked else {}
    return replace(made, column_marks=marks, formulas={(1, WIDTH): formula} if formula else {})


def live(*tabs: TabSnapshot) -> Snapshot:
    return replace(tabs_with(*tabs, shown(RANKING, mark="classement")), capabilities=GOOGLE)


def located(*tabs: TabSnapshot) -> TabLayout:
    return locate(live(*tabs), SCHEMA, Names()).tabs["candidatures"]


def to_set(*tabs: TabSnapshot) -> list[SetFormula]:
    return list(diff.robot_formulas(located(*tabs), SHEETS))


def with_formula(row, text) -> TabSnapshot:
    """A robot's column that has a formula somewhere."""
    made = dossiers("Rang", (2.0, 1.0))
    return replace(made, formulas={(row, WIDTH): text, (1, WIDTH): OURS})


def titled(above) -> TabSnapshot:
    """A row above the headers, in which the robot's column holds that; its formula is there when it is None."""
    made = tab("candidatures", DOSSIERS, above=[["Appel à projets"]], extra=["extra"])
    made.rows[1][WIDTH] = None if above is None else "Rang"
    made.rows[0].extend([None] * (WIDTH - len(made.rows[0])) + [above])
    formulas = {(1, WIDTH): OURS} if above is None else {}
    return replace(made, column_marks={WIDTH: "rang"}, formulas=formulas)


def twice(header, value) -> TabSnapshot:
    """A column of people's that keeps our mark, and ours at its right."""
    rows = [{**row, "one": value, "two": place} for place, row in enumerate(DOSSIERS)]
    made = tab("candidatures", rows, extra=["one", "two"])
    made.rows[0][WIDTH : WIDTH + 2] = [header, "Rang"]
    marks = {WIDTH: "rang", WIDTH + 1: "rang"}
    return replace(made, column_marks=marks, formulas={(1, WIDTH + 1): OURS})


def uploaded() -> TabSnapshot:
    return TabSnapshot("Cofinancement", [[column.header for column in SCHEMA.robot_columns["cofinancement"]], ["101"]])
