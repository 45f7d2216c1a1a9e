"""Tokens, quotas, Drive, and the command that starts the server."""

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import gspread
import openpyxl
import pytest
import requests
from google.auth import jwt
from google.auth.crypt import RSASigner
from google.auth.exceptions import RefreshError
from gspread.utils import ExportFormat

from tests.sheets_server.auth import EMAIL, GRANT
from tests.test_sheets_server.clients import Api, session_of


def assertion(server, **claims):
    signer = RSASigner.from_service_account_file(server.service_account)
    now = int(time.time())
    scope = "https://www.googleapis.com/auth/spreadsheets"
    given = {"iss": EMAIL, "aud": f"{server.url}/token", "iat": now, "exp": now + 3600, "scope": scope} | claims
    return jwt.encode(signer, given).decode()


def grant(server, signed):
    form = {"grant_type": GRANT, "assertion": signed}
    return requests.post(f"{server.url}/token", data=form, timeout=300)


def test_a_signed_jwt_is_exchanged_for_a_token(server):
    answer = grant(server, assertion(server)).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3599)
    assert server.accounts.bearer(f"Bearer {answer['access_token']}").email == EMAIL


@pytest.mark.parametrize(
    ("claims", "error", "said"),
    [
        ({"aud": "https://example.org"}, "invalid_grant", "Failed audience check"),
        ({"iss": "autre@example.org"}, "invalid_grant", "account not found"),
        (
            {"iat": 1, "exp": 3601},
            "invalid_grant",
            "reasonable timeframe. Check your iat and exp values in the JWT claim.",
        ),
        ({"exp": int(time.time()) + 9000}, "invalid_grant", "short-lived token"),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope"),
    ],
)
def test_claims_that_are_refused(server, claims, error, said):
    answer = grant(server, assertion(server, **claims))
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert said in answer.json()["error_description"]


def test_another_key_s_signature_is_refused(server):
    header, payload, _ = assertion(server).split(".")
    _, _, other = assertion(server, sub="x").split(".")
    assert grant(server, f"{header}.{payload}.{other}").json()["error_description"] == "Invalid JWT Signature."
    assert grant(server, "abc").json()["error"] == "invalid_grant"


def test_a_clock_that_is_an_hour_off(server):
    server.accounts.clock_offset = 3 * 3600
    with session_of(server) as session, pytest.raises(RefreshError, match="Check your iat and exp values"):
        gspread.Client(auth=session.credentials, session=session).list_spreadsheet_files()


def test_a_token_expires(server, api):
    token = grant(server, assertion(server)).json()["access_token"]
    api.headers = {"Authorization": f"Bearer {token}"}
    assert api.call("GET", "").status_code == 200
    server.accounts.tokens.clear()
    answer = api.call("GET", "")
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    api.headers = {}
    assert api.call("GET", "").status_code == 401


def test_scopes_are_held(server, api):
    for scope, reads, writes in [("spreadsheets.readonly", 200, 403), ("gmail.send", 403, 403)]:
        token = grant(server, assertion(server, scope=f"https://www.googleapis.com/auth/{scope}")).json()[
            "access_token"
        ]
        api.headers = {"Authorization": f"Bearer {token}"}
        assert api.call("GET", "").status_code == reads
        assert api.call("POST", "/values/A1:clear", {}).status_code == writes


def test_a_spreadsheet_that_is_not_there(server):
    answer = Api(server, "absent").call("GET", "")
    error = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert (answer.status_code, answer.json()) == (404, {"error": error})


def test_sixty_reads_and_sixty_writes_a_minute(server, api, monkeypatch):
    monkeypatch.setattr(server.world, "clock", lambda: 0.0)  # however long the reads take
    requests.post(f"{server.url}/_control/settings", json={"quotas": True}, timeout=300)
    statuses = [api.call("GET", "/values/A1").status_code for _ in range(62)]
    assert statuses == [200] * 60 + [429] * 2
    error = api.call("GET", "/values/A1").json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert "'Read requests' and limit 'Read requests per minute per user'" in error["message"]
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert api.call("POST", "/values/A1:clear", {}).status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/values/A1", {"valueRenderOption": "PRETTY"}, "Invalid value at 'value_render_option'"),
        ("/values/A1", {"couleur": "bleu"}, 'Unknown name "couleur": Cannot bind query parameter'),
        ("", {"includeGridData": "peut-être"}, "Invalid value at 'include_grid_data' (TYPE_BOOL)"),
    ],
)
def test_parameters_that_a_method_lacks(api, path, query, message):
    answer = api.call("GET", path, **query)
    assert answer.status_code == 400
    assert message in answer.json()["error"]["message"]


