"""Sending what people approved in a Grist document: each leaves once, whichever machine sends."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from eig_sheets import config
from eig_sheets.campaign.reading import schema_of
from eig_sheets.workbook.grist.book import GristWorkbook
from eig_sheets.workbook.model.plan import CreateTab, Plan
from eig_sheets.workbook.model.sheet import Sheet
from tests.end_to_end.grist.support import Team
from tests.end_to_end.sending.campaign import USUAL, refused
from tests.end_to_end.sending.post import opened
from tests.grist_server import OFFICER, ROBOT, GristServer
from tests.program import ROOT, Outcome, program

pytestmark = pytest.mark.slow
COUNT = 3


@dataclass(frozen=True)
class Today(Team):
    """A campaign on today's date, by a program of its own: two of them are two machines."""

    def run(self, *command: str | Path, **_: object) -> Outcome:
        place = f"{self.server.url}/{self.document}"
        env = {"EIG_SHEETS_GRIST_KEY": self.server.keys[ROBOT]}
        return program("--config", self.config, "--workbook", place, *command, env=env)


def in_which_e_mails_are_due(grist: GristServer, folder: Path) -> Today:
    """A campaign in which three e-mails are due, and not approved yet."""
    shutil.copytree(ROOT / "config", folder / "config")
    team = Today(folder, grist, grist.new_document())
    text = team.config.read_text(encoding="utf-8")
    text = text.replace("officers = []", f'officers = ["{OFFICER}"]')
    text = re.sub(r"\[emails\.experimentation\]\n(?:\w.*\n)+", "", text)
    team.config.write_text(text, encoding="utf-8")
    tab = schema_of(config.load(team.config)).tab("candidatures")
    rows = tuple(tuple({**USUAL, **refused(place)}.get(field.id) for field in tab.fields) for place in range(COUNT))
    book = GristWorkbook(team.client)
    sheet = Sheet(tab.id, tab.name, tab.owner, tuple(field.column() for field in tab.fields), rows)
    book.apply(Plan(book.read().version, (CreateTab(sheet),)))
    for command in ("init", "sync"):
        done = team.run(command)
        assert done.code == 0, done.err
    return team


@pytest.fixture
def approved(grist: GristServer, tmp_path) -> Today:
    """The same, with each e-mail approved."""
    team = in_which_e_mails_are_due(grist, tmp_path / "campaign")
    outbox = team.table("E-mails à envoyer")
    tick = next(column.id for column in outbox.columns if column.label == "Valider")
    team.act(["BulkUpdateRecord", outbox.id, [*outbox.row_ids], {tick: [True] * len(outbox.row_ids)}])
    return team


def serve(team: Team, port: int) -> None:
    section = f'\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
    team.config.write_text(team.config.read_text(encoding="utf-8") + section, encoding="utf-8")


def test_what_is_approved_leaves_once(approved: Today):
    with opened() as (post, port):
        serve(approved, port)
        first = approved.run("emails", "send", "--confirm", str(COUNT))
        again = approved.run("emails", "send", "--confirm", str(COUNT))
    assert first.code == 0, first.err
    assert again.code == 1
    assert post.copies == {f"porteur{place}@example.org": 1 for place in range(COUNT)}


def test_two_machines_at_once_send_each_e_mail_once(approved: Today, tmp_path):
    with opened() as (post, port):
        serve(approved, port)
        shutil.copytree(approved.folder, tmp_path / "other", ignore=shutil.ignore_patterns(".eig-sheets"))
        other = Today(tmp_path / "other", approved.server, approved.document)
        with ThreadPoolExecutor(2) as machines:
            sends = [machines.submit(one.run, "emails", "send", "--confirm", str(COUNT)) for one in (approved, other)]
        assert any(send.result().code == 0 for send in sends), [send.result().err for send in sends]
    assert post.copies == {f"porteur{place}@example.org": 1 for place in range(COUNT)}
