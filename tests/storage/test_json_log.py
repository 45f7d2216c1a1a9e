"""A list of records in a file: read as it was written; what cannot serve is a sentence that names the file."""

import pytest

from eig_sheets.storage.json_log import JsonLog, file_of
from eig_sheets.storage.state import StateError

UNUSABLE = "Le registre {path} est inutilisable ({cause})."


@pytest.fixture
def path(tmp_path):
    return file_of(tmp_path / "state", "campagne.xlsx", "essai")


def test_records_are_as_they_were_written(path):
    log = JsonLog(path, UNUSABLE)
    assert log.read(str) == []
    log.write([{"n": 1}, {"n": 2}])
    assert log.read(lambda one: one["n"]) == [1, 2]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("content", "cause"), [("[", "JSONDecodeError"), ("[1]", "TypeError"), ("[{}]", "KeyError")])
def test_what_is_damaged_is_refused_and_left_as_it_is(path, content, cause):
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StateError) as caught:
        JsonLog(path, UNUSABLE).read(lambda one: one["n"])
    assert str(caught.value) == f"Le registre {path} est inutilisable ({cause})."
    assert path.read_text(encoding="utf-8") == content


def test_each_workbook_has_its_own_file(tmp_path):
    assert file_of(tmp_path, "a.xlsx", "essai") != file_of(tmp_path, "b.xlsx", "essai")
