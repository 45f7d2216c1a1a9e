"""A workbook in which nothing bears our mark: no command but `init` and `demo` writes there, whatever it is for."""

from dataclasses import replace

import pytest

from tests.columns import SCHEMA
from tests.in_memory import storage_at
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

UNMARKED = "Rien dans ce classeur ne porte la marque d’eig-sheets"


def without_marks(demo) -> Campaign:
    """The workbook of the demonstration with what people typed, as they would have made it by themselves."""
    kept, people = storage_at(demo.workbook), {tab.name for tab in SCHEMA.tabs}
    kept.save([replace(tab, mark=None, column_marks={}) for tab in kept.tabs if tab.name in people])
    return demo


@pytest.fixture
def unmarked(demo) -> Campaign:
    return without_marks(demo)


WRITING = (
    ("sync",), ("sync", "--force"), ("sync", "--dry-run"), ("requests", "run"), ("jury", "assign", "--yes"),
    ("emails", "draft"),
)  # fmt: skip


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_nothing_is_written(unmarked, command):
    writes_nothing(unmarked, command)


def writes_nothing(unmarked, command):
    """That a command leaves a workbook without our mark as it is."""
    saves = storage_at(unmarked.workbook).saves
    done = unmarked.run(*command)
    assert done.code in (1, 2), done
    assert storage_at(unmarked.workbook).saves == saves
    assert unmarked.read().tab("Journal") is None
    if command[0] == "sync":
        assert UNMARKED in (done.err + done.out).replace("\u202f", " ")


def test_an_import_writes_nothing(unmarked):
    saves = storage_at(unmarked.workbook).saves
    done = unmarked.run("import", unmarked.export)
    assert (done.code, UNMARKED in done.err.replace("\u202f", " ")) == (1, True), done
    assert storage_at(unmarked.workbook).saves == saves


def test_what_only_reads_still_answers_and_check_says_what_is_missing(unmarked):
    assert unmarked.run("rank").code == 0
    checked = unmarked.run("check", "--format", "json")
    assert checked.code == 1
    assert [record["tab"] for record in checked.records if record["code"] == "classeur_sans_marque"] == [""]
