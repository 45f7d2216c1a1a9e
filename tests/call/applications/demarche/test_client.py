"""Requests to the service: what is asked again, what never is, and the token that no message shows."""

import json
import time
import traceback

import pytest

from eig_sheets.call.applications.demarche import bodies
from eig_sheets.call.applications.demarche import client as client_module
from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.call.applications.demarche.errors import DemarcheError, UnknownOutcomeError
from eig_sheets.spreadsheet.backoff import MAX_ATTEMPTS, Backoff
from tests.demarche_server import faults
from tests.demarche_server.dossiers import INSTRUCTEUR, dossier, typed_id
from tests.demarche_server.endless import endless
from tests.demarche_server.server import TOKEN

DECISION = {"dossierId": typed_id("Dossier", 1), "instructeurId": INSTRUCTEUR["id"], "disableNotification": True}


@pytest.fixture(autouse=True)
def one_dossier(demarche):
    demarche.service.add(dossier(1, state="en_instruction"))


def read(client):
    return client.query("getDemarche", {"demarcheNumber": 12345})["demarche"]["number"]


def accept(client):
    return client.mutate("dossierAccepter", DECISION)


def state(demarche):
    return demarche.service.dossiers[1]["state"]


def test_a_query_names_a_stored_query_and_sends_the_token(demarche, client):
    assert read(client) == 12345
    [asked] = demarche.asked
    assert (asked.method, asked.path) == ("POST", "/api/v2/graphql")
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    assert asked.body == {
        "queryId": "ds-query-v2", "operationName": "getDemarche", "variables": {"demarcheNumber": 12345},
    }  # fmt: skip


def test_a_mutation_is_done(demarche, client):
    done = accept(client)
    assert (done.errors, done.payload["dossier"]["state"], state(demarche)) == ((), "accepte", "accepte")
    assert demarche.asked[0].body["queryId"] == "ds-mutation-v2"
    assert demarche.service.notified == []


def test_what_the_service_reproaches_to_a_mutation_is_an_answer(client):
    accept(client)
    assert accept(client).errors == ("Le dossier est déjà accepté",)


@pytest.mark.parametrize(
    "fault",
    [faults.throttled(), faults.status(500), faults.status(503, faults.PAGE), faults.cut_before, faults.cut_after],
)
def test_a_query_is_asked_again(demarche, client, fault):
    demarche.faults = [fault, fault]
    assert read(client) == 12345
    assert len(demarche.asked) == 3


def test_attempts_end(demarche, client):
    demarche.faults = [faults.throttled()] * 100
    for act in (read, accept):
        demarche.asked.clear()
        with pytest.raises(DemarcheError, match="trop de demandes"):
            act(client)
        assert len(demarche.asked) == MAX_ATTEMPTS
    assert state(demarche) == "en_instruction"


@pytest.mark.parametrize("moment", [True, False])
def test_the_wait_that_the_service_asks_for_is_kept(demarche, moment):
    client = Client(demarche.url, TOKEN, Backoff(base=0, cap=0, budget=1))
    demarche.faults = [faults.throttled(50, moment=moment)]
    with pytest.raises(DemarcheError, match="trop de demandes"):
        read(client)
    assert len(demarche.asked) == 1
    assert 45 < client_module._wait(Headers({"RateLimit-Reset": str(int(time.time()) + 50)}), time.time) <= 50
    assert client_module._wait(Headers({"RateLimit-Reset": "50"}), time.time) == 50
    assert client_module._wait(Headers({"RateLimit-Reset": "99999999999"}), time.time) == 120
    assert client_module._wait(Headers({"RateLimit-Reset": "hier", "Retry-After": "7"}), time.time) == 7
    assert client_module._wait(Headers({}), time.time) == 0


class Headers:
    def __init__(self, headers):
        self.headers = headers


def test_a_throttled_mutation_was_not_done_and_is_asked_again(demarche, client):
    demarche.faults = [faults.throttled()]
    assert accept(client).errors == ()
    assert len(demarche.asked) == 2


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (faults.cut_before, False),
        (faults.cut_after, True),
        (faults.status(500), False),
        (faults.status(504, faults.PAGE), False),
        (faults.page(), False),
        (faults.status(200, b'{"data": {}}'), False),
        (faults.status(200, b"[]"), False),
        (faults.root_errors("Timeout", "timeout", done=True), True),
        (faults.root_errors("Cannot return null", done=True, data=True), True),
    ],
)
def test_a_mutation_of_unknown_outcome_is_never_repeated(demarche, client, fault, done):
    demarche.faults = [fault]
    with pytest.raises(UnknownOutcomeError, match="on ne sait pas si"):
        accept(client)
    assert len(demarche.asked) == 1
    assert (state(demarche) == "accepte") is done


@pytest.mark.parametrize("act", [read, accept])
def test_root_errors_are_fatal_even_beside_data(demarche, client, act):
    demarche.faults = [faults.root_errors("Quelque chose manque", data=True)]
    with pytest.raises(DemarcheError, match="Quelque chose manque"):
        act(client)
    assert len(demarche.asked) == 1


