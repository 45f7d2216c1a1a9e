"""Where the robot writes in tabs that are people's or may be: what they do in the same second is kept and told."""

import pytest

from eig_sheets.spreadsheet.model.cells import a1
from tests.columns import cell_of, column_of
from tests.effort import first, spread
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk
from tests.sheets_server.protection import Writer
from tests.sheets_server.requests import sheets
from tests.sheets_server.requests.registry import Batch

COLUMN = "eig-sheets.column"


def codes(desk: Desk) -> list[tuple[str, str]]:
    """Code and cell of each anomaly about the robot's own tabs and columns."""
    found = [(row["Code"], row["Cellule"]) for row in desk.rows("Anomalies")]
    return [one for one in found if "robot" in one[0]]


def ranks(desk: Desk, header: str = "Rang") -> list[object]:
    return [row[header] for row in desk.rows("Candidatures")]


def column(desk: Desk, place: int) -> list[object]:
    """What a column of `Candidatures` shows, its header included."""
    return [row[place] for row in desk.values("Candidatures")]


def after(call: int, kind: str, **what) -> dict:
    return {"after_call": call, "edit": {"kind": kind, **what}}


def marks_of(desk: Desk, mark: str) -> list[int]:
    """The columns of `Candidatures` that bear a mark."""
    sheet = desk.book.titled("Candidatures")
    return [
        one["location"]["dimensionRange"]["startIndex"]
        for one in desk.book.metadata
        if one["metadataKey"] == COLUMN and one["metadataValue"] == f"{mark}@{sheet.id}"
    ]


# ---- A blank tab that bears the name of one of the robot's


def empty_tab(desk: Desk, name: str) -> None:
    """Somebody deletes a robot's tab and makes another of that name."""
    desk.edit("delete_tab", tab=name)
    batch = Batch(desk.book.copy(), Writer(desk.book.owner, desk.book.owner))
    sheets.add_sheet(batch, {"properties": {"title": name, "gridProperties": {"rowCount": 20, "columnCount": 6}}})
    desk.book = batch.book


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["Classement", "Accueil", "Anomalies", "Envois"])
def test_someone_types_in_a_blank_tab_that_the_robot_takes(desk, tab):
    """What they typed stays in the tab, and is told in Anomalies before the robot takes its place."""
    empty_tab(desk, tab)
    typed = [after(1, "set", tab=tab, cell=cell, value=text) for cell, text in (("A1", "à moi"), ("C7", "et à toi"))]
    outcome = desk.sync(script=typed)
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert {"à moi", "et à toi"} <= {str(value) for row in desk.values(tab) for value in row}
    assert desk.sync().code == 0
    told = [row["Ce qui ne va pas"] for row in desk.rows("Anomalies") if row["Code"] == "saisie_dans_onglet_robot"]
    assert [any(text in one for one in told) for text in ("à moi", "et à toi")] == [True, True]
    assert desk.sync().code == 0
    checks.is_right(desk)


@pytest.mark.slow
def test_someone_types_in_a_tab_of_the_robots_that_lost_its_headers(desk):
    empty = desk.book.copy()
    sheet = empty.titled("Classement")
    sheet.cells = {}
    empty.values = None
    desk.book = empty
    outcome = desk.sync(script=[after(1, "set", tab="Classement", cell="A1", value="à moi")])
    assert outcome.code == 0, outcome
    assert "à moi" in {value for row in desk.values("Classement") for value in row}
    assert desk.sync().code == 0
    told = [row["Ce qui ne va pas"] for row in desk.rows("Anomalies") if row["Code"] == "saisie_dans_onglet_robot"]
    assert any("à moi" in one for one in told)
    checks.is_right(desk)


# ---- The formula of a robot's column


