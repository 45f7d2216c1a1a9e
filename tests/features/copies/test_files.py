"""Files of a copy are new: no existing file is ever replaced."""

import pytest

from eig_sheets.features.copies import commands
from eig_sheets.spreadsheet.model.base import WorkbookError


@pytest.mark.parametrize("name", ["copie.xlsx", "textes.txt"])
def test_a_file_that_appears_while_the_copy_is_written_stays(tmp_path, monkeypatch, name):
    copy, beside, existing = tmp_path / "copie.xlsx", tmp_path / "textes.txt", tmp_path / name
    check = commands.refuse_taken

    def looked(path):
        check(path)
        if path == existing:
            existing.write_bytes(b"theirs")

    monkeypatch.setattr(commands, "refuse_taken", looked)
    with pytest.raises(WorkbookError, match="existe déjà"):
        commands.save_new(copy, b"data", beside, b"texts")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"theirs"]


def test_a_link_to_nothing_has_taken_the_name(tmp_path):
    link = tmp_path / "copie.xlsx"
    link.symlink_to(tmp_path / "absent.xlsx")
    with pytest.raises(WorkbookError, match="existe déjà"):
        commands.refuse_taken(link)
