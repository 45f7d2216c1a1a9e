"""Requests of a call whose candidates have a workbook of their own."""

import pytest

from eig_sheets.features.requests.actions import LABELS
from tests.call.applications.files import talents_file
from tests.in_memory import storage_at
from tests.spreadsheet.memory_desk import put
from tests.two_workbooks import REVEALED, Pair, made


@pytest.fixture
def pair(tmp_path) -> Pair:
    """Both up to date."""
    pair = made(tmp_path / "appel")
    assert pair.run("--today", REVEALED, "init").code == pair.sync().code == 0
    return pair


@pytest.mark.slow
def test_requests_of_both_are_answered_and_the_candidates_may_ask_for_less(pair):
    for workbook, storage in ((pair.workbook, storage_at(pair.workbook)), (pair.talents, storage_at(pair.talents))):
        table = pair.tab(workbook, "Demandes")
        put(storage, "Demandes", table.cell("Action", table.rows[0]["N° de demande"]), LABELS["synchroniser"])
    assert len(pair.run("requests", "list", "--format", "json").records) == 2
    done = pair.run("requests", "run", "--format", "json")
    assert (done.code, [record["state"] for record in done.records]) == (0, ["faite", "faite"])
    table = pair.tab(pair.talents, "Demandes")
    put(storage_at(pair.talents), "Demandes", table.cell("Action", table.rows[1]["N° de demande"]), LABELS["rapport"])
    assert pair.run("requests", "run", "--format", "json").records == []


@pytest.mark.slow
def test_an_export_is_imported_where_its_rows_go_and_refused_elsewhere(pair, tmp_path):
    """One folder is for both workbooks: an export asked for in the wrong one says what it is of."""
    exports = pair.folder / "exports"
    exports.mkdir()
    talents_file(exports)

    def asked(workbook, place):
        table = pair.tab(workbook, "Demandes")
        put(storage_at(workbook), "Demandes", table.cell("Action", table.rows[place]["N° de demande"]), "Importer")
        assert pair.run("requests", "run").code == 0
        return str(pair.tab(workbook, "Demandes").rows[place]["Réponse"]).replace("\u202f", " ")

    wrong = asked(pair.workbook, 0)
    assert wrong.startswith("Refusée")
    assert "il a les colonnes des candidatures" in wrong
    assert "2 candidatures à ajouter" in asked(pair.talents, 0)