MOVES = [("insert_row", 1), ("delete_row", 2), ("insert_row", 2), ("insert_row", 4)]
OTHERS = [(call, *move) for call in (3, 1, 2, 4) for move in MOVES][2:]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "kind", "at"), first(1, [(3, "insert_row", 1), (3, "delete_row", 2), *spread(5, OTHERS)])
)
def test_rows_come_and_go_while_a_formula_is_mended(desk, call, kind, at):
    """It is in the header's row in the end, and shows each number's own rank."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Place")
    outcome = desk.sync(script=[after(call, kind, tab="Candidatures", at=at)])
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert desk.sync().code == 0
    checks.is_right(desk)
    assert any(ranks(desk, "Place"))


@pytest.mark.slow
def test_a_row_above_the_headers_goes_while_a_formula_is_mended(desk):
    """The formula then lies beside the first dossier: it is found there and put in its place, in the same run."""
    desk.edit("insert_row", tab="Candidatures", at=1)
    assert desk.sync().code == 0
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 2), value="Place")
    outcome = desk.sync(script=[after(2, "delete_row", tab="Candidatures", at=1)])
    assert outcome.code == 0, outcome
    checks.is_right(desk)
    assert ranks(desk, "Place") == shown


@pytest.mark.slow
def test_a_formula_that_an_earlier_version_left_beside_the_first_dossier(desk):
    shown = ranks(desk)
    broken = formula = desk.cells("Candidatures")[cell_of("candidatures", "rang", 1)]
    desk.edit(
        "set", tab="Candidatures", cell=cell_of("candidatures", "rang", 2), value=str(formula).replace("A1", "A2")
    )
    assert "Rang" not in desk.values("Candidatures")[0]
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert (ranks(desk), desk.cells("Candidatures")[cell_of("candidatures", "rang", 1)]) == (shown, broken)
    assert cell_of("candidatures", "rang", 2) not in desk.cells("Candidatures")
    checks.is_right(desk)


@pytest.mark.slow
def test_a_formula_is_copied_below_while_it_is_mended(desk):
    """The copy keeps the one in the header from showing anything: it is taken away in the same run."""
    shown, ours = ranks(desk), str(desk.cells("Candidatures")[cell_of("candidatures", "rang", 1)])
    copied = cell_of("candidatures", "rang", 3)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Place")
    outcome = desk.sync(script=[after(4, "set", tab="Candidatures", cell=copied, value=ours.replace("A1", "A3"))])
    assert outcome.code == 0, outcome
    assert desk.calls[3][1].endswith("values:batchUpdateByDataFilter")
    checks.nothing_lost(desk)
    assert (ranks(desk, "Place"), copied in desk.cells("Candidatures")) == (shown, False)
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("call", [2, 1])
def test_a_header_is_typed_while_a_formula_is_mended(desk, call):
    """The header that people typed last is the one that is kept."""
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Place")
    outcome = desk.sync(
        script=[after(call, "set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")]
    )
    assert outcome.code == 0, outcome
    assert ranks(desk, "Rang officiel") == shown
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("call", first(1, [2, 1]))
def test_a_value_is_typed_where_values_are_about_to_be_taken_away(desk, call):
    """Everything was pasted as values: those go, and what somebody types among them meanwhile stays."""
    for row, value in enumerate(("Rang", *ranks(desk)), 1):
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", row), value=value)
    desk.change_a_score()
    outcome = desk.sync(
        script=[after(call, "set", tab="Candidatures", cell=cell_of("candidatures", "rang", 3), value="à moi")]
    )
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert desk.cells("Candidatures")[cell_of("candidatures", "rang", 3)] == "à moi"
    assert desk.sync().code == 0
    typed = cell_of("candidatures", "rang", 3)
    assert [one for one in codes(desk) if one[1] == typed or one[0] == "colonne_robot_retouchee"]


def test_people_s_own_formula_over_ours_is_theirs(desk):
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="=1+1")
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert desk.cells("Candidatures")[cell_of("candidatures", "rang", 1)] == "=1+1"
    assert [code for code, _ in codes(desk)] == ["colonne_robot_introuvable"]


# ---- New columns


def old_workbook(desk: Desk) -> None:
    """A workbook that lacks a column of people's and one of the robot's."""
    for field in ("rang", "commentaire"):
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", field, 1), value="")
    book = desk.book.copy()
    book.metadata = [
        one for one in book.metadata if one["metadataKey"] != COLUMN or not one["metadataValue"].startswith("rang@")
    ]
    sheet = book.titled("Candidatures")
    desk.book = book
    assert sheet is not None


@pytest.mark.slow
def test_a_row_comes_above_the_headers_while_init_adds_columns(desk):
    """A formula that missed its row is put there by the same command."""
    old_workbook(desk)
    outcome = desk.run("init", script=[after(1, "insert_row", tab="Candidatures", at=1)])
    assert outcome.code in (0, 1), outcome
    checks.ended_well(outcome)
    checks.nothing_lost(desk)
    if outcome.code:
        assert "Mettez-le dans cette cellule" in outcome.err
    assert desk.run("init").code == 0
    assert desk.sync().code == 0
    checks.is_right(desk)


# ---- Two columns with one mark


@pytest.mark.slow
def test_a_header_typed_over_with_a_value_below_and_init(desk):
    """The column is people's from then on, and its mark goes to the one that init adds."""
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="à vérifier")
    assert desk.sync().code == 0
    assert codes(desk) == [("colonne_robot_retouchee", cell_of("candidatures", "rang", 4))]
    assert desk.run("init").code == 0
    checks.nothing_lost(desk)
    assert len(marks_of(desk, "rang")) == 1
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="")
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert desk.cells("Candidatures")[cell_of("candidatures", "rang", 1)] == "Rang"
    assert ranks(desk, "Rang (robot)") == shown
    checks.is_right(desk)


