"""`person show` on a Google Sheet: it reads, and leaves nothing on this machine."""

import json

import pytest

from eig_sheets.spreadsheet.google import book as books
from tests.columns import cell_of
from tests.run.test_google import online_call
from tests.sheets_server.server import running


@pytest.fixture
def ready(tmp_path):
    with running(locale="fr_FR") as server:
        call = online_call(server, tmp_path)
        call.done("init")
        yield call


@pytest.mark.slow
def test_what_is_kept_of_a_person_is_read_and_leaves_nothing_here(ready, tmp_path, monkeypatch):
    """Not even the size of an answer that is heavier than Google advises."""
    monkeypatch.setattr(books, "ADVISED_RESPONSE_BYTES", 1)
    monkeypatch.chdir(tmp_path)
    ready.edit("set", tab="Jury", cell=cell_of("jury", "email", 2), value="anna@exemple.invalid")
    ready.env["EIG_SHEETS_STATE"] = str(tmp_path / "another")
    answer = ready.run("person", "show", "anna@exemple.invalid", "--format", "json")
    assert [(item["place"], item["cell"], item["header"]) for item in json.loads(answer.out)] == [
        ("Jury", cell_of("jury", "email", 2), "E-mail")
    ]
    assert {method for method, _ in ready.calls} == {"GET", "POST"}
    assert {what for _, what in ready.calls} == {"", "batchGetByDataFilter", "getByDataFilter"}
    assert not (tmp_path / "another").exists()
