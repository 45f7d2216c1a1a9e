"""What people do to a page: each is understood, or refused in a sentence that names the file and the cell."""

import os
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.call.jury.pages.blocks import MARKERS
from eig_sheets.call.jury.pages.files_pages import page_of, read_page
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed, column_index, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.call.jury.pages.pages import DECLARATION, HALF_DAYS, NOTES, PARIS, cells_of, file_of, filled

pytestmark = pytest.mark.newest

ANSWERS = {
    "101": {"besoin": 3.5, "equipe": "NSP"},
    "102": {"deport": "oui"},
    "103": {"besoin": 1.0, "commentaire": "x"},
}
PAGE = filled(NOTES, ANSWERS)


class Desk:
    """The cells of the page while somebody changes them."""

    def __init__(self):
        tab, hidden = cells_of(form_of(PAGE)).tabs
        self.name, self.rows, self.others = tab.name, tab.rows, [hidden]

    def row_of(self, numero, field):
        """The place of the line of an answer."""
        return next(place for place, row in enumerate(self.rows) if row[2] == numero and row[3] == field)

    def received(self):
        tabs = (TabSnapshot(self.name, self.rows), *self.others)
        return returned_page(Snapshot(tabs), "anna.xlsx", "")


def rename(desk):
    desk.name = "Mes notes"


def insert_rows(desk):
    for place in (desk.row_of("102", "equipe"), desk.row_of("101", "besoin"), 3):
        desk.rows.insert(place, [None] * 6)


def insert_column(desk):
    desk.rows = [[row[0], None, *row[1:]] for row in desk.rows]


def move_column(desk):
    desk.rows = [[*row[2:], *row[:2]] for row in desk.rows]


def swap_lines_of_a_block(desk):
    one, other = desk.row_of("101", "besoin"), desk.row_of("101", "deport")
    desk.rows[one], desk.rows[other] = desk.rows[other], desk.rows[one]


def move_a_block(desk):
    first, last = desk.row_of("103", "#dossier"), desk.row_of("103", "communicable")
    block = [desk.rows.pop(first) for _ in range(last + 1 - first)]
    place = desk.row_of("101", "#dossier")
    desk.rows[place:place] = block


def delete_hidden_tab(desk):
    desk.others = []
    desk.rows = [[CellError("#REF!") if cell == "v101" else cell for cell in row] for row in desk.rows]


def other_tabs(desk):
    desk.others.insert(0, TabSnapshot("Feuil1", [["N° de dossier", "note"], ["101", 4.0]]))


def numbers_of_numbers(desk):
    desk.rows = [[float(cell) if cell in ("101", "102", "103") else cell for cell in row] for row in desk.rows]


@pytest.mark.parametrize(
    "change",
    [
        rename, insert_rows, insert_column, move_column, swap_lines_of_a_block, move_a_block, delete_hidden_tab,
        other_tabs, numbers_of_numbers,
    ],
)  # fmt: skip
def test_it_is_understood(change):
    desk = Desk()
    change(desk)
    received = desk.received()
    assert {row.numero: dict(row.values) for row in received.rows} == ANSWERS
    assert (received.problems, received.juror) == ((), "anna@jury.example")


@pytest.mark.parametrize("comment", ["102 – le même besoin, en mieux", "Dossier 102", "103 – Projet 103"])
def test_a_comment_may_name_another_dossier(comment):
    desk = Desk()
    desk.rows[desk.row_of("101", "commentaire")][0] = comment
    received = desk.received()
    assert received.problems == ()
    assert dict(received.rows[0].values) == {**ANSWERS["101"], "commentaire": comment}


def test_no_sentence_quotes_a_formula():
    for page in (PAGE, filled(replace(DECLARATION, half_days=HALF_DAYS), {})):
        tab, hidden = cells_of(form_of(page)).tabs
        for row, column in ((row, column) for row in range(1, len(tab.rows)) for column in (0, 1)):
            rows = [list(cells) for cells in tab.rows]
            rows[row][column] = Uncomputed("AVERAGE(3,4)")
            received = returned_page(Snapshot((TabSnapshot(tab.name, rows), hidden)), "anna.xlsx", "")
            assert "AVERAGE" not in " ".join(problem.message + problem.remedy for problem in received.problems)


