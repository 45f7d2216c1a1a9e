"""`doctor` on what a campaign uses besides its workbook: Démarche Numérique, the folder of jurors' pages, the clock."""

import os
import time

import pytest

from tests.demarche_server import faults
from tests.demarche_server.server import TOKEN
from tests.features.doctor.test_doctor import packaged as packaged  # noqa: PLC0414 (a fixture)
from tests.program import eig
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.sheets_server.world import permission

DEMARCHE, PAGES = "Démarche Numérique", "Dossier des grilles"
ENV = {"EIG_SHEETS_DEMARCHE_TOKEN": TOKEN}


def found_in(done):
    """(status, message) by what they are about."""
    assert TOKEN not in done.out + done.err
    return {record["check"]: (record["status"], record["message"].replace("\u202f", " ")) for record in done.records}


@pytest.fixture
def received(demo, demarche):
    """The demo, whose configuration names a démarche."""
    with demo.config.open("a", encoding="utf-8") as file:
        file.write(f'\n[demarche]\nnumber = 12345\nhost = "{demarche.url}"\n')
    return demo


@pytest.mark.in_memory
def test_a_demarche_that_the_token_opens_is_asked_nothing_else(received, demarche):
    findings = found_in(received.run("doctor", "--format", "json", env=ENV))
    assert findings[DEMARCHE] == ("ok", "Le jeton est accepté : le service montre la démarche 12345.")
    assert [body["operationName"] for body in demarche.requests] == ["getDemarche"]


@pytest.mark.slow
@pytest.mark.in_memory
def test_a_token_that_is_missing_refused_or_open_to_others(received, demarche, tmp_path):
    assert found_in(received.run("doctor", "--format", "json"))[DEMARCHE][0] == "erreur"
    path = tmp_path / "jeton"
    path.write_text(TOKEN, encoding="utf-8")
    path.chmod(0o644)
    file = {"EIG_SHEETS_DEMARCHE_TOKEN_FILE": str(path)}
    done = received.run("doctor", "--format", "json", env=file)
    assert (done.code, "autres utilisateurs" in found_in(done)[DEMARCHE][1]) == (1, True)
    demarche.token = "another"
    status, message = found_in(received.run("doctor", "--format", "json", env=ENV))[DEMARCHE]
    assert (status, "refuse ce jeton" in message) == ("erreur", True)


@pytest.mark.in_memory
def test_who_acts_there_is_looked_up(received):
    text = received.config.read_text(encoding="utf-8")
    received.config.write_text(f'{text}instructeur = "personne@example.org"\n', encoding="utf-8")
    status, message = found_in(received.run("doctor", "--format", "json", env=ENV))[DEMARCHE]
    assert (status, "personne@example.org" in message) == ("erreur", True)


@pytest.mark.slow
@pytest.mark.in_memory
def test_a_service_that_is_down_does_not_keep_anybody_waiting(received, demarche):
    demarche.faults += [faults.status(503)] * 60
    before = time.monotonic()
    status, message = found_in(received.run("doctor", "--format", "json", env=ENV))[DEMARCHE]
    assert (status, "ne répond pas" in message) == ("erreur", True)
    assert time.monotonic() - before < 60


@pytest.mark.in_memory
def test_without_a_demarche_nothing_is_said_of_one(demo):
    assert not {DEMARCHE, PAGES} & found_in(demo.run("doctor", "--format", "json")).keys()


@pytest.mark.slow
def test_the_folder_of_jurors_pages(packaged):
    with running() as server:
        book = server.world.create("Campagne", "anne@example.org")
        server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
        drive = server.world.add_drive("Équipe", {EMAIL: "fileOrganizer"})
        folder = server.world.add_folder("Jury", drive)
        text = packaged.config.read_text(encoding="utf-8")
        env = {"GOOGLE_APPLICATION_CREDENTIALS": server.service_account, "EIG_SHEETS_API_ENDPOINT": server.url}
        statuses = []
        for place in (folder.id, "1AbCdEfGhIjKlMnOpQrStUvWxYz"):
            named = text.replace("[jury]\n", f'[jury]\ndrive_folder = "{place}"\n', 1)
            assert named != text
            packaged.config.write_text(named, encoding="utf-8")
            arguments = ("--config", packaged.config, "--workbook", book.id, "doctor", "--format", "json")
            statuses.append(found_in(eig(*arguments, env=env))[PAGES][0])
        assert statuses == ["ok", "erreur"]
        assert {call.method for call in server.script.calls} == {"GET"}


def test_a_workbook_saved_tomorrow_shows_a_clock_that_is_late(demo):
    tomorrow = time.time() + 86_400
    os.utime(demo.workbook, (tomorrow, tomorrow))
    assert found_in(demo.run("doctor", "--format", "json"))["Horloge"][0] == "attention"
