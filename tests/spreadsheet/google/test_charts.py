"""The charts of a robot's tab on a Google Sheet: which are ours to replace."""

from dataclasses import replace

from eig_sheets.spreadsheet.google import objects
from eig_sheets.spreadsheet.model.sheet import Chart, Column, Owner, Sheet

TAB, PEOPLES = 7, 12
SHEET = Sheet(
    "accueil",
    "Accueil",
    Owner.ROBOT,
    (Column("Rubrique"), Column("Nombre")),
    charts=(Chart("Complétude", 0, (1,), 2, 3),),
    former_ids=("tableau_de_bord",),
)


def added(sheet):
    requests = objects.replacement(sheet, TAB, (), {TAB: sheet.name})
    return [request["addChart"]["chart"]["chartId"] for request in requests]


def removed(sheet, present):
    requests = objects.replacement(sheet, TAB, present, {TAB: sheet.name})
    return [request["deleteEmbeddedObject"]["objectId"] for request in requests if "deleteEmbeddedObject" in request]


def test_those_of_an_older_version_of_the_tab_leave_and_those_of_people_stay():
    older = added(replace(SHEET, id="tableau_de_bord", former_ids=(), charts=SHEET.charts * 3))
    assert len({*older, *added(SHEET)}) == 4
    assert removed(SHEET, {PEOPLES, *older, *added(SHEET)}) == [*added(SHEET), *older]
    assert removed(replace(SHEET, former_ids=()), {PEOPLES, *older}) == []
