"""`jury collect` into a Grist document: what jurors typed is kept to the letter, and written once."""

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from tests.call.jury.returned import free_pairs
from tests.end_to_end.jury_pages import kept_as_sent, send

pytestmark = pytest.mark.slow


def test_what_jurors_typed_is_kept_to_the_letter_and_written_once(team, tmp_path):
    pairs = free_pairs(read(team.read(), loading.load(team.config)))
    juror = pairs[0][0]
    numbers = tuple(numero for one, numero in pairs if one == juror)[:3]
    mailbox = send(tmp_path / "pages", juror, numbers)
    done = team.run("jury", "collect", mailbox.folder)
    assert done.code == 0, done.err
    assert team.run("sync").code == 0
    version = team.now.version
    for command in (("jury", "collect", mailbox.folder), ("sync",)):
        done = team.run(*command)
        assert (done.code, team.now.version) == (0, version), done.err
    kept_as_sent(team.read().tab("Notes reçues"), juror, numbers)
