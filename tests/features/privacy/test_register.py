"""The register tells of everything that the program writes, and of how long it is kept."""

import re
from pathlib import Path

import pytest

from eig_sheets.features.privacy.disposal import period_end, period_starts, start_of
from eig_sheets.features.privacy.files_records import kinds_of
from eig_sheets.features.privacy.people_tabs import fields_of, personal_tabs, tabs_under
from eig_sheets.features.privacy.register import by_id, holding_named, register_of
from eig_sheets.features.privacy.register_records import register_table
from eig_sheets.features.privacy.rules import NAMES, RetentionRules
from eig_sheets.features.privacy.state_files import STATE
from eig_sheets.installed import FEATURES
from eig_sheets.personal_data import Fate, Holding, PersonalTab, Place, Start, people_of
from eig_sheets.storage.records import KeptRecord
from eig_sheets.workbook.fields import Kind
from tests.columns import SCHEMA
from tests.features.modules import modules_of_features
from tests.features.privacy.state_folder import unregistered
from tests.test_architecture import MODULES
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.newest

RULES, STARTS = EIG5.section(RetentionRules), period_starts(EIG5)
REGISTER, BY_ID = register_of(EIG5.features), by_id(EIG5.features)
PEOPLE, PEOPLE_TABS = people_of(EIG5.features), personal_tabs(EIG5.features)
WRITES = re.compile(
    r"\b(?:permissions\.(?:write|create|make_file)|atomic_write\.\w*(?:write|create)\w*|atomic_write\.keep_version|"
    r"create_file|keep_version|mkstemp|to_excel|to_csv)\(|\bsqlite3\.connect\((?!\":memory:\")"
)
OF_OTHERS = {name: entry for module in modules_of_features("writers") for name, entry in module.WRITERS.items()}
WRITERS = {
    *(writer for holding in REGISTER for writer in holding.writers),
    *OF_OTHERS,
}
NO_FILE = {
    "eig_sheets.emails.outlets.eml": "calendars of features, each of which tells of its own",
    "eig_sheets.features.requests.commands_files": "a copy of an export, gone with the request",
    "eig_sheets.storage.known_workbooks": "read only",
    "eig_sheets.spreadsheet.new_xlsx.writing": "bytes",
}


def test_every_module_that_writes_a_file_has_its_entry():
    writing = {module for module, (source, _) in MODULES.items() if WRITES.search(source)} - NO_FILE.keys()
    unknown = {module for module in writing if not any(f"{module}.".startswith(f"{writer}.") for writer in WRITERS)}
    assert len(writing) > 12
    assert unknown == set()


def test_every_writer_exists():
    assert WRITERS - MODULES.keys() == set()
    assert {*OF_OTHERS.values()} - BY_ID.keys() == set()


def test_entries_have_each_their_name_and_say_everything():
    assert len({holding.id for holding in REGISTER}) == len(REGISTER)
    for holding in REGISTER:
        assert all((holding.where, holding.what, holding.about, holding.purpose))
        assert bool(holding.why_kept) == (holding.fate in (Fate.KEPT, Fate.BY_PEOPLE)), holding.id
        assert (holding.period in NAMES) == (holding.fate not in (Fate.KEPT, Fate.NOTHING_PERSONAL)), holding.id


@pytest.mark.parametrize("feature", [*FEATURES], ids=lambda feature: feature.id)
def test_what_a_feature_left_is_still_in_the_register_of_a_call_that_does_without(feature):
    off = EIG5.features.without({feature.id})
    assert {part.id for part in feature.occasional() if isinstance(part, Holding)} <= by_id(off).keys()
    kinds = {part.kind() for part in feature.occasional() if isinstance(part, KeptRecord)}
    assert kinds <= {*kinds_of(off).values()}
    assert {part.tab for part in feature.occasional() if isinstance(part, PersonalTab)} <= {
        tab.tab for tab in personal_tabs(off)
    }


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
    holding = holding_named(STATE, name)
    assert (holding.id if holding else None) == entry


def test_the_periods_that_come_with_the_program_are_all_decided_and_sourced():
    rules = EIG5.section(RetentionRules)
    assert {name for name in NAMES if rules.period(name) is None} == set()
    for record in register_table(rules, STARTS).records(REGISTER):
        assert "non décidée" not in record["period"]


def test_a_period_that_nobody_decided_says_which_key_is_missing():
    records = {record["id"]: record for record in register_table(RetentionRules(), STARTS).records(REGISTER)}
    assert records["versions"]["period"] == "non décidée : [retention.copies]"
    assert (records["proces_verbal"]["period"], records["verrous"]["period"]) == ("sans limite", "sans objet")


def test_the_state_folder_s_entries_are_in_the_state_folder():
    assert {holding.place for holding in STATE} == {Place.STATE}
    assert not any(Path(pattern).is_absolute() for holding in REGISTER for pattern in holding.patterns)


def test_every_column_of_a_row_about_a_person_has_its_fate():
    """A column that is added to such a row is in the table, or this fails."""
    tables = {tab.tab: tab for tab in PEOPLE_TABS}
    of_nobody = {"parametres", "colonnes_exports"}  # settings, and why; headers of an export
    assert {tab.id for tab in SCHEMA.tabs} - tables.keys() <= of_nobody
    whole = {person.tab for person in PEOPLE if person.whole_row} | {"emails"}
    for people_tab in PEOPLE_TABS:
        tab = SCHEMA.tab(people_tab.tab)
        listed = [*people_tab.blanked, *(field for field, _ in people_tab.replaced), *people_tab.stays]
        assert people_tab.name == tab.name
        assert len({*listed}) == len(listed), people_tab.tab
        assert {*listed} <= {field.id for field in tab.fields}
        asked = {field.id for field in tab.fields if field.kind is not Kind.SCORE}
        if people_tab.tab in whole:
            assert {*listed} == asked, people_tab.tab
    named = {(person.tab, field) for person in PEOPLE for field in (person.address, *person.names)}
    assert named <= {(tab.tab, field) for tab in PEOPLE_TABS for fields in fields_of(tab).values() for field in fields}


def test_what_a_period_rules_ends_on_one_day_whoever_says_it():
    """In the register and in the list of cells alike: the two read the same table and the same starts."""
    records = register_table(RULES, STARTS).records(REGISTER)
    for period in NAMES:
        ends = {
            record["until"]
            for record, holding in zip(records, REGISTER, strict=True)
            if holding.period == period and holding.start is not Start.MADE
        }
        assert ends <= {period_end(period, RULES, STARTS).isoformat()}, period
    workbook = [holding for holding in REGISTER if holding.place is Place.WORKBOOK]
    assert {name for period in NAMES for name in tabs_under(period, EIG5.features)} == {tab.name for tab in PEOPLE_TABS}
    for period in {holding.period for holding in workbook}:
        typed = [holding for holding in workbook if holding.period == period and "classeurs partagés" in holding.where]
        assert [holding.where.partition(" : ")[2].split(", ") for holding in typed] == [
            [*tabs_under(period, EIG5.features)]
        ]


@pytest.mark.needs("talents")
def test_what_is_of_candidates_runs_from_the_last_contact_with_them():
    starts = {holding.start for holding in REGISTER if holding.period == "talents"}
    assert starts == {start_of("talents")} == {Start.CONTACT}
    assert period_end("talents", RULES, STARTS).isoformat() == "2023-07-13"
