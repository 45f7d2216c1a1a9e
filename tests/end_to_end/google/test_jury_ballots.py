"""`jury ballots --to` from a Google Sheet: the e-mails that carry the files."""

from email import message_from_bytes, policy

import pytest

from tests.columns import CRITERIA, cell_of
from tests.end_to_end.google.support import JURORS

pytestmark = pytest.mark.slow


def test_an_e_mail_to_a_juror_carries_their_file(desk, tmp_path):
    for criterion in CRITERIA:  # what Ada still owes
        desk.edit("set", tab="Évaluations", cell=cell_of("evaluations", criterion, 2), value=None)
    assert desk.run("jury", "ballots", "--to", str(tmp_path / "grilles")).code == 0
    done = desk.run("emails", "draft", "--to", "eml", "--folder", str(tmp_path / "e"), "--template", "relance_jure")
    assert done.code == 0, done.err
    [path] = (tmp_path / "e").glob("*.eml")
    draft = message_from_bytes(path.read_bytes(), policy=policy.default)
    [part] = draft.iter_attachments()
    assert (draft["To"], part.get_filename()) == (JURORS[0], "grille-ada.xlsx")
    assert part.get_content() == (tmp_path / "grilles" / "grille-ada.xlsx").read_bytes()
