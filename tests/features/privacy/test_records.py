"""Lists, visas and rankings without names: what the state folder keeps of them, and what it refuses."""

from datetime import datetime

import pytest

from eig_sheets.features.privacy.files_records import (
    EliminationLog,
    Listed,
    RankingRecords,
    kinds_of,
    reference_of,
    sizes_of,
)
from eig_sheets.installed import FEATURES
from eig_sheets.storage.database import LedgerError
from tests.storage.older_files import FILES, PLACE, leave, take_over
from tests.storage.stored_records import put, stored

NOON = datetime(2027, 1, 5, 12)
ITEMS = (Listed("pages_jures", "d1", "d1", "2021-05-04", 0), Listed("pages_reunion", "r.html", "d2", "2021-05-05", 9))


@pytest.fixture
def log(tmp_path):
    return EliminationLog(tmp_path / "etat", "classeur")


def test_the_same_things_have_the_same_reference_and_others_another():
    assert reference_of(ITEMS) == reference_of([*ITEMS])
    assert reference_of(ITEMS) != reference_of(ITEMS[:1])


def test_a_list_is_kept_once_and_waits_for_its_visa_whatever_is_listed_later(log):
    first = log.add(ITEMS, NOON)
    assert log.add(ITEMS, datetime(2028, 1, 1)) == first
    second = log.add(ITEMS[:1], NOON)
    assert log.eliminations() == [first, second]
    visa = log.record_visa(first, "AN 12", "2027-01-06", NOON)
    assert log.eliminations() == [visa, second]


def test_once_done_it_only_says_how_many(log, tmp_path):
    visa = log.record_visa(log.add(ITEMS, NOON), "AN 12", "2027-01-06", NOON)
    log.record_end(visa, 1, NOON)
    [elimination] = EliminationLog(tmp_path / "etat", "classeur").eliminations()
    assert (elimination.count, elimination.left, elimination.items, elimination.visa) == (2, 1, (), "AN 12")
    assert EliminationLog(tmp_path / "etat", "un autre").eliminations() == []


def test_a_ranking_is_kept_once_and_an_altered_one_proves_nothing(tmp_path):
    kept = RankingRecords(tmp_path, "classeur")
    assert kept.contents() == []
    assert [kept.add({"a": (1,)}), kept.add({"a": [1]}), kept.add({"a": [2]})] == [True, False, True]
    assert kept.contents() == [{"a": [1]}, {"a": [2]}]
    put(tmp_path, "classement_pseudonyme", stored(tmp_path, "classement_pseudonyme").replace("[1]", "[3]"))
    with pytest.raises(LedgerError, match="ne prouve plus rien"):
        kept.contents()


def test_what_is_to_be_purged_is_seen_once_taken_over(tmp_path):
    for name in FILES:
        leave(tmp_path, name)
        take_over(tmp_path, name)
    kinds, sizes = kinds_of(FEATURES), sizes_of(tmp_path, PLACE, FEATURES)
    assert sizes.keys() == {name for name, kind in kinds.items() if kind.former}
    for name in sizes:
        kinds[name](tmp_path, PLACE).erase()
    assert sizes_of(tmp_path, PLACE, FEATURES) == {}
    assert not [
        path for path in tmp_path.iterdir() if b"ada@" in path.read_bytes() or b"la\\nliste" in path.read_bytes()
    ]
