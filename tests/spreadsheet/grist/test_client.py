"""Calls to one document: what is retried, what never is, and the key that no message shows."""

import json
import time
import traceback

import pytest

from eig_sheets.spreadsheet.backoff import MAX_ATTEMPTS, Backoff
from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.client import Client, encoded, key_of
from eig_sheets.spreadsheet.grist.error_messages import GristError, UnknownOutcomeError
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from tests.spreadsheet.google.odd_google import PAGE
from tests.spreadsheet.grist.conftest import KEY

DONE = (200, {}, b'{"actionNum": 4, "retValues": [null]}')


def refused(status, message, **headers):
    return status, headers, json.dumps({"error": message}).encode()


def write(client):
    return client.apply([["AddRecord", "T", None, {}]])


def read(client):
    return client.download()


def test_a_download_is_one_call_with_the_key_and_without_history(odd, client):
    odd.answers = [(200, {}, b"file")]
    assert read(client) == b"file"
    [asked] = odd.asked
    assert (asked.method, asked.path) == ("GET", "/api/docs/abcdefghijkl/download?nohistory=true")
    assert asked.headers["Authorization"] == f"Bearer {KEY}"


def test_a_write_is_json_in_utf_8(odd, client):
    odd.answers = [DONE]
    client.apply([["AddRecord", "T", None, {"a": "é"}]])
    assert odd.asked[0].body == '[["AddRecord","T",null,{"a":"é"}]]'.encode()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_reading_is_retried(odd, client, status):
    odd.answers = [(status, {}, PAGE), (status, {}, b""), (200, {}, b"file")]
    assert read(client) == b"file"


@pytest.mark.slow
def test_retries_end(odd, client):
    odd.answers = [refused(429, "Too many requests")]
    for act in (read, write):
        odd.asked.clear()
        with pytest.raises(WorkbookError, match="trop de demandes"):
            act(client)
        assert len(odd.asked) == MAX_ATTEMPTS


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_write_that_may_have_been_done_is_not_retried(odd, client, status):
    odd.answers = [(status, {}, PAGE), DONE]
    with pytest.raises(UnknownOutcomeError):
        write(client)
    assert len(odd.asked) == 1


def test_a_write_that_was_certainly_not_done_is_retried(odd, client):
    odd.answers = [refused(429, "Too many"), refused(429, "Too many"), DONE]
    write(client)
    assert len(odd.asked) == 3


@pytest.mark.slow
def test_the_wait_that_grist_asks_for_is_kept(odd, client):
    odd.answers = [refused(429, "Too many", **{"Retry-After": "1"}), DONE]
    before = time.monotonic()
    write(client)
    assert time.monotonic() - before >= 1


def test_a_longer_wait_than_the_budget_ends_at_once(odd):
    client = Client(address_of(f"{odd.url}/abcdefghijkl"), KEY, Backoff(base=0, cap=0, budget=5))
    odd.answers = [refused(429, "Too many", **{"Retry-After": "600"}), DONE]
    with pytest.raises(WorkbookError, match="trop de demandes"):
        write(client)
    assert len(odd.asked) == 1


@pytest.mark.parametrize("header", ["Wed, 21 Oct 2026 07:28:00 GMT", "-1", "99999", "²"])
def test_a_wait_that_is_no_number_of_seconds_is_none(odd, client, header):
    odd.answers = [(429, {"Retry-After": header.encode().decode("latin-1")}, b""), DONE]
    write(client)
    assert len(odd.asked) == 2


@pytest.mark.parametrize("answer", [PAGE, b"", b"null", b"{}", b"[1]", b'"actionNum"', b'{"login": "portal"}'])
def test_an_answer_that_is_not_grist_s_says_nothing_of_the_write(odd, client, answer):
    odd.answers = [(200, {}, answer)]
    with pytest.raises(UnknownOutcomeError, match="peut-être eu lieu"):
        write(client)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("act", [read, write])
def test_the_key_follows_no_redirection(odd, client, act, status):
    odd.answers = [(status, {"Location": "/elsewhere"}, b""), DONE]
    with pytest.raises(GristError, match="Vérifiez l’adresse"):
        act(client)
    assert len(odd.asked) == 1