@pytest.mark.parametrize("version", [CellError("#REF!"), '=IFERROR(INDEX(_eig!$B:$B;1);"")'])
def test_a_version_that_no_program_computed_is_no_version(version):
    desk = Desk()
    desk.rows[desk.row_of("101", "#dossier")][5] = version
    assert [row.version for row in desk.received().rows] == ["", "v102", "v103"]


def put(numero, field, column, value):
    """Something typed in a column of the line of an answer."""

    def change(desk):
        desk.rows[desk.row_of(numero, field)][column_index(column)] = value

    return change


def delete_line(desk):
    del desk.rows[desk.row_of("101", "equipe")]


def double_line(desk):
    place = desk.row_of("101", "besoin")
    desk.rows.insert(place, [*desk.rows[place]])
    desk.rows[place][1] = 1.0


def delete_title(desk):
    del desk.rows[desk.row_of("101", "#dossier")]


def delete_dossier(desk):
    desk.rows = [row for row in desk.rows if row[2] != "101"]


def exchange_answers(desk):
    one, other = desk.rows[desk.row_of("101", "besoin")], desk.rows[desk.row_of("101", "equipe")]
    one[:2], other[:2] = other[:2], one[:2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("101", "#numero", "A", "Dossier 109"), "« Dossier 109 » au-dessus de réponses qui sont du dossier 101"),
        (put("101", "#numero", "A", "Dossier 1011"), "du dossier 101"),
        (put("101", "besoin", "A", "Équipe"), "on y lit « Équipe » à côté d’une réponse qui est de « Besoin »"),
        (put("101", "besoin", "A", None), "il n’y a plus rien à côté d’une réponse qui est de « Besoin »"),
        (exchange_answers, "à côté d’une réponse qui est de"),
        (put("101", "equipe", "D", "besoin"), "ne disent pas la même chose"),
        (put("101", "equipe", "C", "102"), "« Équipe » du dossier 101 n’y est plus"),
        (delete_line, "la ligne « Équipe » du dossier 101 n’y est plus"),
        (double_line, "deux lignes « Besoin » du dossier 101 ne disent pas la même chose"),
        (delete_title, "le titre du dossier 101 n’y est plus"),
        (delete_dossier, "les lignes du dossier 101 n’y sont plus"),
    ],
)  # fmt: skip
def test_a_dossier_is_left_out_and_its_cell_named(change, said):
    desk = Desk()
    change(desk)
    received = desk.received()
    assert "101" not in [row.numero for row in received.rows]
    assert next(dict(row.values) for row in received.rows if row.numero == "103") == ANSWERS["103"]
    problem = next(problem for problem in received.problems if problem.numero == "101")
    message = problem.message.replace("\u202f", " ")
    assert message.startswith(f"anna.xlsx, {problem.cell} : ")
    assert said in message
    assert problem.remedy
    assert not problem.refused
    assert parse_a1(problem.cell.removeprefix("Grille!"))


def test_sorted_lines_are_all_left_out():
    desk = Desk()
    desk.rows[1:] = sorted(desk.rows[1:], key=lambda row: str(row[0]))
    received = desk.received()
    assert received.rows == ()
    assert {problem.numero for problem in received.problems} == {"101", "102", "103"}
    assert all("lignes triées" in problem.message for problem in received.problems)


def test_an_answer_on_an_inserted_line_is_told_and_the_others_are_read():
    desk = Desk()
    desk.rows.insert(desk.row_of("102", "equipe"), [None, 4.0, None, None, None, None])
    received = desk.received()
    assert {row.numero: dict(row.values) for row in received.rows} == ANSWERS
    assert [problem.message.endswith("elle n’est pas reprise.") for problem in received.problems] == [True]


@pytest.mark.parametrize("value", [CellError("#N/A"), Uncomputed("SOMME(1;2)"), "3,5", "3.5", 9.0, True])
def test_strange_values_stay_as_they_are_for_those_who_judge_them(value):
    desk = Desk()
    put("101", "besoin", "B", value)(desk)
    assert desk.received().rows[0].values["besoin"] == value


def delete_markers(desk):
    del desk.rows[0]


