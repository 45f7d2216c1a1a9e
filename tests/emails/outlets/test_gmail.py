"""Drafts in Gmail, over HTTP to the local server: once, with the narrowest scope, and each refusal explained."""

import json
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import google.oauth2.credentials
import pytest
import requests

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.emails.outlets.gmail import VARIABLE, Gmail, GmailSettings
from eig_sheets.text.french import typographic
from tests.emails.outlets.messages import written
from tests.sheets_server import gmail_api
from tests.sheets_server.auth import Bearer, GrantError
from tests.sheets_server.server import running

MAILBOX = "eig@example.org"


@pytest.fixture(scope="module")
def started():
    with running() as made:
        yield made


@pytest.fixture
def server(started):
    started.script.post([])
    started.mail.drafts.clear()
    started.mail.closed.clear()
    started.mail.searching, started.mail.renaming = "exactly", False
    started.accounts.tokens.clear()
    return started


@contextmanager
def opened(server, mailbox=MAILBOX, key=None, wait=lambda _: None, **options):
    settings = GmailSettings(key or server.service_account, mailbox)
    with Gmail(settings, {VARIABLE: server.url}, sleep=wait, **options) as outlet:
        yield outlet


@pytest.fixture
def key(server):

    return Path(server.service_account)


@pytest.fixture
def gmail(server, key):
    with opened(server, key=key) as outlet:
        server.script.post([])
        yield outlet


def sent(outlet, number=1):
    return outlet.deliver("x", written(number), ["a@example.org"])


def drafts(server):
    return [draft.data for draft in server.mail.drafts[MAILBOX]]


def fault(server, call, kind, **more):
    server.script.post([{"on_call": call, "fault": {"kind": kind, **more}}])


def test_a_draft_is_made_byte_for_byte_in_the_mailbox_of_the_team(server, gmail):
    message = written(1)
    message["Bcc"] = "secret@example.org"
    receipt = gmail.deliver("x", message, ["a@example.org"])
    assert receipt.outcome is DeliveryOutcome.DRAFTED
    assert MAILBOX in receipt.detail
    assert drafts(server) == [written(1).as_bytes()]
    assert [call.method for call in server.script.calls] == ["GET", "POST", "GET"]
    assert all("send" not in call.path for call in server.script.calls)
    assert {bearer.scopes for bearer in server.accounts.tokens.values()} == {frozenset({"gmail.compose"})}


def test_a_draft_is_never_doubled(server, gmail, key):
    assert [sent(gmail).outcome, sent(gmail).outcome, sent(gmail, 2).outcome] == [DeliveryOutcome.DRAFTED] * 3
    with opened(server, key=key) as again:
        assert "déjà" in sent(again).detail
    assert len(drafts(server)) == 2


def test_a_draft_of_which_the_answer_was_lost_is_found(server, gmail):
    fault(server, 2, "drop_after_apply")
    assert [sent(gmail).outcome, sent(gmail).outcome] == [DeliveryOutcome.DRAFTED] * 2
    assert len(drafts(server)) == 1


@pytest.mark.parametrize("kind", ["drop_before_apply", "html_502"])
def test_what_is_not_found_may_be_made_later_and_is_uncertain(server, gmail, kind):
    fault(server, 2, kind)
    receipt = sent(gmail)
    assert receipt.outcome is DeliveryOutcome.UNCERTAIN
    assert "peut-être" in receipt.detail
    assert "emails settle" in receipt.detail


def test_a_draft_that_a_search_does_not_find_yet_is_uncertain(server, gmail):
    """Gmail's index lags: the draft is there."""
    server.mail.searching = "late"
    fault(server, 2, "drop_after_apply")
    assert sent(gmail).outcome is DeliveryOutcome.UNCERTAIN
    assert len(drafts(server)) == 1


def test_what_a_search_finds_besides_is_not_taken_for_it(server, gmail):
    assert sent(gmail, 1).outcome is DeliveryOutcome.DRAFTED
    server.mail.searching = "anything"
    assert [sent(gmail, 2).detail, sent(gmail, 1).detail] == [
        typographic(f"Brouillon dans la boîte Gmail {MAILBOX}."),
        typographic(f"Brouillon déjà dans la boîte Gmail {MAILBOX}."),
    ]
    assert len(drafts(server)) == 2
    fault(server, 4, "drop_before_apply")  # it searches, reads both, then makes a third
    assert sent(gmail, 3).outcome is DeliveryOutcome.UNCERTAIN