def test_a_spreadsheet_is_made_with_its_tabs(server):
    body = {"properties": {"title": "Neuf", "locale": "fr_FR"}, "sheets": [{"properties": {"title": "A"}}, {}]}
    headers = {"Authorization": "Bearer emulator"}
    made = requests.post(f"{server.url}/v4/spreadsheets", json=body, headers=headers, timeout=300).json()
    assert (made["properties"]["title"], made["properties"]["locale"]) == ("Neuf", "fr_FR")
    assert [tab["properties"]["title"] for tab in made["sheets"]] == ["A", "Feuille 2"]


def test_files_are_listed_copied_shared_and_deleted(client, book):
    book.sheet1.update([["x"]], "A1")
    copy = client.copy(book.id, title="Copie", copy_permissions=False)
    assert copy.sheet1.acell("A1").value == "x"
    assert [file["id"] for file in client.list_spreadsheet_files("Copie")] == [copy.id]
    copy.share("anne@example.org", perm_type="user", role="writer", notify=False)
    roles = {item["emailAddress"]: item["role"] for item in copy.list_permissions()}
    assert roles == {EMAIL: "owner", "anne@example.org": "writer"}
    assert copy.remove_permissions("anne@example.org", role="writer")
    client.del_spreadsheet(copy.id)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key(copy.id)


def test_who_a_file_is_not_shared_with_finds_none(server, book):
    headers = {"Authorization": "Bearer emulator:eve@example.org"}
    answer = requests.get(f"{server.url}/drive/v3/files/{book.id}", headers=headers, timeout=300)
    [item] = answer.json()["error"]["errors"]
    assert (answer.status_code, item["reason"], item["location"]) == (404, "notFound", "fileId")


def test_exports(client, book):
    book.sheet1.update([["a,b", 1], ["=1+1", ""]], "A1", raw=False)
    assert client.export(book.id, ExportFormat.CSV) == b'"a,b",1\r\n2,'
    xlsx = client.export(book.id, ExportFormat.EXCEL)
    assert openpyxl.load_workbook(io.BytesIO(xlsx))["Sheet1"]["A2"].value == "=1+1"


def test_a_call_to_drive_that_is_not_done_here_is_a_501(server, book):
    url, headers = f"{server.url}/drive/v3/files/{book.id}/revisions", {"Authorization": "Bearer emulator"}
    answer = requests.get(url, headers=headers, timeout=300)
    assert answer.status_code == 501
    assert "/revisions" in answer.json()["error"]["message"]


@pytest.mark.slow
def test_the_command_says_where_it_is_and_serves_a_file(tmp_path):
    source = openpyxl.Workbook()
    tab = source.worksheets[0]
    tab.title, tab["A1"], tab["A2"], tab["B2"] = "Candidatures", "Nom", "Été", 44293.5
    tab["B2"].number_format, tab.freeze_panes = "dd/mm/yyyy hh:mm", "A2"
    source.save(tmp_path / "c.xlsx")
    command = [
        sys.executable,
        "-m",
        "tests.sheets_server",
        "--port",
        "0",
        "--load",
        tmp_path / "c.xlsx",
        "--locale",
        "fr_FR",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True) as process:
        where = json.loads(process.stdout.readline())
        assert Path(where["service_account"]).stat().st_mode & 0o777 == 0o600
        url, headers = f"{where['url']}/v4/spreadsheets/{where['spreadsheet_id']}", {"Authorization": "Bearer emulator"}
        shown = requests.get(f"{url}/values/Candidatures", headers=headers, timeout=300).json()
        assert shown["values"] == [["Nom"], ["Été", "07/04/2021 12:00"]]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=300) == 0
