"""Where an import goes on from: kept for its source alone, and lost without harm."""

import stat

import pytest

from eig_sheets.storage.demarche_progress import Progress, ProgressRecord
from eig_sheets.storage.state import StateError


@pytest.fixture
def file(tmp_path):
    return ProgressRecord(tmp_path / "state", "/a/campagne.xlsx")


def test_it_is_kept_by_workbook_for_its_owner_alone(file, tmp_path):
    file.save(Progress("source", "cursor"))
    assert file.load() == Progress("source", "cursor")
    assert ProgressRecord(tmp_path / "state", "/b/campagne.xlsx").load() == Progress()
    [written] = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_cursor_is_good_for_its_source_alone():
    assert Progress("one", "cursor").cursor_for("one") == "cursor"
    assert Progress("one", "cursor").cursor_for("other") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"source": "a"}', b"\xff", b"null"])
def test_a_damaged_file_is_as_none(file, tmp_path, content):
    file.save(Progress("source", "cursor"))
    [written] = (tmp_path / "state").iterdir()
    written.write_bytes(content)
    assert file.load() == Progress()


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "state").write_text("")
    with pytest.raises(StateError, match="ne peut pas être écrit"):
        ProgressRecord(tmp_path / "state", "x").save(Progress())
