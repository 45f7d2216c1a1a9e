"""Faults in any order: what is asked again, what never is, and what is left of it in the spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.french import typographic
from eig_sheets.workbook.base import WorkbookError
from eig_sheets.workbook.google.client import connect
from eig_sheets.workbook.google.patience import MOST_CALLS, Patience
from eig_sheets.workbook.google.refusals import Refused, Uncertain
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.workbook.google.calls import FAILURES, REFUSALS, called, read, script, tabs, write
from tests.workbook.google.conftest import AT_ONCE, environment_of
from tests.workbook.google.odd_google import PAGE


@pytest.mark.parametrize("kind", [429, *FAILURES])
def test_a_read_is_made_again(google, client, kind):
    script(google, kind, kind, None)
    assert read(client, google) == {"sheets": [{"properties": {"title": "Sheet1"}}]}
    assert called(google) == 3


@pytest.mark.parametrize("kind", FAILURES)
def test_a_write_that_may_have_been_done_is_not_made_again(google, client, kind):
    script(google, kind)
    with pytest.raises(Uncertain):
        write(client, google)
    assert called(google) == 1
    assert tabs(google) == (["Sheet1", "Nouveau"] if kind == "drop_after_apply" else ["Sheet1"])


def test_a_write_that_was_surely_not_done_is_made_again(google, client):
    script(google, 429, 429, None)
    write(client, google)
    assert called(google) == 3
    assert tabs(google) == ["Sheet1", "Nouveau"]


@pytest.mark.parametrize("kind", REFUSALS)
@pytest.mark.parametrize("act", [read, write])
def test_a_refusal_is_final(google, client, act, kind):
    script(google, kind, None)
    with pytest.raises(Refused) as refused:
        act(client, google)
    assert refused.value.status == kind
    assert refused.value.message
    assert called(google) == 1


@pytest.mark.parametrize("act", [read, write])
def test_patience_ends(google, client, act):
    script(google, *[429] * 50)
    with pytest.raises(Refused) as refused:
        act(client, google)
    assert refused.value.status == 429
    assert called(google) == MOST_CALLS
    assert tabs(google) == ["Sheet1"]


def test_without_patience_one_call_is_made(google):
    client = connect(environment_of(google), Patience(base=0, cap=0, budget=-1))
    script(google, *[503] * 50)
    with pytest.raises(WorkbookError) as refused:
        read(client, google)
    client.close()
    assert str(refused.value) == typographic(
        "Google Sheets ne répond pas (erreur 503) : le classeur n’a pas pu être lu. Relancez la commande plus tard."
    )
    assert called(google) == 1


def asked_by(act_writes, kinds):
    """What a call that meets these faults in turn comes to, and how many requests it makes: the rules, once more."""
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
        if kind != 429 and act_writes:
            return "uncertain", requests
        if calls == MOST_CALLS:
            return "refused" if kind == 429 else "unanswered", requests
        calls, unauthorized = calls + 1, 0
    raise AssertionError(kinds)


MOMENTS = st.lists(st.sampled_from([429, 429, 429, 401, None, *FAILURES, *REFUSALS]), max_size=30)


@given(kinds=MOMENTS, writes=st.booleans())
def test_any_faults_in_any_order(shared_google, kinds, writes):
    google = shared_google
    google.spreadsheet_id = google.world.create("Campagne", EMAIL).id
    client = connect(environment_of(google), AT_ONCE)
    script(google, *kinds)
    try:
        (write if writes else read)(client, google)
        came = "done"
    except Uncertain:
        came = "uncertain"
    except Refused:
        came = "refused"
    except WorkbookError:
        came = "unanswered"
    client.close()
    assert (came, called(google)) == asked_by(writes, [*kinds, None])
    last = [*kinds, None][called(google) - 1]
    applied = writes and (came == "done" or last == "drop_after_apply")
    assert tabs(google) == (["Sheet1", "Nouveau"] if applied else ["Sheet1"])


def test_an_answer_that_comes_too_late():
    with running() as google:
        client = connect(environment_of(google), Patience(budget=-1))
        read(client, google)
        client.set_timeout((5, 0.1))
        google.script.post([{"on_call": 1, "fault": {"kind": "slow", "seconds": 1}}])
        with pytest.raises(Uncertain) as uncertain:
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
def test_an_answer_that_makes_no_sense(odd, odd_client, case):
    odd.answers = [ODD[case]]
    with pytest.raises(Uncertain):
        odd_client.write("clé:batchUpdate", {})
    assert len(odd.asked) == 1
    odd.answers = [ODD[case], ODD[case], (200, {}, b'{"sheets": []}')]
    assert odd_client.read("GET", "clé").json == {"sheets": []}
    assert len(odd.asked) == 4


@pytest.mark.parametrize(("status", "asks"), [(302, 1), (403, 1), (404, 1), (511, 1)])
def test_a_page_of_a_machine_on_the_way(odd, odd_client, status, asks):
    odd.answers = [(status, {"Location": "http://wifi.example/"}, PAGE)]
    with pytest.raises(WorkbookError) as refused:
        odd_client.read("GET", "clé")
    assert str(refused.value) == typographic(
        f"Une page web a répondu à la place de Google Sheets (HTTP {status}) : sans doute un proxy, un pare-feu ou "
        "la page d’accueil d’un réseau Wi-Fi. Vérifiez la connexion de cette machine à https://sheets.googleapis.com, "
        "puis relancez la commande."
    )
    assert len(odd.asked) == asks
    with pytest.raises(Uncertain):
        odd_client.write("clé:batchUpdate", {})


def test_google_is_asked_again_when_it_wants(odd, odd_client):
    busy = (503, {"Retry-After": "3600"}, b"{}")  # later than patience lasts
    odd.answers = [busy, (200, {}, b"{}")]
    with pytest.raises(WorkbookError):
        odd_client.read("GET", "clé")
    assert len(odd.asked) == 1
