"""Drafts that people read and send themselves: none is made twice, none is sent by the robot too."""

import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from eig_sheets.emails.outlets.gmail import VARIABLE
from tests.effort import first
from tests.emails.outlets import certificates, dovecot
from tests.end_to_end.sending.campaign import OUTBOX, address, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.sheets_server.server import running

pytestmark = pytest.mark.in_memory

MAILBOX = "eig@example.org"


class Files:
    """Drafts as files."""

    def __init__(self, team):
        self.options, self.env = ("--folder", team.folder / "brouillons"), {}
        self._folder = team.folder / "brouillons"

    @property
    def found(self):
        return [path.read_bytes() for path in sorted(self._folder.glob("*.eml"))]


class Gmail:
    """Drafts in a Gmail mailbox."""

    def __init__(self, team, server):
        key = team.folder / "gmail.json"
        key.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
        key.write_text(Path(server.service_account).read_text(encoding="utf-8"), encoding="utf-8")
        _configure(team, f'[gmail]\nkey = "{key}"\nmailbox = "{MAILBOX}"\n')
        self.options, self.env, self._server = (), {VARIABLE: server.url}, server

    @property
    def found(self):
        return [draft.data for draft in self._server.mail.drafts[MAILBOX]]


class Imap:
    """Drafts in the mailbox of a real IMAP server."""

    def __init__(self, team, server):
        where = f'host = "127.0.0.1"\nport = {server.clear}\nsecurity = "aucune"\nuser = "{dovecot.USER}"\n'
        _configure(team, f'[imap]\n{where}password_variable = "EIG_IMAP"\n')
        self.options, self.env, self._server = (), {"EIG_IMAP": dovecot.SECRET}, server

    @property
    def found(self):
        return [data for _, data in self._server.files()]


def _configure(team, section):
    text = team.config.read_text(encoding="utf-8")
    team.config.write_text(text.replace("\n[smtp]", f"\n{section}\n[smtp]"), encoding="utf-8")


@pytest.fixture(params=first(1, ["eml", "gmail", "imap"]))
def drafts(request, team, tmp_path):
    """The outlet's name, and what is drafted there."""
    if request.param == "eml":
        yield request.param, Files(team)
    elif request.param == "gmail":
        with running() as server:
            yield request.param, Gmail(team, server)
    elif dovecot.PROGRAM is None:
        pytest.skip(dovecot.LACKING)
    else:
        with dovecot.running(certificates.made(tmp_path), {"INBOX": "", "Brouillons": "Drafts"}) as server:
            yield request.param, Imap(team, server)


def drafted(team, drafts):
    name, there = drafts
    return team.run("emails", "draft", "--to", name, *there.options, env=there.env)


def test_a_draft_is_made_once_and_never_sent(team, post, drafts):
    """Of every row that may leave, ticked or not, as people corrected it."""
    team.tick(sending_id(0))
    team.tick(sending_id(1), header="Ne pas envoyer")
    team.type_in(OUTBOX, {(sending_id(2), "Objet"): "Corrigé"})
    done = drafted(team, drafts)
    assert (done.code, f"{FEW - 1} brouillons créés sur {FEW - 1}." in plain(done.err)) == (0, True), done
    read = [message_from_bytes(one, policy=policy.default) for one in drafts[1].found]
    assert sorted(str(one["To"]) for one in read) == addresses(one for one in range(FEW) if one != 1)
    assert sum(one["Subject"] == "Corrigé" for one in read) == 1
    assert team.states == {sending_id(one): "Écarté" if one == 1 else "Brouillon créé" for one in range(FEW)}

    again = drafted(team, drafts)
    assert (again.code, "Aucun e-mail à mettre en brouillon." in plain(again.err)) == (0, True), again
    assert len(drafts[1].found) == FEW - 1
    team.tick(*(sending_id(one) for one in range(FEW) if one != 1))
    assert "Aucun e-mail validé à envoyer." in plain(team.run("emails", "send").err)
    assert team.run("sync").code == 0
    assert post.received == []

    team.type_in("Candidatures", {("4512003", "Décision"): "Désisté"})
    assert team.run("sync").code == 0
    assert team.states[sending_id(3)] == "Brouillon créé"
    assert "Il n’est plus dû tel quel : s’il est encore dans les brouillons, supprimez-le." in team.said(sending_id(3))
    assert "Il n’est plus dû" not in team.said(sending_id(2))


@pytest.mark.slow
def test_a_draft_that_a_person_deleted_may_be_sent(team, post):
    drafts = ("eml", Files(team))
    assert drafted(team, drafts).code == 0
    assert team.run("emails", "settle", sending_id(0), "--not-sent").code == 0
    team.tick(sending_id(0))
    assert team.send(1).code == 0
    assert sorted(post.copies) == [address(0)]
    assert team.states[sending_id(0)] == "Envoyé"


@pytest.mark.slow
def test_a_state_that_was_lost_drafts_and_sends_nothing_again(team, post):
    drafts = ("eml", Files(team))
    assert drafted(team, drafts).code == 0
    team.lose_the_state()
    assert drafted(team, drafts).code == 1
    assert team.run("state", "adopt").code == 0
    assert "Aucun e-mail à mettre en brouillon." in plain(drafted(team, drafts).err)
    team.tick()
    assert team.run("emails", "send").code == 0
    assert post.received == []