@pytest.mark.parametrize("code", ["unauthorized", "not_found", "bad_request"])
def test_a_mutation_refused_before_anything_was_not_done(demarche, client, code):
    demarche.faults = [faults.root_errors("Non", code)]
    with pytest.raises(DemarcheError) as raised:
        accept(client)
    assert not isinstance(raised.value, UnknownOutcomeError)


def test_a_motivation_that_lacks_was_not_done(demarche, client):
    with pytest.raises(DemarcheError, match="motivation") as raised:
        client.mutate("dossierRefuser", DECISION)
    assert not isinstance(raised.value, UnknownOutcomeError)
    assert state(demarche) == "en_instruction"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.root_errors("hidden", "unauthorized"), "refuse ce jeton"),
        (faults.status(401, b'{"errors": []}'), "refuse ce jeton"),
        (faults.status(403, b'{"errors": [{"message": "expired"}]}'), "refuse ce jeton.*« expired »"),
        (faults.root_errors("Demarche not found", "not_found"), "vérifiez le numéro"),
        (faults.page(), "Une page web a répondu à la place"),
        (faults.page(403), "Une page web a répondu à la place"),
        (faults.page(404), "Une page web a répondu à la place"),
        (
            faults.status(302, Location="https://ailleurs.example.org/"),
            "renvoie vers « https://ailleurs.example.org/ »",
        ),
        (faults.status(400, b'{"errors": [{"message": "No query with id"}], "data": null}'), "No query with id"),
        (faults.status(200, b'{"data": ' + b"[" * 100_000), "Une page web"),
    ],
)
def test_what_is_fatal_says_what_to_do(demarche, client, fault, said):
    demarche.faults = [fault]
    with pytest.raises(DemarcheError, match=said.replace(" »", "\u202f»").replace("« ", "«\u202f")):
        read(client)
    assert len(demarche.asked) == 1


def test_a_redirection_is_not_followed(demarche, client):
    demarche.faults = [faults.status(307, Location=f"{demarche.url}/elsewhere")]
    with pytest.raises(DemarcheError, match="renvoie"):
        read(client)
    assert [request.path for request in demarche.asked] == ["/api/v2/graphql"]


def test_an_answer_too_long_is_given_up(demarche, client, monkeypatch):
    monkeypatch.setattr(client_module, "MOST_BYTES", 1000)
    demarche.faults = [faults.status(200, b" " * 100_000)]
    with pytest.raises(DemarcheError, match="trop longue"):
        read(client)
    assert len(demarche.asked) == 1


def test_a_service_that_is_not_there_is_said():
    client = Client("http://127.0.0.1:9", TOKEN, Backoff(base=0, cap=0, budget=5))
    for act in (read, accept):
        with pytest.raises(DemarcheError, match="injoignable") as raised:
            act(client)
        assert not isinstance(raised.value, UnknownOutcomeError)


def test_a_mutation_is_json_in_utf_8(demarche, client):
    client.mutate("dossierRefuser", {**DECISION, "motivation": "Déçus : l’œuvre n’est pas prête"})
    assert demarche.service.dossiers[1]["motivation"] == "Déçus : l’œuvre n’est pas prête"


@pytest.mark.parametrize(
    "host",
    [
        "http://demarche.numerique.gouv.fr", "http://127.example.org", "ftp://localhost", "https://", "",
        "https://demarche.example.org/api", "https://moi@demarche.example.org", "http://10.0.0.1",
    ],
)  # fmt: skip
def test_the_token_travels_in_clear_to_this_machine_alone(host):
    with pytest.raises(ValueError):  # noqa: PT011 (its text is the host)
        Client(host, TOKEN)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("demarche.numerique.gouv.fr", "https://demarche.numerique.gouv.fr"),
        (" https://Demarche.numerique.gouv.fr/ ", "https://demarche.numerique.gouv.fr"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://demarche.example.org:8443", "https://demarche.example.org:8443"),
    ],
)
def test_the_service_is_named_as_people_write_it(written, url):
    assert Client(written, TOKEN).url == url


def test_an_answer_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "LONGEST", 0.05)
    with endless() as url:
        client = Client(url, TOKEN, Backoff(base=0, cap=0, budget=0))
        with pytest.raises(UnknownOutcomeError, match="pas répondu à temps"):
            accept(client)


@pytest.mark.parametrize(
    "fault", [faults.cut_after, faults.page(), faults.status(401, b"{}"), faults.root_errors("Non"), faults.status(500)]
)
def test_no_message_nor_traceback_holds_the_token(demarche, fault):
    client = Client(demarche.url, TOKEN, Backoff(base=0, cap=0, budget=0))
    demarche.faults = [fault]
    with pytest.raises(DemarcheError) as raised:
        accept(client)
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None
    assert TOKEN not in json.dumps(str(vars(client)))


def test_a_netrc_does_not_take_the_place_of_the_token(demarche, client, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    read(client)
    assert demarche.asked[0].headers["Authorization"] == f"Bearer {TOKEN}"
