"""`jury collect` into a Google Sheet: two calls, and none that writes when nothing is new."""

import pytest

from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.storage.state import State
from tests.end_to_end.google.support import JURORS, NUMBERS
from tests.end_to_end.jury_pages import kept_as_sent, send

pytestmark = pytest.mark.slow


def test_what_jurors_typed_is_kept_to_the_letter_and_written_once(desk, tmp_path):
    mailbox = send(tmp_path / "pages", JURORS[0], NUMBERS[:3], desk.campaign.campaign.id)
    done = desk.run("jury", "collect", str(mailbox.folder))
    assert done.code == 0, done.err
    assert [method for method, _, _ in desk.calls] == ["GET", "POST", "GET"]
    assert desk.sync().code == 0
    for command in (("jury", "collect", str(mailbox.folder)), ("sync",)):
        done = desk.run(*command)
        assert (done.code, desk.written) == (0, 0), done.err
    snapshot = GoogleWorkbook(desk.key, connect(desk.env), State(desk.state, desk.key)).read()
    kept_as_sent(snapshot.tab("Notes reçues"), JURORS[0], NUMBERS[:3])
