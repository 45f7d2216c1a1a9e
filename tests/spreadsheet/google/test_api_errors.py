"""Faults in any order: what is retried, what never is, and what was written to the spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.backoff import MAX_ATTEMPTS, Backoff
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.error_messages import ApiError, UnknownOutcomeError
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.spreadsheet.google.calls import FAILURES, REFUSALS, call_count, inject_faults, read, tab_titles, write
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of
from tests.spreadsheet.google.odd_google import PAGE


@pytest.mark.parametrize("kind", [429, *FAILURES])
def test_a_read_is_retried(google, client, kind):
    inject_faults(google, kind, kind, None)
    assert read(client, google) == {"sheets": [{"properties": {"title": "Sheet1"}}]}
    assert call_count(google) == 3


@pytest.mark.parametrize("kind", FAILURES)
def test_a_write_that_may_have_been_done_is_not_retried(google, client, kind):
    inject_faults(google, kind)
    with pytest.raises(UnknownOutcomeError):
        write(client, google)
    assert call_count(google) == 1
    assert tab_titles(google) == (["Sheet1", "Nouveau"] if kind == "drop_after_apply" else ["Sheet1"])


def test_a_write_that_was_certainly_not_done_is_retried(google, client):
    inject_faults(google, 429, 429, None)
    write(client, google)
    assert call_count(google) == 3
    assert tab_titles(google) == ["Sheet1", "Nouveau"]


@pytest.mark.parametrize("kind", REFUSALS)
@pytest.mark.parametrize("act", [read, write])
def test_a_refused_call_is_not_retried(google, client, act, kind):
    inject_faults(google, kind, None)
    with pytest.raises(ApiError) as refused:
        act(client, google)
    assert refused.value.status == kind
    assert refused.value.message
    assert call_count(google) == 1


@pytest.mark.parametrize("act", [read, write])
def test_retries_end(google, client, act):
    inject_faults(google, *[429] * 50)
    with pytest.raises(ApiError) as refused:
        act(client, google)
    assert refused.value.status == 429
    assert call_count(google) == MAX_ATTEMPTS
    assert tab_titles(google) == ["Sheet1"]


def test_without_a_retry_budget_one_call_is_made(google):
    client = connect(environment_of(google), Backoff(base=0, cap=0, budget=-1))
    inject_faults(google, *[503] * 50)
    with pytest.raises(WorkbookError) as refused:
        read(client, google)
    client.close()
    assert str(refused.value) == typographic(
        "Google Sheets ne répond pas (erreur 503) : le classeur n’a pas pu être lu. Relancez la commande plus tard."
    )
    assert call_count(google) == 1


def expected_outcome(writing, kinds):
    """The outcome of a call with these faults in turn, and its number of requests: the rules, written a second time."""
    unauthorized, calls, requests = 0, 1, 0
    for kind in kinds:
        requests += 1
        unauthorized = unauthorized + 1 if kind == 401 else 0
        if unauthorized in (1, 2):
            continue  # google-auth asks for another token
        if kind is None:
            return "done", requests
        if kind in (401, *REFUSALS):
            return "refused", requests
        if kind != 429 and writing:
            return "uncertain", requests
        if calls == MAX_ATTEMPTS:
            return "refused" if kind == 429 else "unanswered", requests
        calls, unauthorized = calls + 1, 0
    raise AssertionError(kinds)


FAULTS = st.lists(st.sampled_from([429, 429, 429, 401, None, *FAILURES, *REFUSALS]), max_size=30)


@pytest.mark.slow
@given(kinds=FAULTS, writes=st.booleans())
def test_any_faults_in_any_order(shared_google, kinds, writes):
    google = shared_google
    google.spreadsheet_id = google.world.create("Campagne", EMAIL).id
    client = connect(environment_of(google), AT_ONCE)
    inject_faults(google, *kinds)
    try:
        (write if writes else read)(client, google)
        outcome = "done"
    except UnknownOutcomeError:
        outcome = "uncertain"
    except ApiError:
        outcome = "refused"
    except WorkbookError:
        outcome = "unanswered"
    client.close()
    assert (outcome, call_count(google)) == expected_outcome(writes, [*kinds, None])
    last = [*kinds, None][call_count(google) - 1]
    applied = writes and (outcome == "done" or last == "drop_after_apply")
    assert tab_titles(google) == (["Sheet1", "Nouveau"] if applied else ["Sheet1"])


def test_an_answer_that_comes_too_late():
    with running() as google:
        client = connect(environment_of(google), Backoff(budget=-1))
        read(client, google)
        client.set_timeout((5, 0.1))
        google.script.post([{"on_call": 1, "fault": {"kind": "slow", "seconds": 1}}])
        with pytest.raises(UnknownOutcomeError) as uncertain:
            write(client, google)
        google.script.post([{"on_call": 1, "fault": {"kind": "slow", "seconds": 1}}])
        with pytest.raises(WorkbookError) as refused:
            read(client, google)
        client.close()
    assert str(uncertain.value) == typographic(
        "Google Sheets n’a pas répondu à temps pendant l’écriture, qui a peut-être eu lieu. Relancez la commande : "
        "elle relit d’abord le classeur et n’écrit que ce qui manque."
    )
    assert str(refused.value) == typographic(
        "Google Sheets n’a pas répondu à temps : le classeur n’a pas pu être lu. Relancez la commande plus tard."
    )


ODD = {
    "a page": (200, {"Content-Type": "text/html"}, PAGE),
    "half an answer": (200, {}, b'{"replies": [{}, {"addSh'),
    "nothing": (200, {}, b""),
    "less than announced": (200, {"Content-Length": "20", "Connection": "close"}, b'{"replies": '),
    "chunks that stop": (200, {"Transfer-Encoding": "chunked", "Connection": "close"}, b"5\r\n{}   \r\n5\r\n{"),
    "no gzip": (200, {"Content-Encoding": "gzip"}, b'{"replies": []}'),
    "a bad gateway": (502, {}, PAGE),
    "aborted": (409, {}, b'{"error": {"code": 409, "message": "The operation was aborted.", "status": "ABORTED"}}'),
}


@pytest.mark.parametrize("case", ODD)
def test_a_malformed_answer(odd, odd_client, case):
    odd.answers = [ODD[case]]
    with pytest.raises(UnknownOutcomeError):
        odd_client.write("clé:batchUpdate", {})
    assert len(odd.asked) == 1
    odd.answers = [ODD[case], ODD[case], (200, {}, b'{"sheets": []}')]
    assert odd_client.read("GET", "clé").json == {"sheets": []}
    assert len(odd.asked) == 4


@pytest.mark.parametrize(("status", "asks"), [(302, 1), (403, 1), (404, 1), (511, 1)])
def test_a_web_page_in_place_of_an_answer(odd, odd_client, status, asks):
    odd.answers = [(status, {"Location": "http://wifi.example/"}, PAGE)]
    with pytest.raises(WorkbookError) as refused:
        odd_client.read("GET", "clé")
    assert str(refused.value) == typographic(
        f"Une page web a répondu à la place de Google Sheets (HTTP {status}) : sans doute un proxy, un pare-feu ou "
        "la page d’accueil d’un réseau Wi-Fi. Vérifiez la connexion de cette machine à https://sheets.googleapis.com, "
        "puis relancez la commande."
    )
    assert len(odd.asked) == asks
    with pytest.raises(UnknownOutcomeError):
        odd_client.write("clé:batchUpdate", {})


def test_a_long_retry_after_ends_the_retries(odd, odd_client):
    busy = (503, {"Retry-After": "3600"}, b"{}")  # longer than the retry budget
    odd.answers = [busy, (200, {}, b"{}")]
    with pytest.raises(WorkbookError):
        odd_client.read("GET", "clé")
    assert len(odd.asked) == 1
