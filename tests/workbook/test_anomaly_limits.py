"""What is reported stays readable however much is wrong: its length never grows as the square of the rows."""

import re

import pytest

from eig_sheets.call.results import compute
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.workbook.anomalies import MOST_LISTED, Severity, anomaly, count, grouped, limited
from eig_sheets.workbook.parse import KEY_IS_BLANK
from tests.columns import cell_of
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, book, dossier, evaluation, juror, reading

AGAIN = {
    "evaluations": lambda rows: book(evaluations=[*EVALUATIONS, *[evaluation("101", "anna")] * rows]),
    "candidatures": lambda rows: book(dossiers=[*DOSSIERS, *[dossier("101")] * rows]),
    "jury": lambda rows: book(jurors=[*JURORS, *[juror("anna")] * rows]),
}


def text_of(snapshot):
    return sum(len(each.message) + len(each.remedy) for each in reading(snapshot).anomalies)


@pytest.mark.parametrize("tab_id", AGAIN)
def test_a_row_that_is_there_many_times_names_some_others(tab_id):
    few, many = (text_of(AGAIN[tab_id](rows)) for rows in (100, 400))
    assert few < many < 5 * few
    read = reading(AGAIN[tab_id](400))
    longest = max((each.message for each in read.anomalies), key=len)
    assert "et 390 autres" in longest.replace("\u202f", " ")
    assert len(longest) < 300


def test_two_rows_name_each_other():
    messages = [each.message for each in reading(AGAIN["jury"](1)).anomalies]
    assert [re.findall(r"la ligne \d+", message) for message in messages] == [["la ligne 5"], ["la ligne 2"]]


def test_the_others_of_one_kind_are_counted_and_none_of_them_counts():
    read = reading(AGAIN["evaluations"](MOST_LISTED + 100))
    twice = [each for each in read.anomalies if each.code == "jure_en_double"]
    assert (len(twice), count(twice)) == (MOST_LISTED + 1, MOST_LISTED + 101)
    *_, last = twice
    assert (last.cell, last.severity, last.others) == (None, Severity.BLOCKING, 101)
    assert "et 101 autres anomalies" in last.message.replace("\u202f", " ")
    assert len(read.valid_rows("evaluations")) == len(EVALUATIONS) - 1
    listed = [each for each in compute(read).anomalies if each.code == "jure_en_double"]
    assert [each.others for each in listed][-1] == 101
    assert sum(len(each.cells or (1,)) for each in listed[:-1]) == MOST_LISTED


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("dossier_inconnu", evaluation("999", "anna")),
        ("jure_inconnu", evaluation("101", "zoe")),
        ("note_illisible", evaluation("101", "anna", "bof", 3.0, 3.0, 3.0, 3.0)),
        ("numero_vide", evaluation(None, "anna")),
        ("oui_non_illisible", evaluation("101", "anna", deport="peut-être")),
    ],
)
def test_rows_that_are_not_listed_are_left_out_all_the_same(code, row):
    read = reading(book(evaluations=[*EVALUATIONS, *[row] * (MOST_LISTED + 50)]))
    listed = [each for each in read.anomalies if each.code == code]
    assert (len(listed), count(listed)) == (MOST_LISTED + 1, MOST_LISTED + 50)
    assert {*read.valid_rows("evaluations")["row"]} <= {*range(2, 2 + len(EVALUATIONS))}


MANY = 40
FLOODS = {
    "an error copied down": ("cellule_en_erreur", [evaluation("101", f"j{row}") for row in range(MANY)], "pertinence"),
    "an address that was renamed": ("jure_inconnu", [evaluation("101", "zoe")] * MANY, "jure"),
    "a dossier that was deleted": ("dossier_inconnu", [evaluation("999", "anna")] * MANY, "numero"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_cells_of_one_cause_are_one_anomaly_and_each_row_is_left_out(flood):
    code, rows, field = FLOODS[flood]
    if code == "cellule_en_erreur":
        rows = [{**row, field: CellError("#REF!")} for row in rows]
    read = reading(book(evaluations=[*EVALUATIONS, *rows]))
    [told] = [each for each in compute(read).anomalies if each.code == code]
    first = len(EVALUATIONS) + 2
    assert told.cells == tuple(cell_of("evaluations", field, row) for row in range(first, first + MANY))
    assert (told.cell, told.severity) == (told.cells[0], Severity.BLOCKING)
    text = told.message.replace("\u202f", " ")
    assert f"De même : {told.cells[1]}" in text
    assert text.endswith("et 29 autres cellules.")
    assert len(read.valid_rows("evaluations")) == len(EVALUATIONS)


def test_two_cells_are_two_anomalies_and_one_that_says_something_else_stays_by_itself():
    two = [evaluation("999", "anna"), evaluation("999", "bruno"), evaluation("998", "bruno")]
    read = reading(book(evaluations=[*EVALUATIONS, *two]))
    three = [each for each in compute(read).anomalies if each.code == "dossier_inconnu"]
    assert [each.cells for each in three] == [(), (), ()]


def test_a_cause_is_named_with_its_dossiers_and_grouping_again_changes_nothing():
    alike = [anomaly(KEY_IS_BLANK, "Suivi", f"B{row}", str(row), header="Jalon") for row in (2, 5, 9)]
    other = anomaly(KEY_IS_BLANK, "Suivi", "C7", "7", header="Jalon")
    once = grouped([alike[0], other, *alike[1:]])
    assert [each.cells for each in once] == [("B2", "B5", "B9"), ()]
    assert "De même : B5 (5) et B9 (9)." in once[0].message.replace("\u202f", " ")
    assert grouped(once) == once
    assert count(once) == 2


def test_limits_can_be_put_one_after_the_other():
    repeated = [anomaly(KEY_IS_BLANK, "Jury", f"A{row}", header="N°") for row in range(MOST_LISTED + 30)]
    once = limited(repeated)
    assert limited([*once, *repeated[:5]])[-1].others == 30 + 5
    assert count(limited(once)) == len(repeated)
    assert limited(repeated[:MOST_LISTED]) == repeated[:MOST_LISTED]


def test_a_value_of_any_length_is_quoted_in_short():
    """A number of 5000 digits, an address of a page."""
    read = reading(book(evaluations=[*EVALUATIONS, evaluation("9" * 5000, "z" * 5000)]))
    assert len(read.anomalies) >= 2
    assert max(len(each.message) for each in read.anomalies) < 1500
