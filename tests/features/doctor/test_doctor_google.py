"""`doctor --canary` on a Google Sheet."""

import pytest

from tests.run.test_google import online as online  # noqa: PLC0414 (a fixture, as the others below)
from tests.run.test_google import ready as ready  # noqa: PLC0414
from tests.run.test_google import server as server  # noqa: PLC0414
from tests.sheets_server.auth import EMAIL


@pytest.mark.slow
def test_a_write_trial_comes_and_goes_in_a_hidden_tab_of_its_own(ready):
    before = {name: ready.shown(name) for name in ready.tabs("merges")}
    done = ready.run("doctor", "--canary", "--format", "json")
    findings = {record["check"]: record["status"] for record in done.records}
    assert (done.code, findings["Essai d’écriture"]) == (0, "ok"), done.out
    assert [call for call in ready.calls if call[0] == "POST"] == [("POST", "batchUpdate")] * 2
    after = {name: ready.shown(name) for name in ready.tabs("merges")}
    [headers] = after.pop("Essai d’écriture")
    assert (after, headers[0]) == (before, "Essai")
    assert ready.tabs("merges")["Essai d’écriture"]["properties"]["hidden"]
    ready.done("sync")
    assert "Rien n’a changé" in ready.done("sync")


@pytest.mark.slow
def test_a_write_trial_tells_what_no_reading_tells(online):
    online.done("init")
    for sheet in online.server.world.books[online.key].sheets:
        sheet.protected.clear()  # a reading tells of them who may write
    for share in online.server.world.files[online.key].permissions:
        if share.get("emailAddress") == EMAIL:
            share["role"] = "reader"
    done = online.run("doctor", "--canary", "--format", "json")
    findings = {record["check"]: (record["status"], record["message"]) for record in done.records}
    assert (done.code, findings["Écriture"][0], findings["Essai d’écriture"][0]) == (1, "attention", "erreur")
    assert "lecture seule" in findings["Essai d’écriture"][1]
