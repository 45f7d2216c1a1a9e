"""Where an import goes on from: kept for its source alone, and lost without harm."""

import pytest

from eig_sheets.call.applications.files_records import Progress, ProgressRecord
from eig_sheets.storage.database import LedgerError
from tests.storage.stored_records import put


def test_it_is_kept_by_form(tmp_path):
    ProgressRecord(tmp_path, "campagne.xlsx").save(Progress("source", "cursor"))
    assert ProgressRecord(tmp_path, "campagne.xlsx").load() == Progress("source", "cursor")
    assert ProgressRecord(tmp_path, "campagne.xlsx", "talents").load() == Progress()


def test_a_cursor_is_good_for_its_source_alone():
    assert Progress("one", "cursor").cursor_for("one") == "cursor"
    assert Progress("one", "cursor").cursor_for("other") is None


def test_what_is_damaged_is_as_nothing(tmp_path):
    record = ProgressRecord(tmp_path, "campagne.xlsx")
    record.save(Progress("source", "cursor"))
    put(tmp_path, "demarche", '{"source": 1}')
    assert record.load() == Progress()
    record.save(Progress("source", "other"))
    assert record.load() == Progress("source", "other")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "state").write_text("")
    with pytest.raises(LedgerError, match="ne peut pas être écrit"):
        ProgressRecord(tmp_path / "state", "x").save(Progress())
