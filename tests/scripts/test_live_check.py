"""The live check, against the local Sheets server: what it confirms, what it refutes, what it refuses to touch."""

import contextlib
import functools
import io
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

import pytest
import requests

from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.rate_limit import RateLimit
from eig_sheets.text.french import typographic
from tests.program import environment
from tests.scripts.conftest import SCRIPTS, imported
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import OWNER, running
from tests.sheets_server.world import permission
from tests.test_sheets_server.clients import Api

HURRIED = functools.partial(connect, rate_limit=RateLimit(max_calls=1000))
"""The server of these tests counts no reads: nothing waits for Google's quota."""
VERDICT = re.compile(r"^(confirmé|infirmé|non vérifiable) +(.*)\.$", re.MULTILINE)


@pytest.fixture(scope="module")
def server():
    with running(locale="fr_FR", check_answers=False) as made:
        yield made


@pytest.fixture
def scratch(server):
    """A spreadsheet of this test's own, whose title says that it is a scratch one."""
    book = server.world.create("Essai EIG", OWNER)
    server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
    return Api(server, book.id)


def check(scratch, *words, sheet="", **environment):
    """The program run on the scratch spreadsheet: exit code and what it printed."""
    server = scratch.server
    folder = server.world.add_folder("Essai", server.world.add_drive("Essai", {EMAIL: "fileOrganizer"}))
    given = {
        "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
        "EIG_SHEETS_API_ENDPOINT": server.url,
        "EIG_SHEETS_LIVE_SHEET": sheet or scratch.book_id,
        "EIG_SHEETS_LIVE_FOLDER": folder.id,
        "EIG_SHEETS_LIVE_JUROR": "jure@example.org",
        **environment,
    }
    out, err = io.StringIO(), io.StringIO()
    with (
        imported("live_check") as program,
        patch.object(program, "connect", HURRIED),
        patch.object(sys, "argv", ["live_check.py", *words]),
        patch.dict(os.environ, given),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = program.main()
    assert err.getvalue() == ""
    return code, out.getvalue()


def verdicts(printed):
    """How each behaviour came out, by the beginning of its sentence."""
    return {sentence[:30].rstrip(): verdict for verdict, sentence in VERDICT.findall(printed)}


def is_as_before(scratch):
    """Whether nothing of the check is left: one empty tab, no mark."""
    [tab] = scratch.get("developerMetadata,sheets(properties.title,data.rowData,developerMetadata)")["sheets"]
    return tab == {"properties": {"title": "Feuille 1"}, "data": [{}]}


@contextmanager
def twisted(server, twist):
    """A way to the server that changes its answers; `twist` takes the request's body and the reply's."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sent = {name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers}
            reply = requests.request(self.command, server.url + self.path, data=body, headers=sent, timeout=300)
            status, content = twist(body, reply.status_code, reply.content)
            self.send_response(status)
            self.send_header("Content-Type", reply.headers["Content-Type"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _serve  # noqa: N815

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join()


@pytest.mark.slow
def test_every_behaviour_is_confirmed_here_and_nothing_is_left(scratch):
    code, printed = check(scratch)
    found = verdicts(printed)
    assert {name: verdict for name, verdict in found.items() if verdict != "confirmé"} == {}
    assert len(found) >= 33
    assert code == 0
    assert printed.splitlines()[-2:] == [
        "Les onglets d’essai ont été supprimés.",
        f"{len(found)} confirmés, 0 infirmé, 0 non vérifiable.",
    ]
    assert is_as_before(scratch)


@pytest.mark.slow
def test_what_google_does_otherwise_is_refuted_with_what_was_seen_and_what_breaks(scratch):
    def other_errors(_, status, answer):
        return status, answer.replace(b'"type":"REF"', b'"type":"ERROR"')

    with twisted(scratch.server, other_errors) as url:
        code, printed = check(scratch, "erreur REF", EIG_SHEETS_API_ENDPOINT=url)
    assert verdicts(printed) == {"Une valeur tapée sous l’en-têt": "infirmé"}
    assert "Vu\u202f: en-tête\u202f: #ERROR!" in printed
    assert "Sinon\u202f: le robot ne saurait pas nommer la cellule de trop" in printed
    assert "eig_sheets/workbook/ownership.py" in printed
    assert code == 1
    assert is_as_before(scratch)


def test_a_request_that_google_refuses_is_refuted_in_its_own_words(scratch):
    refusal = b'{"error":{"code":400,"message":"Invalid value at link.uri","status":"INVALID_ARGUMENT"}}'

    def no_links(asked, status, answer):
        return (400, refusal) if b"#gid=" in asked else (status, answer)

    with twisted(scratch.server, no_links) as url:
        code, printed = check(scratch, "lien", EIG_SHEETS_API_ENDPOINT=url)
    assert verdicts(printed) == {"Un lien vers une cellule du cl": "infirmé"}
    assert "Vu\u202f: refusé (erreur 400)\u202f: Invalid value at link.uri" in printed
    assert code == 1


@pytest.mark.slow
def test_an_answer_of_another_shape_is_refuted_and_the_others_are_still_checked(scratch):
    def no_metadata_in_replies(_, status, answer):
        return status, answer.replace(b'"createDeveloperMetadata":', b'"created":')

    with twisted(scratch.server, no_metadata_in_replies) as url:
        _, printed = check(scratch, "la suit quand", "case à cocher", EIG_SHEETS_API_ENDPOINT=url)
    found = verdicts(printed)
    assert found == {"La marque d’une colonne la sui": "infirmé", "Une case à cocher que personne": "confirmé"}
    assert "n’a pas la forme attendue (KeyError" in printed
    assert is_as_before(scratch)


def test_a_write_that_is_not_answered_is_not_verifiable(scratch):
    def broken(asked, status, answer):
        return (502, b"<html>") if b"#gid=" in asked else (status, answer)

    with twisted(scratch.server, broken) as url:
        code, printed = check(scratch, "lien", EIG_SHEETS_API_ENDPOINT=url)
    assert verdicts(printed) == {"Un lien vers une cellule du cl": "non vérifiable"}
    assert code == 1
    assert is_as_before(scratch)


def test_what_cannot_be_removed_is_reported(scratch):
    refusal = b'{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}'

    def no_removal(asked, status, answer):
        return (403, refusal) if b"deleteSheet" in asked else (status, answer)

    with twisted(scratch.server, no_removal) as url:
        _, printed = check(scratch, "case à cocher", EIG_SHEETS_API_ENDPOINT=url)
    assert f"Des onglets d’essai restent dans https://docs.google.com/spreadsheets/d/{scratch.book_id}/edit" in printed
    assert "ont été supprimés" not in printed


@pytest.mark.parametrize("title", ["Campagne EIG5", "Attestations"])
def test_a_spreadsheet_that_is_no_scratch_one_is_refused(scratch, title):
    scratch.batch({"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}})
    refused = f"« {title} » n’est pas un classeur d’essai : son titre doit contenir le mot « essai ».\n"
    assert check(scratch) == (1, typographic(refused))
    assert is_as_before(scratch)


@pytest.mark.parametrize("typed", ["Zoé", '=IF(TRUE;"")'])
def test_a_spreadsheet_that_holds_anything_is_refused(scratch, typed):
    scratch.type("A3", [typed])
    refused = "Le classeur n’est pas vide (« Feuille 1 ») : supprimez ce qu’il contient, ou créez-en un autre.\n"
    assert check(scratch) == (1, typographic(refused))


def test_tabs_of_people_that_come_meanwhile_stay(scratch):
    added = []

    def joined(asked, status, answer):
        if b"addSheet" in asked and not added:
            added.append(scratch.batch({"addSheet": {"properties": {"title": "À moi"}}}))
        return status, answer

    with twisted(scratch.server, joined) as url:
        code, _ = check(scratch, "case à cocher", EIG_SHEETS_API_ENDPOINT=url)
    titles = [tab["properties"]["title"] for tab in scratch.get("sheets.properties.title")["sheets"]]
    assert (code, titles) == (0, ["Feuille 1", "À moi"])


def test_a_spreadsheet_that_is_not_shared_is_refused_with_the_remedy(scratch):
    scratch.server.world.files[scratch.book_id].permissions.clear()
    code, printed = check(scratch)
    assert code == 1
    assert printed.startswith(f"Le classeur n’est pas partagé avec le compte du robot ({EMAIL}).")


@pytest.mark.slow
def test_without_a_spreadsheet_or_with_unknown_words_it_is_a_wrong_use(scratch):
    code, printed = check(scratch, EIG_SHEETS_LIVE_SHEET="")
    assert (code, "EIG_SHEETS_LIVE_SHEET" in printed) == (2, True)
    done = subprocess.run(
        [sys.executable, "-W", "error", SCRIPTS / "live_check.py", "girafe"],
        env=environment({"EIG_SHEETS_LIVE_SHEET": scratch.book_id}), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (2, "Aucun contrôle ne contient ces mots.\n", "")
