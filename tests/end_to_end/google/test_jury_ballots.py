"""`jury ballots` from a Google Sheet: one read, no write."""

import pytest

from eig_sheets.jury.page_files import read_page
from tests.jury.pages import PARIS

pytestmark = pytest.mark.slow


def test_the_grilles_are_written_from_one_read(desk, tmp_path):
    before = desk.book
    done = desk.run("jury", "ballots", "--to", str(tmp_path / "grilles"))
    assert done.code == 0, done.err
    assert desk.book == before
    assert [call.method for call in desk.server.script.calls] == ["GET"]
    pages = [read_page(path, PARIS) for path in (tmp_path / "grilles").iterdir()]
    assert len(pages) > 1
    assert not any(page.problems for page in pages)
