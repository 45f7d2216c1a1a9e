"""What is found of a Grist document: key, role, people, access rules, format, clock. Readings alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.book import GristWorkbook
from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.grist.diagnosis import of_document, of_people, of_role
from eig_sheets.spreadsheet.grist.document import AccessRule
from tests.grist_server import JUROR, OFFICER, ROBOT
from tests.spreadsheet.google.odd_google import PAGE
from tests.spreadsheet.grist.conftest import AT_ONCE, KEY
from tests.spreadsheet.grist.documents import File, campaign

ACCOUNT = (200, {}, b'{"email": "robot@example.org"}')
OWNER = (200, {}, b'{"access": "owners"}')
NOBODY = (200, {}, b'{"users": []}')


def found_of(client, officers=()):
    findings = [*GristWorkbook(client, officers).diagnose({})]
    return {finding.check: (finding.status, finding.message.replace("\u202f", " ")) for finding in findings}


@pytest.mark.parametrize(("role", "status"), [("owners", "ok"), ("editors", "erreur"), ("viewers", "erreur")])
def test_only_an_owner_can_download_and_protect(role, status):
    assert of_role(role, ROBOT).status == status


@pytest.mark.parametrize(
    ("most", "own", "inherited", "status"),
    [
        ("owners", None, "editors", "ok"), ("viewers", None, "editors", "attention"), (None, "editors", "owners", "ok"),
        (None, None, "owners", "attention"), ("owners", "viewers", "viewers", "attention"),
        ("owners", "viewers", "owners", "ok"), ("owners", "guests", "members", "attention"),
    ],
)  # fmt: skip
def test_officers_are_those_who_may_edit(most, own, inherited, status):
    shared = {
        "maxInheritedRole": most, "users": [{"email": "Ada@example.org", "access": own, "parentAccess": inherited}],
    }  # fmt: skip
    [finding] = of_people(shared, ["ada@example.org"])
    assert (finding.status, "ada@example.org" in finding.message) == (status, status != "ok")
    assert [*of_people(shared, [])] == []


@pytest.mark.parametrize(("schema", "status"), [(46, "ok"), (45, "attention"), (60, "attention"), (0, "attention")])
def test_the_format_of_the_document_is_that_of_the_server_on_which_all_was_tried(schema, status):
    statuses = {finding.check: finding.status for finding in of_document(replace(campaign(), schema=schema))}
    assert statuses == {"Règles d’accès": "ok", "Version de Grist": status}


def test_a_rule_that_stops_the_robot_is_quoted():
    rules = [AccessRule(9, 3, "Classement", "*", "", "-U", "Gelé")]
    findings = [finding for finding in of_document(campaign(rules=rules)) if finding.check == "Règles d’accès"]
    assert [(finding.status, "« Gelé »" in finding.message.replace("\u202f", " ")) for finding in findings] == [
        ("attention", True)
    ]


def test_a_server_at_another_hour(odd, client):
    moment = format_datetime(datetime.now(UTC) + timedelta(minutes=4), usegmt=True)
    odd.answers = [ACCOUNT, (200, {"Date": moment}, OWNER[2]), NOBODY, (200, {}, File().bytes)]
    status, message = found_of(client)["Horloge"]
    assert (status, "retarde de 3 minutes" in message or "retarde de 4 minutes" in message) == ("attention", True)
    assert [asked.method for asked in odd.asked] == ["GET"] * 4
    assert odd.asked[1].path == "/api/docs/abcdefghijkl"


@pytest.mark.parametrize(
    ("answers", "last", "said"),
    [
        ([(401, {}, b'{"error": "invalid API key"}')], "Clé du robot", "ne reconnaît pas la clé"),
        ([(503, {}, PAGE)], "Connexion", "ne répond pas"),
        ([(200, {}, PAGE)], "Connexion", "illisible"),
        ([ACCOUNT, (403, {}, b'{"error": "access denied"}')], "Rôle du robot", "n’est pas propriétaire"),
        ([ACCOUNT, (404, {}, b'{"error": "document not found"}')], "Rôle du robot", "ne trouve pas ce document"),
        ([ACCOUNT, OWNER, NOBODY, (200, {}, PAGE)], "Lecture", "ne se lit pas"),
    ],
)
def test_the_first_call_that_fails_is_the_last_finding(odd, client, answers, last, said):
    odd.answers = [*answers]
    findings = found_of(client)
    status, message = findings[last]
    assert ([*findings][-1], status, said in message) == (last, "erreur", True)
    assert json.dumps(findings).find(KEY) == -1


@pytest.mark.slow
def test_a_server_that_is_not_there():
    client = Client(address_of("http://127.0.0.1:9/abcdefghijkl"), KEY, AT_ONCE)
    [(check, (status, message))] = found_of(client).items()
    assert (check, status, "injoignable" in message) == ("Connexion", "erreur", True)


@pytest.mark.slow
def test_on_a_real_server(grist):
    document = grist.new_document()
    before = grist.ask(f"docs/{document}/states")

    def client(who):
        return Client(address_of(f"{grist.url}/{document}"), grist.keys[who], AT_ONCE)

    findings = found_of(client(ROBOT), [OFFICER, "inconnue@example.org"])
    assert {check: status for check, (status, _) in findings.items()} == {
        "Clé du robot": "ok", "Rôle du robot": "ok", "Horloge": "ok", "Responsables": "attention",
        "Règles d’accès": "ok", "Version de Grist": "ok",
    }  # fmt: skip
    assert "inconnue@example.org" in findings["Responsables"][1]
    assert OFFICER not in findings["Responsables"][1]
    assert ROBOT in findings["Clé du robot"][1]
    of_an_editor = {check: status for check, (status, _) in found_of(client(JUROR)).items()}
    assert of_an_editor == {"Clé du robot": "ok", "Rôle du robot": "erreur", "Horloge": "ok"}
    assert grist.ask(f"docs/{document}/states") == before
    unshared = {"delta": {"maxInheritedRole": None}}
    grist.ask(f"docs/{document}/access", unshared, method="PATCH")
    status, message = found_of(client(JUROR))["Rôle du robot"]
    assert (status, "n’est pas propriétaire" in message) == ("erreur", True)
