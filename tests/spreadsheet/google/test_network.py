"""Network failures between this machine and Google, each with its French message."""

import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.oauth2.credentials import Credentials

from eig_sheets.spreadsheet.google.client import Client, connect
from eig_sheets.spreadsheet.google.error_messages import UnknownOutcomeError
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic
from tests.spreadsheet.google.calls import NOT_READ, NOT_WRITTEN, changed_key, error_text, read, write
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of
from tests.spreadsheet.google.odd_google import OddGoogle

UNREACHABLE = "Google Sheets est injoignable depuis cette machine (réseau coupé, pare-feu ou proxy)"


@pytest.fixture
def closed_port():
    """A URL on a port where nothing listens."""
    with OddGoogle() as gone:
        pass
    return gone.url


def test_connection_refused(closed_port):
    client = Client(Credentials(token="ya29.test"), closed_port, AT_ONCE)
    assert error_text(WorkbookError, client.read, "GET", "clé") == typographic(UNREACHABLE + NOT_READ)
    assert error_text(WorkbookError, client.write, "clé:batchUpdate", {}) == typographic(UNREACHABLE + NOT_WRITTEN)


def test_connection_refused_at_the_token_endpoint(google, tmp_path, closed_port):
    client = changed_key(google, tmp_path, token_uri=f"{closed_port}/token")
    assert error_text(WorkbookError, write, client, google) == typographic(UNREACHABLE + NOT_WRITTEN)


def test_no_dns(monkeypatch):
    def unresolved(*_, **__):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
    client = Client(Credentials(token="ya29.test"), "http://sheets.example", AT_ONCE)
    assert error_text(WorkbookError, client.write, "clé:batchUpdate", {}) == typographic(
        "Cette machine ne trouve pas l’adresse de Google, sans doute parce qu’elle n’est pas reliée à Internet"
        + NOT_WRITTEN
    )


def test_a_connection_that_is_cut(google, client):
    google.script.post([{"on_call": 1, "fault": {"kind": "drop_after_apply"}}])
    assert error_text(UnknownOutcomeError, write, client, google) == typographic(
        "La connexion à Google Sheets a été coupée pendant l’écriture, qui a peut-être eu lieu. Relancez la commande : "
        "elle relit d’abord le classeur et n’écrit que ce qui manque."
    )


@pytest.fixture
def untrusted_server(tmp_path):
    """A server with a self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sheets.googleapis.com")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(certificate.public_bytes(pem) + plain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with OddGoogle(context) as made:
        yield made


def test_a_certificate_that_is_not_googles(untrusted_server):
    client = Client(Credentials(token="ya29.test"), f"https://{untrusted_server.host}", AT_ONCE)
    for act in (lambda: client.read("GET", "clé"), lambda: client.write("clé:batchUpdate", {})):
        assert error_text(WorkbookError, act) == typographic(
            "La connexion à Google n’est pas sûre : le certificat présenté n’est pas reconnu, donc rien n’a été envoyé "
            "ni écrit. Si un proxy de votre réseau inspecte le trafic, indiquez son certificat dans la variable "
            "REQUESTS_CA_BUNDLE ; vérifiez aussi l’horloge de cette machine. Détail : « certificate verify failed: "
            "self-signed certificate »"
        )
    assert untrusted_server.asked == []


@pytest.mark.parametrize("status", [403, 407])
def test_a_proxy_that_refuses(odd, monkeypatch, status):
    monkeypatch.setenv("HTTPS_PROXY", odd.url)
    odd.answers = [(status, {}, b"")]
    client = Client(Credentials(token="ya29.test"), backoff=AT_ONCE)
    for act in (lambda: client.read("GET", "clé"), lambda: client.write("clé:batchUpdate", {})):
        assert error_text(WorkbookError, act) == typographic(
            "Le proxy de votre réseau refuse la connexion à Google : rien n’a été écrit. Vérifiez la variable "
            "HTTPS_PROXY (adresse, nom, mot de passe), ou demandez à votre service informatique d’autoriser "
            "sheets.googleapis.com et oauth2.googleapis.com."
        )
    assert [(request.method, request.path) for request in odd.asked] == [("CONNECT", "sheets.googleapis.com:443")] * 2


def test_a_proxy_that_is_gone(closed_port, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", closed_port)
    client = Client(Credentials(token="ya29.test"), backoff=AT_ONCE)
    assert error_text(WorkbookError, client.write, "clé:batchUpdate", {}) == typographic(UNREACHABLE + NOT_WRITTEN)


@pytest.mark.parametrize("endpoint", ["sheets", "ftp://example.org", "http://"])
def test_an_endpoint_that_is_no_address(google, endpoint):
    client = connect(environment_of(google) | {"EIG_SHEETS_API_ENDPOINT": endpoint}, AT_ONCE)
    assert error_text(WorkbookError, read, client, google) == (
        "La variable EIG_SHEETS_API_ENDPOINT n’est pas une adresse web. Supprimez-la pour joindre Google."
    )
