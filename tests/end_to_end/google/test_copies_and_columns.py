"""Tabs that people copy, and what they type in the robot's columns."""

import pytest

from tests.columns import cell_of
from tests.effort import first
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk
from tests.sheets_server.protection import Writer
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.requests.sheets import duplicate_sheet


def copy_tab(desk: Desk, tab: str, *, marks: bool) -> str:
    """What « Dupliquer » does; nobody has said whether Google copies developer metadata too."""
    batch = Batch(desk.book.copy(), Writer(desk.book.owner, desk.book.owner))
    sheet = batch.book.titled(tab)
    made = duplicate_sheet(batch, {"sourceSheetId": sheet.id})["properties"]
    for one in [*batch.book.metadata] if marks else []:
        place = one["location"].get("dimensionRange", one["location"])
        if place.get("sheetId") == sheet.id:
            copied = place | {"sheetId": made["sheetId"]}
            location = one["location"] | ({"dimensionRange": copied} if "dimensionRange" in one["location"] else copied)
            batch.book.metadata.append(one | {"metadataId": batch.book.free_id(), "location": location})
    desk.book = batch.book
    return made["title"]


@pytest.mark.slow
@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("tab", ["E-mails à envoyer", "Classement", "Candidatures"])
def test_a_copy_is_peoples(desk, tab, marks):
    copy = copy_tab(desk, tab, marks=marks)
    kept = desk.cells(copy)
    desk.change_a_score()
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert desk.cells(copy) == kept
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("marks", [True, False])
def test_a_copy_that_outlives_the_robots_tab(desk, marks):
    copy = copy_tab(desk, "Classement", marks=marks)
    kept = desk.values(copy)
    desk.edit("delete_tab", tab="Classement")
    desk.change_a_score()
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert desk.values(copy) == kept
    assert "Classement" in desk.titles
    checks.is_right(desk)


def ranks(desk: Desk, header: str = "Rang") -> list[object]:
    """The robot's column `rang`."""
    return [row[header] for row in desk.rows("Candidatures")]


@pytest.mark.slow
def test_a_value_typed_in_a_robots_column(desk):
    """It stays, an anomaly names its cell, and the column is back as soon as it is erased."""
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="à vérifier")
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert desk.cells("Candidatures")[cell_of("candidatures", "rang", 4)] == "à vérifier"
    [said] = [row for row in desk.rows("Anomalies") if row["Code"] == "saisie_dans_colonne_robot"]
    assert (said["Onglet"], said["Cellule"]) == ("Candidatures", cell_of("candidatures", "rang", 4))
    checks.is_right(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="")
    assert ranks(desk) == shown
    assert desk.sync().code == 0
    assert [row for row in desk.rows("Anomalies") if row["Code"] == "saisie_dans_colonne_robot"] == []
    checks.is_right(desk)


@pytest.mark.slow
def test_a_header_typed_over_a_formula(desk):
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")
    assert ranks(desk, "Rang officiel") == [""] * 5
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert ranks(desk, "Rang officiel") == shown
    checks.is_right(desk)


@pytest.mark.parametrize("number", first(1, ["  4512302 ", 4512302]))
def test_a_number_typed_otherwise_is_the_same(desk, number):
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "numero", 3), value=number)
    assert ranks(desk) == shown
    assert desk.sync().code == 0
    assert ranks(desk) == shown
    checks.is_right(desk)


@pytest.mark.slow
def test_a_formula_that_is_erased(desk):
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="")
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert ranks(desk) == shown
    checks.is_right(desk)


@pytest.mark.slow
def test_a_robots_column_that_moves_while_it_is_mended(desk):
    """A formula is written where its column is by then."""
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")
    moves = [{"after_call": n, "edit": {"kind": "insert_row", "tab": "Candidatures", "at": 3}} for n in (1, 2)]
    moves += [
        {"after_call": 1, "edit": {"kind": "move_column", "tab": "Candidatures", "header": "Rang officiel", "to": "B"}}
    ]
    assert desk.sync(script=moves).code == 0
    checks.nothing_lost(desk)
    assert ranks(desk, "Rang officiel") == shown
    assert desk.sync().code == 0
    checks.is_right(desk)


@pytest.mark.slow
def test_everything_pasted_as_values(desk):
    """What the column showed is then plain text: the formula takes its place."""
    for row, value in enumerate(("Rang", *ranks(desk)), 1):
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", row), value=value)
    desk.change_a_score()
    assert desk.sync().code == 0
    checks.is_right(desk)
    assert {cell_of("candidatures", "rang", row) for row in range(2, 7)}.isdisjoint(desk.cells("Candidatures"))
