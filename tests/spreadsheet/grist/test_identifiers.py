"""Ids that Grist makes of titles and labels: a table of what it gives, compared with a real server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.identifiers import column_id, table_id
from tests.grist_server import running

TABLES = {
    "Évaluations": "Evaluations", "E-mails à envoyer": "E_mails_a_envoyer", "classement": "Classement",
    "class": "Class", "L’été « chaud »": "L_ete_chaud_", "2021": "T2021", "_privé": "Prive", "Œuvre": "Uvre",
    "deux\nlignes": "Deux_lignes", "a/b": "A_b",
}  # fmt: skip
COLUMNS = {
    "N° de dossier": "N_de_dossier", "Note /20": "Note_20", "class": "cclass", "None": "cNone", "1er": "c1er",
    "%": "colonne", "Coût": "Cout",
}  # fmt: skip


@pytest.mark.parametrize(("title", "id_"), TABLES.items())
def test_the_id_of_a_table(title, id_):
    assert table_id(title, []) == id_


def test_a_title_without_a_letter_has_no_id():
    assert table_id("—", []) == ""


@pytest.mark.parametrize(("label", "id_"), COLUMNS.items())
def test_the_id_of_a_column(label, id_):
    assert column_id(label, []) == id_


@pytest.mark.parametrize(
    ("taken", "id_"), [(["CLASSEMENT"], "Classement2"), (["Classement", "classement2"], "Classement3")]
)
def test_an_id_that_is_taken_gets_a_number_whatever_its_case(taken, id_):
    assert table_id("Classement", taken) == id_


def test_ids_that_end_in_a_digit_or_are_reserved():
    assert table_id("EIG 5", ["EIG_5"]) == "EIG_5_2"
    assert column_id("id", []) == "id2"


@given(st.text(), st.lists(st.text()))
def test_an_id_is_a_free_python_name(label, taken):
    made = column_id(label, taken)
    assert made.isidentifier()
    assert made.isascii()
    assert made.upper() not in {name.upper() for name in taken}


@pytest.mark.slow
def test_grist_gives_the_same_ids():
    with running() as server:
        document = server.new_document()
        made = server.apply(document, *(["AddTable", title, [{"id": "a"}]] for title in TABLES))["retValues"]
        assert {title: table["table_id"] for title, table in zip(TABLES, made, strict=True)} == TABLES
        labels = [label for label in COLUMNS if label != "%"]  # of which Grist makes a letter; ours is asked for
        [table] = server.apply(document, ["AddTable", "Colonnes", [{"id": label} for label in labels]])["retValues"]
        assert table["columns"] == [COLUMNS[label] for label in labels]
        again = [["AddTable", "EIG 5", [{"id": "id"}]]] * 2
        ids = [table["table_id"] for table in server.apply(document, *again)["retValues"]]
        assert ids == ["EIG_5", "EIG_5_2"]
