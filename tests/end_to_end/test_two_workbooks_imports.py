"""Imports of a call whose candidates have a workbook of their own: each export goes to its own."""

from __future__ import annotations

import pytest

from tests.call.applications.files import ADA, ANSWER, EMMY, talents_file, wishes_file
from tests.two_workbooks import REVEALED, made

CHOICE = {**ANSWER, "voeu_1": "Projet 90102", "voeu_2": "90101"}


@pytest.fixture
def pair(tmp_path):
    """Both, up to date on the day when laureates are known."""
    pair = made(tmp_path / "appel")
    assert pair.run("--today", REVEALED, "init").code == 0
    assert pair.sync().code == 0
    return pair


@pytest.mark.slow
def test_candidates_and_their_choices_go_to_the_candidates_workbook(pair, tmp_path):
    before = pair.saves
    done = pair.run("import", talents_file(tmp_path, ADA, EMMY), "--kind", "talents")
    assert done.code == 0, done.err
    done = pair.run("import", wishes_file(tmp_path, CHOICE), "--kind", "wishes")
    assert done.code == 0, done.err
    assert (pair.saves[0] - before[0], pair.saves[1] - before[1]) == (0, 2)
    [row] = pair.tab(pair.talents, "Vœux reçus").rows
    assert (row["Candidat"], row["Vœu 1"], row["Vœu 2"], row["Suite"]) == ("Ada Lovelace", "90102", "90101", "Compte.")
    assert pair.sync().code == 0
    before = pair.saves
    assert pair.sync().code == 0
    assert pair.saves == before
    projects = "\n".join(str(value) for tab in pair.read().tabs for row in tab.rows for value in row)
    assert not any(word in projects for word in ("Lovelace", "ada@x.example", "5001", "7001"))


@pytest.mark.slow
def test_an_import_is_undone_in_its_own_workbook(pair, tmp_path):
    pair.run("import", talents_file(tmp_path, ADA), "--kind", "talents")
    assert "Aucun import à défaire" in pair.run("import", "--undo").err
    done = pair.run("import", "--undo", "--kind", "talents", "--format", "json")
    assert [(one["dossier"], one["action"]) for one in done.records] == [("5001", "supprimée")]
    assert pair.sync().code == 0


def test_numbers_of_the_other_workbook_are_refused(pair, tmp_path):
    export = talents_file(tmp_path, {**ADA, "candidature": "90101"})
    done = pair.run("import", export, "--kind", "talents")
    assert (done.code, "est déjà dans Candidatures (90101)" in done.err) == (1, True)


@pytest.mark.slow
def test_candidates_are_not_taken_for_dossiers(pair, tmp_path):
    """Each form has its workbook: the columns of one tell it in the other."""
    export = talents_file(tmp_path)
    before = pair.saves
    done = pair.run("import", export, "--yes")
    assert done.code == 1
    assert "il a les colonnes des candidatures (« --kind talents »)" in done.err.replace("\u202f", " ")
    assert pair.saves == before
