"""What is found of a Google Sheet: key, sharing, what the robot may edit, quota, clock. One reading, no write."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from google.oauth2.credentials import Credentials

from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.google.client import Client, connect
from eig_sheets.spreadsheet.google.diagnosis import FIELDS, of_writing, protections
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.spreadsheet.google.calls import inject_faults
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of, share
from tests.spreadsheet.google_desk import Heavy, Weightless

ROBOT_TAB = "eig-sheets : onglet du robot []"


def found_of(server, sizes=None, environment=None):
    """The findings by what they are about; the server saw readings alone."""
    given = environment or environment_of(server)
    book = GoogleWorkbook(server.spreadsheet_id, connect(given, AT_ONCE), sizes or Weightless())
    findings = [*book.diagnose(given)]
    assert {call.method for call in server.script.calls} <= {"GET"}
    return {finding.check: (finding.status, finding.message.replace("\u202f", " ")) for finding in findings}


def protect(server, description, *editors, **more):
    """A protection of the whole first tab."""
    book = server.world.books[server.spreadsheet_id]
    known = {"protectedRangeId": 7 + len(book.sheets[0].protected), "range": {"sheetId": book.sheets[0].id}}
    book.sheets[0].protected.append({**known, "description": description, "editors": {"users": [*editors]}, **more})


def test_a_spreadsheet_that_is_as_it_should_be(google):
    protect(google, ROBOT_TAB, EMAIL)
    findings = found_of(google)
    assert {status for status, _ in findings.values()} == {"ok"}
    assert [*findings] == ["Clé du robot", "Portée", "Partage", "Écriture", "Quota", "Horloge"]
    assert EMAIL in findings["Clé du robot"][1]
    assert google.service_account in findings["Clé du robot"][1]
    assert "1 lecture ; quand elle écrit, une écriture et une lecture de plus" in findings["Quota"][1]
    assert len(google.script.calls) == 1


def test_a_large_spreadsheet_costs_four_readings(google):
    assert "4 lectures" in found_of(google, Heavy())["Quota"][1]


def test_a_spreadsheet_without_protections_tells_nothing_of_the_right_to_write(google):
    assert found_of(google)["Écriture"][0] == "attention"


@pytest.mark.parametrize(
    ("made", "role", "statuses"),
    [
        ([(ROBOT_TAB, [EMAIL])], "reader", ["erreur"]),
        ([(ROBOT_TAB, ["anne@example.org"])], "writer", ["erreur"]),
        ([(ROBOT_TAB, [EMAIL]), (ROBOT_TAB, [])], "writer", ["ok", "erreur"]),
        ([(ROBOT_TAB, [EMAIL]), ("Jury", [])], "writer", ["ok", "attention"]),
    ],
)
def test_protections_tell_what_the_robot_may_edit(google, made, role, statuses):
    share(google, role)
    for description, editors in made:
        protect(google, description, *editors)
    client = connect(environment_of(google), AT_ONCE)
    answer = client.read("GET", google.spreadsheet_id, {"fields": FIELDS}).json
    client.close()
    assert [finding.status for finding in of_writing(protections(answer), EMAIL)] == statuses


def test_a_protection_that_only_warns_keeps_nobody_out():
    ranges = [{"description": "Jury", "warningOnly": True}]
    assert protections({"sheets": [{"properties": {"title": "Jury"}, "protectedRanges": ranges}]}) == []


def test_a_spreadsheet_that_is_not_shared(google):
    share(google, None)
    findings = found_of(google)
    assert [*findings] == ["Clé du robot", "Partage"]
    assert findings["Clé du robot"][0] == "ok"
    assert findings["Partage"][0] == "erreur"
    assert f"n’est pas partagé avec le compte du robot ({EMAIL})" in findings["Partage"][1]


def test_credentials_for_something_else_than_spreadsheets(odd):
    error = {"message": "Request had insufficient authentication scopes.", "status": "PERMISSION_DENIED"}
    odd.answers = [(403, {}, json.dumps({"error": error}).encode())]
    book = GoogleWorkbook("k" * 30, Client(Credentials(token="ya29.test"), odd.url, AT_ONCE), Weightless())
    checks = [(finding.check, finding.status) for finding in book.diagnose({})]
    assert checks == [("Clé du robot", "ok"), ("Portée", "erreur")]


@pytest.mark.slow
@pytest.mark.parametrize(("status", "message"), [(403, "User Rate Limit Exceeded"), (429, "Quota exceeded for …")])
def test_a_quota_that_is_used_up_is_no_fault_of_the_sharing(odd, status, message):
    error = {"message": message, "status": "RESOURCE_EXHAUSTED"}
    odd.answers = [(status, {}, json.dumps({"error": error}).encode())]
    book = GoogleWorkbook("k" * 30, Client(Credentials(token="ya29.test"), odd.url, AT_ONCE), Weightless())
    checks = [(finding.check, finding.status) for finding in book.diagnose({})]
    assert checks == [("Clé du robot", "ok"), ("Quota", "erreur")]


def test_a_key_that_google_refuses(google, tmp_path):
    key = json.loads(Path(google.service_account).read_text(encoding="utf-8"))
    with running() as other:
        key["private_key"] = json.loads(Path(other.service_account).read_text(encoding="utf-8"))["private_key"]
    path = tmp_path / "key.json"
    path.write_text(json.dumps(key), encoding="utf-8")
    path.chmod(0o600)
    findings = found_of(google, environment={**environment_of(google), "GOOGLE_APPLICATION_CREDENTIALS": str(path)})
    [(check, (status, message))] = findings.items()
    assert (check, status, "n’est plus valable" in message) == ("Connexion", "erreur", True)


def test_a_token_that_google_refuses(google):
    inject_faults(google, *[401] * 4)
    [(check, (status, message))] = found_of(google).items()
    assert (check, status, "ne reconnaît pas les identifiants" in message) == ("Clé du robot", "erreur", True)


@pytest.mark.slow
def test_a_server_that_is_down(google):
    inject_faults(google, *[503] * 40)
    findings = found_of(google)
    assert [(check, status) for check, (status, _) in findings.items()] == [("Connexion", "erreur")]
    assert len(google.script.calls) <= 4


def test_a_server_at_another_hour(odd):
    moment = format_datetime(datetime.now(UTC) - timedelta(hours=3, minutes=1), usegmt=True)
    odd.answers = [(200, {"Date": moment}, b'{"sheets": []}')]
    book = GoogleWorkbook("k" * 30, Client(Credentials(token="ya29.test"), odd.url, AT_ONCE), Weightless())
    [clock] = [finding for finding in book.diagnose({}) if finding.check == "Horloge"]
    assert (clock.status, "avance de 3 heures" in clock.message.replace("\u202f", " ")) == ("erreur", True)