def test_a_search_that_finds_too_much_says_nothing(server, gmail):
    for number in range(11):
        sent(gmail, number)
    server.mail.searching = "anything"
    receipt = sent(gmail, 20)
    assert receipt.outcome is DeliveryOutcome.DEFERRED
    assert "trop de brouillons" in receipt.detail
    assert len(drafts(server)) == 11


def test_a_draft_that_a_person_deletes_during_the_search_is_not_there(server, gmail):
    sent(gmail)
    fault(server, 2, "status", status=404)
    assert sent(gmail).outcome is DeliveryOutcome.DRAFTED
    assert len(drafts(server)) == 2


def test_a_message_id_that_gmail_changes_is_reported(server, gmail):
    server.mail.renaming = True
    details = [sent(gmail, number).detail for number in (1, 2)]
    assert all("changé l’identifiant" in detail for detail in details)
    fault(server, 2, "drop_after_apply")
    assert sent(gmail, 3).outcome is DeliveryOutcome.UNCERTAIN


@pytest.mark.parametrize("kind", ["drop_before_apply", "html_502", "status"])
def test_a_draft_that_is_made_is_made_though_it_cannot_be_read_again(server, gmail, kind):
    fault(server, 3, kind, **({"status": 403} if kind == "status" else {}))
    assert sent(gmail).outcome is DeliveryOutcome.DRAFTED
    assert len(drafts(server)) == 1


@pytest.mark.parametrize("drafts_found", [[{}], "ab", [3]])
def test_an_answer_that_is_not_google_s_says_nothing(server, gmail, monkeypatch, drafts_found):
    monkeypatch.setattr(gmail_api, "_list", lambda *_: {"drafts": drafts_found})
    monkeypatch.setattr(server, "check_answers", False)
    assert sent(gmail).outcome is DeliveryOutcome.DEFERRED
    assert drafts(server) == []


def test_what_cannot_be_found_out_is_uncertain(server, gmail):
    server.script.post([{"on_call": call, "fault": {"kind": "drop_after_apply"}} for call in (2, 3, 4)])
    assert sent(gmail).outcome is DeliveryOutcome.UNCERTAIN
    assert len(drafts(server)) == 1


def test_an_answer_that_comes_too_late_is_found_out(server, key, monkeypatch):
    """The second call, alone, has a short time-out, and is done once that is over."""
    begin, due, given_up, made = server.script.begin, server.script.due, Event(), Event()

    def begun():
        number, draft = begin()
        if number == 2:
            given_up.wait()
        return number, draft

    def done(number):
        if number == 1:
            outlet._drafts._timeouts = 300, 0.2
        if number == 2:
            made.set()
        return due(number)

    def wait(_):
        outlet._drafts._timeouts = 300, 300
        given_up.set()
        made.wait()

    with opened(server, key=key, wait=wait) as outlet:
        server.script.post([])
        monkeypatch.setattr(server.script, "begin", begun)
        monkeypatch.setattr(server.script, "due", done)
        assert sent(outlet).outcome is DeliveryOutcome.DRAFTED
    assert len(drafts(server)) == 1


@pytest.mark.parametrize("call", [1, 2])
@pytest.mark.parametrize("status", [429, 403, 400])
def test_a_refusal_drafts_nothing(server, gmail, call, status):
    fault(server, call, "status", status=status)
    receipt = sent(gmail)
    assert receipt.outcome is (DeliveryOutcome.REFUSED if status == 400 else DeliveryOutcome.DEFERRED)
    assert receipt.detail
    assert drafts(server) == []


def test_a_search_that_fails_drafts_nothing(server, gmail):
    fault(server, 1, "drop_before_apply")
    assert sent(gmail).outcome is DeliveryOutcome.DEFERRED
    assert drafts(server) == []


def test_an_expired_token_is_renewed(server, gmail):
    server.accounts.tokens.clear()
    assert sent(gmail).outcome is DeliveryOutcome.DRAFTED
    assert len(drafts(server)) == 1


@pytest.mark.parametrize(
    ("error", "explained"),
    [
        ("unauthorized_client", "autorisez le client 100000000000000000000 pour https://www.googleapis.com/auth/gmail"),
        ("invalid_grant", "vérifiez cette adresse"),
        ("invalid_client", "invalid_client"),
    ],
)
def test_a_refused_access_is_explained(server, key, monkeypatch, error, explained):
    def refuse(form, audience):
        raise GrantError(error, "In English")

    monkeypatch.setattr(server.accounts, "grant", refuse)
    with pytest.raises(OutletError, match=explained), opened(server, key=key):
        pass


def test_a_person_without_gmail_is_named(server, key):
    server.mail.closed.add(MAILBOX)
    with pytest.raises(OutletError, match=r"eig@example\.org.*n’a pas de boîte Gmail"), opened(server, key=key):
        pass


