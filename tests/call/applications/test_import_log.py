"""The log of imports: what is kept, and for how long."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eig_sheets.call.applications.files_records import MOST_IMPORTS, ImportLog
from eig_sheets.storage.imported_dossiers import ImportedDossiers, ImportRecord, KnownDossier, WaitingValue

pytestmark = pytest.mark.newest

NOW = datetime(2021, 4, 8, 9, 30, 12)


def record(number="101", **changes):
    return ImportRecord(NOW, "export.csv", {number: "abc"}, ((number, "projet"),), **changes)


def test_what_is_about_to_be_written_is_kept_then_known_to_be(tmp_path):
    log = ImportLog(tmp_path / "etat", "campagne.xlsx")
    assert log.records() == []
    log.add(record())
    assert log.records() == [record()]
    log.mark(record())
    assert ImportLog(tmp_path / "etat", "campagne.xlsx").records() == [record(written=True)]
    log.mark(record(written=True), undone=True)
    assert log.records() == [record(written=True, undone=True)]
    assert ImportLog(tmp_path / "etat", "autre.xlsx").records() == []


def test_an_attempt_leaves_its_place_to_the_next_one_and_other_imports_stay(tmp_path):
    log = ImportLog(tmp_path, "campagne.xlsx")
    log.add(record("101"))
    log.add(record("102"))
    again = replace(record("102"), at=NOW + timedelta(seconds=3))
    log.add(again)
    assert log.records() == [record("101"), again]


def test_what_it_replaced_is_kept_until_it_is_undone(tmp_path):
    log = ImportLog(tmp_path, "campagne.xlsx")
    before = ImportedDossiers(
        {"101": KnownDossier({"projet": "abc"}, {"cout": WaitingValue("3", NOW, NOW), "zip": WaitingValue("1", NOW)})}
    )
    imported = record(brought={"101": {"projet": "abc def"}}, before=before)
    log.add(imported)
    log.mark(imported)
    assert log.records() == [replace(imported, written=True)]
    log.mark(replace(imported, written=True), undone=True)
    assert log.records() == [record(written=True, undone=True)]


def test_so_many_are_kept(tmp_path):
    log = ImportLog(tmp_path, "campagne.xlsx")
    for number in range(MOST_IMPORTS + 3):
        log.add(record(str(number)))
        log.mark(record(str(number)))
    assert [next(iter(record.rows)) for record in log.records()] == [str(n) for n in range(3, MOST_IMPORTS + 3)]
