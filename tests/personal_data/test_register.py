"""The register tells of everything that the program writes, and of how long it is kept."""

import re
from pathlib import Path

import pytest

from eig_sheets import config
from eig_sheets.config.packaged import packaged
from eig_sheets.domain.retention_rules import NAMES, RetentionRules
from eig_sheets.personal_data.holdings import Fate, Place, holding_named
from eig_sheets.personal_data.register import REGISTER
from eig_sheets.personal_data.register_records import register_records
from eig_sheets.personal_data.state_files import STATE
from tests.program import unregistered
from tests.test_architecture import MODULES

pytestmark = pytest.mark.newest

WRITES = re.compile(
    r"\b(?:permissions\.(?:write|create|make_file)|atomic_write\.\w*(?:write|create)\w*|atomic_write\.keep_version|"
    r"create_file|keep_version|mkstemp|sqlite3\.connect|to_excel|to_csv)\("
)
NO_FILE = {
    "eig_sheets.storage.file_texts": "a database in memory",
    "eig_sheets.workbook.grist.sqlite_file": "a database in memory",
    "eig_sheets.exporting.writing": "bytes",
}


def test_every_module_that_writes_a_file_has_its_entry():
    writing = {module for module, (source, _) in MODULES.items() if WRITES.search(source)} - NO_FILE.keys()
    known = {writer for one in REGISTER for writer in one.writers}
    unknown = {module for module in writing if not any(f"{module}.".startswith(f"{writer}.") for writer in known)}
    assert len(writing) > 12
    assert unknown == set()


def test_every_writer_exists():
    assert {writer for one in REGISTER for writer in one.writers} - MODULES.keys() == set()


def test_entries_have_each_their_name_and_say_everything():
    assert len({one.id for one in REGISTER}) == len(REGISTER)
    for one in REGISTER:
        assert all((one.where, one.what, one.about, one.purpose))
        assert bool(one.why_kept) == (one.fate in (Fate.KEPT, Fate.BY_PEOPLE)), one.id
        assert (one.period in NAMES) == (one.fate not in (Fate.KEPT, Fate.NOTHING_PERSONAL)), one.id


def test_a_file_that_no_entry_tells_of_is_seen(tmp_path):
    (tmp_path / "versions").mkdir()
    for name in ("etat.sqlite3", "versions/campagne.1.xlsx", "carnet.sqlite3"):
        (tmp_path / name).touch()
    assert unregistered(tmp_path) == ["carnet.sqlite3"]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("grilles-01.json", "registre_grilles"), ("grilles.sqlite3", "pages_jures"), ("logs/nightly.log.1", "journaux"),
        ("versions/a.xlsx", "versions"), ("versions/.a.eig-tmp", "versions"), ("imports-1/x.json", None), ("a/b", None),
    ],
)  # fmt: skip
def test_a_pattern_is_of_one_folder(name, entry):
    found = holding_named(STATE, name)
    assert (found.id if found else None) == entry


def test_the_periods_that_come_with_the_program_are_all_decided_and_sourced():
    rules = config.load(packaged()).retention
    assert {name for name in NAMES if rules.period(name) is None} == set()
    for record in register_records(REGISTER, rules):
        assert "non décidée" not in record["period"]


def test_a_period_that_nobody_decided_says_which_key_is_missing():
    records = {one["id"]: one for one in register_records(REGISTER, RetentionRules())}
    assert records["versions"]["period"] == "non décidée : [retention.copies]"
    assert (records["proces_verbal"]["period"], records["verrous"]["period"]) == ("sans limite", "sans objet")


def test_the_state_folder_s_entries_are_in_the_state_folder():
    assert {one.place for one in STATE} == {Place.STATE}
    assert not any(Path(pattern).is_absolute() for one in REGISTER for pattern in one.patterns)