def test_a_service_account_needs_a_mailbox(server, key):
    with pytest.raises(OutletError, match="n’a pas de boîte Gmail à lui"), opened(server, "", key):
        pass


def answering(status, reason, message="In English"):
    def answer(*_):
        raise gmail_api.GmailError(status, reason, message)

    return answer


@pytest.mark.parametrize(
    ("status", "reason", "explained"),
    [
        (400, "failedPrecondition", "n’a pas de boîte Gmail"),
        (401, "authError", "ne reconnaît pas les identifiants"),
        (403, "accessNotConfigured", "L’API Gmail n’est pas activée"),
        (403, "insufficientPermissions", "gmail.compose"),
        (403, "domainPolicy", "In English"),
        (403, "userRateLimitExceeded", "trop de demandes"),
        (503, "backendError", "ne répond pas"),
    ],
)
def test_what_google_says_is_explained(server, key, monkeypatch, status, reason, explained):
    monkeypatch.setattr(gmail_api, "answer", answering(status, reason))
    with pytest.raises(OutletError, match=explained) as caught, opened(server, key=key):
        pass
    assert caught.value.__cause__ is None


def test_a_person_drafts_with_their_own_authorisation(server, tmp_path, monkeypatch):
    def grant(form, audience):
        assert (form["grant_type"], form["refresh_token"]) == ("refresh_token", "1//secret")
        server.accounts.tokens["ya29.x"] = Bearer(MAILBOX, float("inf"), frozenset({form["scope"].rpartition("/")[2]}))
        return {"access_token": "ya29.x", "expires_in": 3599, "token_type": "Bearer", "scope": form["scope"]}

    monkeypatch.setattr(server.accounts, "grant", grant)
    monkeypatch.setattr(google.oauth2.credentials, "_GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{server.url}/token")
    path = tmp_path / "person.json"
    path.touch(mode=0o600)
    info = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "1//secret"}
    path.write_text(json.dumps(info))
    with opened(server, "", path) as outlet:
        assert sent(outlet).outcome is DeliveryOutcome.DRAFTED
    assert len(drafts(server)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"installed": {}}',
        b'{"type": "service_account", "private_key": "S3CRET"}',
        b'{"type": 3}',
    ],
)
def test_a_file_that_is_no_key_is_refused_and_not_shown(server, tmp_path, content):
    path = tmp_path / "key.json"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(OutletError, match=str(path)) as caught, opened(server, key=path):
        pass
    assert "S3CRET" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_key_that_others_may_read_is_refused(server, key):
    key.chmod(0o640)
    try:
        with pytest.raises(OutletError, match="chmod 600"), opened(server, key=key):
            pass
    finally:
        key.chmod(0o600)


class TestTheLocalServer:
    """It refuses what the discovery document does not know."""

    @pytest.fixture
    def call(self, server):
        server.accounts.tokens["t"] = Bearer(MAILBOX, float("inf"), frozenset({"gmail.compose"}))

        def call(method, path="", **more):
            url = f"{server.url}/gmail/v1/users/me/drafts{path}"
            return requests.request(method, url, headers={"Authorization": "Bearer t"}, timeout=300, **more)

        return call

    @pytest.mark.parametrize(
        "body",
        [
            {"raw": "YQ"},
            {"message": {"raw": 3}},
            {"message": {"body": "a"}},
            {"message": {}},
            {"message": {"raw": "é"}},
        ],
    )
    def test_a_body_that_is_no_draft_is_refused(self, call, body):
        assert call("POST", json=body).status_code == 400
        assert call("GET").json() == {"resultSizeEstimate": 0}

    def test_a_draft_is_read_as_it_was_made(self, call):
        made = call("POST", json={"message": {"raw": "U3ViamVjdDogYQ0KDQo-"}}).json()
        assert (
            call("GET", f"/{made['id']}", params={"format": "raw"}).json()["message"]["raw"] == "U3ViamVjdDogYQ0KDQo-"
        )
        headers = call("GET", f"/{made['id']}", params={"format": "metadata"}).json()["message"]["payload"]["headers"]
        assert headers == [{"name": "Subject", "value": "a"}]
        assert call("GET", "/r0", params={"format": "raw"}).status_code == 404
        assert call("GET", params={"query": "a"}).status_code == 400

    def test_a_token_of_sheets_drafts_nothing(self, server, call):
        server.accounts.tokens["t"] = Bearer(MAILBOX, float("inf"), frozenset({"spreadsheets"}))
        assert call("GET").status_code == 403