REFUSALS = [
    (401, "invalid API key", "ne reconnaît pas la clé"), (403, "No view access", "n’est pas propriétaire"),
    (403, "Blocked by row update access rules", "règle d’accès"), (404, "document not found", "ne trouve pas"),
    (413, "request entity too large", "trop longue"), (400, "bad\nrequest", "« bad request »"),
    (500, "[Sandbox] TypeError x", "« [Sandbox] TypeError x »"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "message", "said"), REFUSALS)
@pytest.mark.parametrize("act", [read, write])
def test_a_refused_call_is_not_retried(odd, client, act, status, message, said):
    odd.answers = [refused(status, message), DONE]
    with pytest.raises(GristError) as caught:
        act(client)
    assert said in str(caught.value).replace("\u202f", " ")
    assert (caught.value.status, len(odd.asked)) == (status, 1)


@pytest.mark.parametrize("message", ["KeyError 'T'", "AddRecord for existing record #8", "for non-existent record #3"])
def test_an_action_that_does_not_fit_any_more_is_planned_again(odd, client, message):
    odd.answers = [refused(500, f"[Sandbox] {message}")]
    with pytest.raises(MovedError):
        write(client)


def test_the_account_of_the_robot(odd, client):
    odd.answers = [(200, {}, b'{"email": "robot@example.org"}')]
    assert client.account() == "robot@example.org"
    assert odd.asked[0].path == "/api/profile/user"


@pytest.mark.parametrize("answer", [PAGE, b"[]", b"{}", b"null"])
def test_an_account_that_is_not_said(odd, client, answer):
    odd.answers = [(200, {}, answer)]
    with pytest.raises(WorkbookError, match="illisible"):
        client.account()


def failing(url, act):
    """The error of a call to a server of which nothing is to be expected, with all that a log could show of it."""
    client = Client(address_of(url), KEY, Backoff(base=0, cap=0, budget=-1))
    with pytest.raises(WorkbookError) as caught:
        act(client)
    return "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=False).format())


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize(
    "answer", [(200, {"Content-Length": "99", "Connection": "close"}, b"cut"), (500, {}, KEY.encode()), (302, {}, b"")]
)
def test_the_key_is_in_no_error(odd, act, answer):
    odd.answers = [answer]
    assert KEY not in failing(f"{odd.url}/abcdefghijkl", act)


@pytest.mark.parametrize("act", [read, write])
def test_a_server_that_is_not_there(act):
    assert "injoignable" in failing("http://127.0.0.1:9/abcdefghijkl", act)


def test_a_body_is_json_or_refused():
    assert encoded([["A", "é", None, 1.5]]) == '[["A","é",null,1.5]]'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        encoded([[float("nan")]])


def key_file(tmp_path, content: bytes, mode=0o600):
    path = tmp_path / "grist.cle"
    path.write_bytes(content)
    path.chmod(mode)
    return {"EIG_SHEETS_GRIST_KEY_FILE": str(path)}


def test_the_key_is_that_of_the_file_or_of_the_environment(tmp_path):
    assert key_of({"EIG_SHEETS_GRIST_KEY": f" {KEY}\n"}) == KEY
    assert key_of({"EIG_SHEETS_GRIST_KEY": "other", **key_file(tmp_path, f"\ufeff{KEY}\r\n".encode())}) == KEY


BAD_KEYS = [f"{KEY}\nX-Other: 1", f"{KEY}é", f"{KEY}€", f"{KEY} {KEY}", f"{KEY}\x00"]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_key_that_no_request_carries_is_refused_without_being_shown(key, tmp_path):
    for environment in ({"EIG_SHEETS_GRIST_KEY": key}, key_file(tmp_path, key.encode())):
        with pytest.raises(WorkbookError, match="d’un seul tenant") as caught:
            key_of(environment)
        assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [(b"", 0o600, "est vide"), (b"\xff\xfe", 0o600, "n’est pas un texte"), (KEY.encode(), 0o640, "chmod 600")],
)
def test_a_key_file_that_cannot_be_used(tmp_path, content, mode, said):
    with pytest.raises(WorkbookError, match=said) as caught:
        key_of(key_file(tmp_path, content, mode))
    assert KEY not in str(caught.value)


def test_no_key_at_all(tmp_path):
    with pytest.raises(WorkbookError, match="Il manque la clé"):
        key_of({})
    with pytest.raises(WorkbookError, match="ne peut pas être lu"):
        key_of({"EIG_SHEETS_GRIST_KEY_FILE": str(tmp_path / "gone")})
