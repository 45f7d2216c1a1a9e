"""`jury ballots --to` from a Google Sheet: files, one write that records them, and the e-mails that carry them."""

import hashlib
from email import message_from_bytes, policy

import pytest

from eig_sheets.call.jury.pages.files_pages import read_page
from tests.call.jury.pages.pages import PARIS
from tests.columns import CRITERIA, cell_of
from tests.end_to_end.google.support import JURORS

pytestmark = pytest.mark.slow


def writes(desk):
    return [call.method for call in desk.server.script.calls].count("POST")


def test_the_grilles_are_written_then_recorded_at_once_and_once(desk, tmp_path):
    done = desk.run("jury", "ballots", "--to", str(tmp_path / "grilles"))
    assert (done.code, writes(desk)) == (0, 1), done.err
    paths = {path.name: path for path in (tmp_path / "grilles").iterdir()}
    pages = {name: read_page(path, PARIS) for name, path in paths.items()}
    assert len(pages) > 1
    assert not any(page.problems for page in pages.values())
    recorded = {row["E-mail du juré"]: (row["Fichier"], row["Empreinte du fichier"]) for row in desk.rows("Grilles")}
    assert recorded == {
        page.juror: (name, hashlib.sha256(paths[name].read_bytes()).hexdigest()) for name, page in pages.items()
    }
    before = desk.book
    assert desk.run("jury", "ballots", "--to", str(tmp_path / "grilles")).code == 0
    assert (writes(desk), desk.book) == (0, before)


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
