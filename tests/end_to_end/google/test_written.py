"""What was written is looked at (guarantee G16): a text that Google keeps otherwise, rows beside added ones."""

import pytest

from tests.columns import cell_of
from tests.effort import first
from tests.end_to_end.google import checks, unexpected_google
from tests.end_to_end.google.support import Desk
from tests.end_to_end.google.test_tables import an_export

CODE, TYPED = "texte_garde_autrement", "saisie_dans_onglet_robot"


def told(desk: Desk, code: str) -> list[dict]:
    """The anomalies of that code."""
    return [row for row in desk.rows("Anomalies") if row["Code"] == code]


@pytest.mark.slow
@pytest.mark.parametrize("name", first(2, [*unexpected_google.ALTERED_TEXTS]))
def test_a_text_that_google_keeps_otherwise_is_said_once_and_left_alone(desk, name):
    desk.change_a_score()
    with unexpected_google.altered_texts(unexpected_google.ALTERED_TEXTS[name]):
        runs = [desk.sync() for _ in range(4)]
        assert [one.code for one in runs] == [0] * 4, runs
        assert desk.written == 0, "every night writes again"
        assert told(desk, TYPED) == []
        assert len(told(desk, CODE)) == (name != "texts are trimmed")
        desk.edit("set", tab="Évaluations", cell=cell_of("evaluations", "pertinence", 3), value=1)
        for _ in range(3):  # what changed; where it is first said; nothing
            assert desk.sync().code == 0
        assert desk.written == 0
        checks.nothing_lost(desk)


@pytest.mark.slow
def test_what_somebody_types_over_such_a_cell_is_put_right_and_told_as_ever(desk):
    desk.change_a_score()
    with unexpected_google.altered_texts(unexpected_google.ALTERED_TEXTS["narrow spaces are replaced"]):
        for _ in range(3):
            assert desk.sync().code == 0
        [line] = told(desk, CODE)
        tab, cell = line["Onglet"], line["Cellule"]
        for _ in range(3):
            desk.edit("set", tab=tab, cell=cell, value="à nous")
            assert desk.sync().code == 0
            assert desk.cells(tab)[cell] != "à nous"
        assert [row["Onglet"] for row in told(desk, TYPED)] == [tab]
        assert len(told(desk, CODE)) == 1


@pytest.mark.slow
def test_the_same_value_typed_night_after_night_is_a_person_s(desk):
    cell = next(cell for cell, value in desk.cells("Classement").items() if value == "Projet 1")
    for _ in range(4):
        desk.edit("set", tab="Classement", cell=cell, value="Projet un")
        assert desk.sync().code == 0
        assert desk.cells("Classement")[cell] == "Projet 1"
    assert told(desk, CODE) == []
    assert told(desk, TYPED)


@pytest.mark.parametrize("command", ["import", "sync"])
def test_a_row_that_added_rows_were_written_over_is_named(desk, tmp_path, command):
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    arguments = ("import", str(an_export(tmp_path)), "--yes") if command == "import" else ("sync",)
    with unexpected_google.BEHAVIOURS["rows are inserted one higher than asked"]():
        done = desk.run(*arguments)
    assert done.code == 1, done
    assert "n’est plus là, juste après que des lignes y ont été ajoutées" in done.err


@pytest.mark.slow
def test_rows_under_other_headers_are_told_until_they_are_mended(desk, tmp_path):
    """The columns of an uploaded sheet have no marks, so that nothing holds the batch back."""
    book = desk.book.copy()
    book.metadata = [one for one in book.metadata if one["metadataKey"] != "eig-sheets.column"]
    desk.book = book
    moved = {"kind": "move_column", "tab": "Candidatures", "header": "Nom du projet", "to": "F"}
    done = desk.run("import", str(an_export(tmp_path)), "--yes", script=[{"after_call": 1, "edit": moved}])
    assert (done.code, "sous d’autres en-têtes" in done.err) == (1, True), done
    for _ in range(2):
        assert desk.sync().code == 0
        [told_of] = told(desk, "ligne_sous_autres_en_tetes")
        assert told_of["Onglet"] == "Candidatures"
        row = int(told_of["Cellule"][1:])
    desk.edit("delete_row", tab="Candidatures", at=row)
    assert desk.sync().code == 0
    assert told(desk, "ligne_sous_autres_en_tetes") == []


@pytest.mark.slow
def test_each_write_is_read_back_once(desk):
    desk.change_a_score()
    assert desk.sync().code == 0
    assert [(method, path.partition(":")[2]) for method, path, _ in desk.calls] == [
        ("GET", ""),
        ("POST", "batchUpdate"),
        ("GET", ""),
    ]


def emptied_journal(desk: Desk) -> None:
    for cell in desk.cells("Journal"):
        desk.edit("set", tab="Journal", cell=cell, value=None)


def deleted_headers(desk: Desk) -> None:
    headers = next(place for place, row in enumerate(desk.values("Classement"), 1) if "N° de dossier" in row)
    desk.edit("delete_row", tab="Classement", at=headers)


@pytest.mark.slow
@pytest.mark.parametrize("spoiled", [emptied_journal, deleted_headers])
def test_a_tab_that_was_spoiled_is_put_right_by_one_write(desk, spoiled):
    spoiled(desk)
    assert desk.sync().code == 0
    assert desk.written == 1
    for _ in range(2):
        assert desk.sync().code == 0
        assert desk.written == 0, desk.writes