@pytest.mark.slow
def test_the_remedy_of_a_column_that_was_typed_in(desk):
    shown = ranks(desk)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="à vérifier")
    assert desk.sync().code == 0
    [said] = [row for row in desk.rows("Anomalies") if row["Code"] == "colonne_robot_retouchee"]
    assert (said["Onglet"], said["Cellule"]) == ("Candidatures", cell_of("candidatures", "rang", 4))
    assert "Effacez ce qui est saisi" in said["Que faire"]
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="")
    assert desk.sync().code == 0
    assert ranks(desk) == shown
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Rang", "", "Place"])
def test_two_columns_that_an_earlier_version_gave_one_mark(desk, header):
    """The one with our formula is ours for every command; the other is given back, once."""
    rank = column_of("candidatures", "rang")
    free = column_of("candidatures", "cofinancement") + 1
    shown = column(desk, rank)
    desk.edit("set", tab="Candidatures", cell=a1(1, free), value=header)
    book = desk.book.copy()
    ours = next(one for one in book.metadata if one["metadataValue"].startswith("rang@"))
    place = ours["location"]["dimensionRange"] | {"startIndex": free, "endIndex": free + 1}
    book.metadata.insert(0, {**ours, "metadataId": 77, "location": {**ours["location"], "dimensionRange": place}})
    desk.book = book
    assert sorted(marks_of(desk, "rang")) == [rank, free]
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert marks_of(desk, "rang") == [rank]
    assert desk.cells("Candidatures").get(a1(1, free), "") == header
    assert column(desk, rank) == shown
    assert (desk.run("init").code, desk.written) == (0, 0)
    checks.is_right(desk)


# ---- A second run


@pytest.mark.slow
def test_a_value_under_the_rows_is_named_where_it_will_be(desk):
    """Rows that are appended push down what somebody typed lower, and the anomaly that names it with it."""
    desk.edit("set", tab="E-mails à envoyer", cell=cell_of("emails", "etat", 9), value="note de l’équipe")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 3), value="Lauréat")
    assert desk.sync().code == 0
    assert ("saisie_dans_colonne_robot", cell_of("emails", "etat", 11)) in codes(desk)
    assert desk.cells("E-mails à envoyer")[cell_of("emails", "etat", 11)] == "note de l’équipe"
    checks.is_right(desk)
