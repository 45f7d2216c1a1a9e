"""What arrived is read once, from files, a Maildir or a real IMAP server (Dovecot), where nothing changes."""

from __future__ import annotations

import imaplib
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from eig_sheets.emails.mail import mime
from eig_sheets.emails.mail.messages import OutgoingEmail, Sender
from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.emails.outlets.imap_session import encoded_name
from eig_sheets.emails.outlets.servers import Security, Server
from eig_sheets.features.returns import services_mailbox
from eig_sheets.features.returns.files_ledger import NOTHING_RECEIVED, ReturnLedger
from eig_sheets.features.returns.rules_mail import ReturnKind
from eig_sheets.features.returns.services_mailbox import read_folder, read_mailbox
from tests.emails.outlets import certificates, dovecot
from tests.features.returns import exim, mails

ID, ADA = "laureat-101", "ada@exemple.invalid"
ZONE = ZoneInfo("Europe/Paris")
OPENS = date(2021, 3, 1)
BOX = "Retours & réponses"
RUNS = pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.LACKING)


def number(received):
    return len(received.mails)


def test_each_file_of_a_folder_is_read_once_and_stays(tmp_path):
    (tmp_path / "1.eml").write_bytes(mails.report(ID, ADA))
    (tmp_path / "notes.txt").write_text("rien")
    received = read_folder(tmp_path, NOTHING_RECEIVED, ZONE)
    assert number(received) == 1
    assert read_folder(tmp_path, received, ZONE) == received
    (tmp_path / "2.EML").write_bytes(mails.report("laureat-102", ADA))
    assert number(read_folder(tmp_path, received, ZONE)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.eml", "2.EML", "notes.txt"]


def test_a_file_that_was_being_copied_is_read_once_it_is_whole(tmp_path):
    whole = mails.report(ID, ADA)
    (tmp_path / "1.eml").write_bytes(whole[:200])
    received = read_folder(tmp_path, NOTHING_RECEIVED, ZONE)
    (tmp_path / "1.eml").write_bytes(whole)
    [*_, mail] = read_folder(tmp_path, received, ZONE).mails
    assert mail.addresses == (ADA,)


def test_a_mail_of_a_maildir_that_somebody_reads_is_the_same_one(tmp_path):
    for place in ("new", "cur", "tmp"):
        (tmp_path / place).mkdir()
    (tmp_path / "new" / "162.M1.host").write_bytes(mails.report(ID, ADA))
    received = read_folder(tmp_path, NOTHING_RECEIVED, ZONE)
    (tmp_path / "new" / "162.M1.host").rename(tmp_path / "cur" / "162.M1.host:2,S")
    again = read_folder(tmp_path, received, ZONE)
    assert (number(again), again) == (1, received)


def test_a_run_reads_so_many_mails_and_the_next_one_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(services_mailbox, "MOST_READ", 2)
    for place in range(3):
        (tmp_path / f"{place}.eml").write_bytes(mails.report(f"laureat-{place}", ADA))
    received = read_folder(tmp_path, NOTHING_RECEIVED, ZONE)
    assert number(received) == 2
    assert number(read_folder(tmp_path, received, ZONE)) == 3


def test_what_is_known_is_kept_as_it_is(tmp_path):
    (tmp_path / "1.eml").write_bytes(mails.report(ID, ADA))
    ledger = ReturnLedger(tmp_path / "state", "classeur")
    received = read_folder(tmp_path, ledger.read(), ZONE).failing(datetime(2021, 5, 12), "en panne")
    ledger.write(received)
    assert ledger.read() == received
    ledger.purge()
    assert (ledger.read().mails, ledger.read().files) == ((), received.files)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    certificate = certificates.made(tmp_path_factory.mktemp("certificate"))
    with dovecot.running(certificate, {"INBOX": "", BOX: ""}) as running:
        yield running


@pytest.fixture
def client(server):
    """A person's own mail program, connected."""
    client = imaplib.IMAP4("127.0.0.1", server.clear)
    client.authenticate("PLAIN", lambda _: f"\0{dovecot.USER}\0{dovecot.SECRET}".encode())
    yield client
    client.select(encoded_name(BOX))
    client.store("1:*", "+FLAGS", r"\Deleted")
    client.expunge()
    client.logout()


def arrives(client, data, day="12-May-2021 10:30:00 +0200"):
    status, _ = client.append(encoded_name(BOX), "", f'"{day}"', data)
    assert status == "OK"


def read(server, received=NOTHING_RECEIVED, mailbox=BOX):
    where = Server("127.0.0.1", server.clear, Security.NONE, dovecot.USER)
    return read_mailbox(where, dovecot.SECRET, mailbox, received, OPENS, ZONE)


@RUNS
def test_each_mail_of_a_mailbox_is_read_once_and_stays_unseen(server, client):
    arrives(client, mails.report(ID, ADA))
    received = read(server)
    assert [mail.addresses for mail in received.mails] == [(ADA,)]
    assert received.mails[0].origin.place.startswith(f"{BOX}, n° ")
    assert read(server, received) == received
    arrives(client, mails.reply("x@eig5", ADA))
    assert number(read(server, received)) == 2
    client.select(encoded_name(BOX), readonly=True)
    assert client.search(None, "UNSEEN")[1] == [b"1 2"]


@RUNS
def test_what_is_older_than_the_call_is_not_read(server, client):
    arrives(client, mails.report(ID, ADA), "12-Feb-2021 10:30:00 +0100")
    assert number(read(server)) == 0


@RUNS
def test_a_mailbox_that_was_made_anew_is_read_again(server, client):
    arrives(client, mails.report(ID, ADA))
    received = read(server)
    renumbered = replace(received, validity=received.validity + 1)
    assert number(read(server, renumbered)) == 1


@RUNS
def test_a_long_mail_is_read_as_far_as_its_report(server, client):
    arrives(client, mails.report(ID, ADA) + b"x" * 2_000_000)
    assert [mail.addresses for mail in read(server).mails] == [(ADA,)]


@RUNS
def test_a_folder_that_is_not_there_is_said_with_those_that_are(server):
    with pytest.raises(OutletError, match="Il n’y a pas de dossier «\u202fAilleurs\u202f»") as told:
        read(server, mailbox="Ailleurs")
    assert BOX in str(told.value)


@pytest.mark.skipif(exim.PROGRAM is None, reason=exim.LACKING)
def test_what_a_real_server_returns_is_read(tmp_path):
    email = OutgoingEmail(ID, (exim.UNKNOWN,), (), "Votre dossier", "Bonjour,")
    sender = Sender("eig@example.org", "L’équipe")
    message = mime.message(email, sender, ZONE, datetime(2021, 5, 12, 10, tzinfo=ZONE))
    with exim.server() as folder:
        exim.deliver(folder, message.as_bytes(), "eig@example.org", exim.UNKNOWN)
        received = read_folder(folder / "Maildir", NOTHING_RECEIVED, ZONE)
    [mail] = received.mails
    assert (mail.kind, mail.addresses, mail.code) == (ReturnKind.RETURNED, (exim.UNKNOWN,), "5.0.0")
    assert mail.keys == (mime.identity_of(ID),)
