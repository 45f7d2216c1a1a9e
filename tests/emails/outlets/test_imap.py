"""Drafts on a real IMAP server: in the right folder, once, whatever breaks on the way."""

import pytest

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.emails.outlets.imap import Imap, ImapSettings
from eig_sheets.emails.outlets.servers import Password, Security, Server
from eig_sheets.text.french import typographic
from tests.emails.outlets import dovecot
from tests.emails.outlets.messages import written
from tests.emails.outlets.proxies import Proxy

pytestmark = pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.LACKING)

ENVIRONMENT = {"EIG_IMAP": dovecot.SECRET}
FOLDER = "Brouillons d’été & « co »"


@pytest.fixture(scope="module")
def server(certificate):
    with dovecot.running(certificate, {"INBOX": "", FOLDER: "Drafts"}) as made:
        yield made


@pytest.fixture(scope="module")
def silent(certificate):
    """A server that does not say where the drafts are."""
    with dovecot.running(certificate, {"INBOX": "", FOLDER: ""}) as made:
        yield made


@pytest.fixture(autouse=True)
def emptied(request):
    yield
    for name in {"server", "silent"} & set(request.fixturenames):
        request.getfixturevalue(name).forget()


def settings(port, security=Security.NONE, folder=""):
    host = "localhost" if security is not Security.NONE else "127.0.0.1"
    where = Server(host, port, security, dovecot.USER, Password("EIG_IMAP"))
    return ImapSettings(where, folder)


def drafted(some, *messages, **options):
    with Imap(some, ENVIRONMENT, **options) as outlet:
        return [outlet.deliver("x", message, ["a@example.org"]) for message in messages]


@pytest.mark.parametrize("security", list(Security))
def test_drafts_are_put_where_the_server_says_byte_for_byte(server, certificate, security):
    port = server.tls if security is Security.TLS else server.clear
    message = written(1)
    message["Bcc"] = "secret@example.org"
    receipts = drafted(settings(port, security), message, written(2), context=certificate.trusted())
    assert [receipt.outcome for receipt in receipts] == [DeliveryOutcome.DRAFTED] * 2
    assert receipts[0].detail == typographic(f"Brouillon dans « {FOLDER} ».")
    kept = server.files()
    assert {flags for flags, _ in kept} == {"DS"}  # a draft, seen
    assert {data for _, data in kept} == {written(1).as_bytes(), written(2).as_bytes()} or {
        data.replace(b"\n", b"\r\n") for _, data in kept
    } == {written(1).as_bytes(), written(2).as_bytes()}


@pytest.mark.slow
def test_a_draft_is_never_doubled(server):
    where = settings(server.clear)
    first = drafted(where, written(1), written(1))
    again = drafted(where, written(1))
    assert [receipt.outcome for receipt in (*first, *again)] == [DeliveryOutcome.DRAFTED] * 3
    assert "déjà" in first[1].detail
    assert len(server.files()) == 1


def test_a_folder_with_a_name_is_used_where_the_server_says_none(silent):
    [receipt] = drafted(settings(silent.clear, folder=FOLDER), written(1))
    assert receipt.detail == typographic(f"Brouillon dans « {FOLDER} ».")
    assert len(silent.files()) == 1


def test_without_a_folder_nothing_is_guessed(silent):
    with pytest.raises(OutletError, match="indiquez son nom"):
        drafted(settings(silent.clear), written(1))
    with pytest.raises(OutletError, match="Il n’y a pas de dossier « Drafts »".replace(" ", ".")) as caught:
        drafted(settings(silent.clear, folder="Drafts"), written(1))
    assert FOLDER.replace(" ", "") in str(caught.value).replace("\u202f", "").replace(" ", "")
    assert silent.files() == []


def test_a_wrong_password_is_refused_and_never_shown(server, certificate):
    with (
        pytest.raises(OutletError, match="refuse l’identifiant") as caught,
        Imap(settings(server.tls, Security.TLS), {"EIG_IMAP": "un autre"}, context=certificate.trusted()),
    ):
        pass
    assert "un autre" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_knows_is_refused(server, security):
    port = server.tls if security is Security.TLS else server.clear
    with pytest.raises(OutletError, match="certificat n’est pas reconnu"):
        drafted(settings(port, security), written(1))
    assert server.files() == []


def test_nothing_in_clear_beyond_this_machine():
    where = ImapSettings(Server("imap.example.org", 143, Security.NONE, "robot", Password("EIG_IMAP")))
    with pytest.raises(OutletError, match="ne serait pas chiffrée"):
        drafted(where, written(1))


@pytest.mark.slow
@pytest.mark.parametrize("heard", [(b"Append completed", True), (b"Votre_dossier", False), (b" APPEND ", False)])
def test_a_line_cut_during_a_draft_is_found_out(server, heard):
    with Proxy(server.clear, heard) as proxy:
        first, second = drafted(settings(proxy.port), written(1), written(2))
        assert proxy.calls == 2
    assert first.outcome is (DeliveryOutcome.DRAFTED if heard[1] else DeliveryOutcome.UNCERTAIN)
    assert second.outcome is DeliveryOutcome.DRAFTED
    assert len(server.files()) == (2 if heard[1] else 1)
    [again] = drafted(settings(server.clear), written(1))
    assert again.outcome is DeliveryOutcome.DRAFTED
    assert len(server.files()) == 2


@pytest.mark.slow
def test_a_line_cut_before_a_draft_costs_nothing(server):
    with Proxy(server.clear, (b"SEARCH", False)) as proxy:
        first, second = drafted(settings(proxy.port), written(1), written(2))
    assert (first.outcome, second.outcome) == (DeliveryOutcome.DEFERRED, DeliveryOutcome.DRAFTED)
    assert len(server.files()) == 1


@pytest.mark.slow
def test_what_cannot_be_found_out_is_uncertain(server):
    with Proxy(server.clear, (b"Append completed", True), deaf=True) as proxy:
        receipts = drafted(settings(proxy.port), *(written(number) for number in range(6)))
    assert [receipt.outcome for receipt in receipts] == [DeliveryOutcome.UNCERTAIN] + [DeliveryOutcome.DEFERRED] * 5
    assert "peut-être" in receipts[0].detail
    assert len(server.files()) == 1
