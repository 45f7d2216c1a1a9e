"""The outlet that a name and a configuration lead to: each writes, drafts or sends for real."""

import re
import stat
from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.cli.emails.outlets import OUTLETS, outlet_of, sender_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.emails.mail.messages import Sender
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.emails.outlets.gmail import VARIABLE
from tests.emails.outlets import certificates, dovecot
from tests.emails.outlets.messages import written
from tests.sheets_server.server import running

PACKAGED = config.packaged().read_text(encoding="utf-8")


@pytest.fixture
def campaign(tmp_path):
    """The packaged campaign, with these lines besides, from a file of its own."""

    def made(lines="", contact="eig@data.gouv.fr"):
        path = tmp_path / "config" / "campaign.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_of_emails(contact) + lines, encoding="utf-8")
        return loading.load(path)

    return made


def _of_emails(contact):
    """The packaged configuration with another contact in [emails]."""
    before, head, after = PACKAGED.partition("\n[emails]\n")
    return before + head + after.replace('contact = "eig@data.gouv.fr"', f'contact = "{contact}"', 1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificates.made(tmp_path_factory.mktemp("tls"))


def delivered(name, campaign, environment, folder=Path("nowhere")):
    outlet = outlet_of(name, campaign, environment, folder)
    assert outlet.name == name
    with outlet:
        return outlet.deliver("accuse-1", written(), ["a@example.org"]).outcome


def secret(path, content):
    path.write_text(content, encoding="utf-8")
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return path


def test_eml_writes_in_the_folder_and_needs_no_configuration(campaign, tmp_path):
    assert delivered("eml", campaign(), {}, tmp_path / "drafts") is DeliveryOutcome.DRAFTED
    assert (tmp_path / "drafts" / "accuse-1.eml").exists()


@pytest.mark.parametrize("where", ["password_variable", "password_file"])
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_smtp_sends_from_the_contact_of_the_campaign(campaign, tmp_path, monkeypatch, certificate, where, security):
    smtp = pytest.importorskip("tests.emails.outlets.local_smtp")
    implicit = {"implicit": certificate.served(), "auth_require_tls": False}
    how = implicit if security == "tls" else {"tls_context": certificate.served(), "require_starttls": True}
    monkeypatch.setenv("SSL_CERT_FILE", certificate.path)  # what this machine trusts
    secret(tmp_path / "secret.txt", f"{smtp.SECRET}\n")
    place = "EIG_ESSAI" if where == "password_variable" else "../secret.txt"
    with smtp.started(**how, authenticator=smtp.let_in) as (handler, port):
        lines = f'[smtp]\nhost = "localhost"\nport = {port}\nsecurity = "{security}"\nuser = "robot"\n'
        outcome = delivered("smtp", campaign(f'{lines}{where} = "{place}"\n'), {"EIG_ESSAI": smtp.SECRET})
    assert outcome is DeliveryOutcome.SENT
    [arrived] = handler.arrived
    assert (arrived.envelope.mail_from, arrived.login) == ("eig@data.gouv.fr", "robot")


@pytest.mark.parametrize(("pace", "waits"), [("", 0), ("per_minute = 6000\n", 1)])
def test_smtp_keeps_the_pace_of_the_configuration(campaign, monkeypatch, pace, waits):
    smtp = pytest.importorskip("tests.emails.outlets.local_smtp")
    waited = []
    with smtp.started() as (handler, port):
        lines = f'[smtp]\nhost = "localhost"\nport = {port}\nsecurity = "aucune"\n{pace}'
        outlet = outlet_of("smtp", campaign(lines), {}, Path())
        monkeypatch.setattr(outlet, "_sleep", waited.append)
        monkeypatch.setattr(outlet, "_clock", lambda: 0.0)
        with outlet:
            outlet.deliver("a-1", written(1), ["a@example.org"])
            outlet.deliver("a-2", written(2), ["b@example.org"])
    assert len(handler.arrived) == 2
    assert waited == [0.01] * waits


@pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.LACKING)
@pytest.mark.parametrize(("use", "line"), [("Drafts", ""), ("", 'folder = "Brouillons"\n')])
def test_imap_drafts_in_the_mailbox(campaign, certificate, use, line):
    with dovecot.running(certificate, {"INBOX": "", "Brouillons": use}) as server:
        lines = f'[imap]\nhost = "127.0.0.1"\nport = {server.clear}\nsecurity = "aucune"\nuser = "{dovecot.USER}"\n'
        made = campaign(f'{lines}password_variable = "EIG_IMAP"\n{line}')
        assert delivered("imap", made, {"EIG_IMAP": dovecot.SECRET}) is DeliveryOutcome.DRAFTED
        assert len(server.files()) == 1


def test_gmail_drafts_in_the_mailbox(campaign, tmp_path):
    with running() as server:
        secret(tmp_path / "key.json", Path(server.service_account).read_text(encoding="utf-8"))
        made = campaign('[gmail]\nkey = "../key.json"\nmailbox = "eig@example.org"\n')
        assert delivered("gmail", made, {VARIABLE: server.url}) is DeliveryOutcome.DRAFTED
        assert len(server.mail.drafts["eig@example.org"]) == 1


@pytest.mark.parametrize("name", [name for name in OUTLETS if name != "eml"])
def test_what_is_not_configured_is_refused_with_lines_that_work(campaign, name):
    bare = campaign()
    with pytest.raises(Refusal) as caught:
        outlet_of(name, bare, {}, Path())
    message = str(caught.value).replace("\u202f", " ")
    assert f" : ajoutez à {bare.path} ces lignes, avec vos valeurs." in message
    lines = "\n".join(line.strip() for line in message.splitlines()[1:])
    assert outlet_of(name, campaign(f"{lines}\n"), {}, Path()).name == name


def test_who_writes_is_the_contact_in_the_name_of_the_campaign(campaign):
    made = campaign()
    assert sender_of(made) == Sender("eig@data.gouv.fr", "Entrepreneurs d’intérêt général, 5ᵉ promotion")


def test_who_writes_is_what_the_configuration_says(campaign):
    lines = 'address = "eig@example.org"\nname = "EIG"\nreply_to = "a@example.org"\nunsubscribe = "stop@example.org"\n'
    assert sender_of(campaign(f"[sender]\n{lines}")) == Sender(
        "eig@example.org", "EIG", "a@example.org", "stop@example.org"
    )


def test_nobody_to_write_is_refused_with_lines_that_work(campaign):
    with pytest.raises(Refusal, match=re.escape("[sender]")) as caught:
        sender_of(campaign(contact=""))
    lines = "\n".join(line.strip() for line in str(caught.value).splitlines()[1:])
    assert sender_of(campaign(f"{lines}\n", contact="")).address == "eig@example.org"


@pytest.mark.parametrize(
    ("contact", "lines", "key"),
    [
        ("eig@-example.org", "", "emails.contact"),
        ("", '[sender]\naddress = "eig@-example.org"\n', "sender.address"),
        ("eig@example.org", '[sender]\nreply_to = "a@example.org, b@-example.org"\n', "sender.reply_to"),
    ],
)
def test_an_address_that_is_none_is_refused_under_its_key(campaign, contact, lines, key):
    with pytest.raises(Refusal, match=f"^{key}.: « .* » n’est pas une adresse valable".replace(" ", ".")):
        sender_of(campaign(lines, contact))