def delete_key_columns(desk):
    desk.rows = [row[:2] for row in desk.rows]


def copy_tab(desk):
    desk.others.append(TabSnapshot("Grille (2)", [[*row] for row in desk.rows]))


def later_layout(desk):
    desk.rows[next(place for place, row in enumerate(desk.rows) if row[3] == "#page")][5] = "99"


def no_juror(desk):
    desk.rows = [row for row in desk.rows if row[3] != "#jure"]


def seen(field, value):
    """Something typed over what people see of whose page it is."""

    def change(desk):
        desk.rows[next(place for place, row in enumerate(desk.rows) if row[3] == field)][0] = value

    return change


@pytest.mark.parametrize(
    "change", [seen("#jure", " ANNA@jury.example "), seen("#type", "Grille – Anna Dupré"), seen("#type", None)]
)
def test_whose_page_it_is_may_be_written_otherwise(change):
    desk = Desk()
    change(desk)
    assert desk.received().problems == ()


def another_file(desk):
    desk.rows, desk.others = [["bonjour"]], []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (delete_markers, "les colonnes masquées C à F"), (delete_key_columns, "les colonnes masquées C à F"),
        (copy_tab, "plusieurs onglets sont des grilles (« Grille » et « Grille (2) »)"),
        (later_layout, "une version plus récente"), (no_juror, "de quel juré"),
        (seen("#jure", "bob@jury.example"), "on y lit « bob@jury.example » sur la page de anna@"),
        (seen("#jure", None), "A4 : il n’y a plus rien sur la page de anna@"),
        (seen("#type", "Grille – Bob"), "Grille!A3 : on y lit « Grille – Bob » sur la page"),
        (another_file, "ce n’est ni une grille ni une déclaration"),
    ],
)  # fmt: skip
def test_a_page_is_refused_whole(change, said):
    desk = Desk()
    change(desk)
    received = desk.received()
    (problem,) = received.problems
    assert received.is_refused
    assert received.rows == ()
    assert said in problem.message.replace("\u202f", " ")
    assert problem.message.startswith("anna.xlsx")
    assert problem.remedy


def test_the_markers_are_not_shown():
    tab = form_of(PAGE).page
    assert [cell.value for cell in tab.rows[0]] == [*MARKERS]
    assert tab.hidden_rows == (1,)
    assert set(tab.hidden_columns) == {2, 3, 4, 5}


def _truncated():
    return file_of(PAGE)[:2000]


def _protected():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def _ods():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_truncated, "endommagé"), (_protected, "mot de passe"), (_ods, "OpenDocument"), (lambda: b"", "est vide"),
        (lambda: b"a;b\n", "n’est pas un classeur .xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_refused(tmp_path, data, said):
    path = tmp_path / "anna.xlsx"
    path.write_bytes(data())
    received = read_page(path, PARIS)
    (problem,) = received.problems
    assert received.is_refused
    assert said in problem.message
    assert problem.message.startswith("anna.xlsx")
    assert problem.remedy


@pytest.mark.parametrize("data", [_truncated(), b""])
def test_what_came_back_cut_is_asked_for_again(data):
    (problem,) = page_of(data, Path("anna.xlsx"), None, PARIS).problems
    assert problem.remedy == "Redemandez cette page au juré, puis relancez."


def test_a_folder_or_a_huge_file_is_refused(tmp_path):
    (tmp_path / "dossier.xlsx").mkdir()
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(1 << 25)
    for path in (tmp_path / "dossier.xlsx", huge, tmp_path / "absent.xlsx"):
        assert read_page(path, PARIS).is_refused


def test_the_date_of_a_page_is_when_somebody_saved_it(tmp_path):
    path = tmp_path / "anna.xlsx"
    path.write_bytes(file_of(PAGE))
    os.utime(path, (0, 0))
    unsaved = read_page(path, PARIS).modified
    assert unsaved == datetime(1970, 1, 1, 1)
    openpyxl.load_workbook(path).save(path)  # which says now
    os.utime(path, (0, 0))
    saved = read_page(path, PARIS)
    assert saved.modified.year > 2020
    assert {row.numero: dict(row.values) for row in saved.rows} == ANSWERS
