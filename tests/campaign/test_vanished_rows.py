"""What the robot added and then vanished counts for the fuse (G8), by whatever command it was added."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.memory import Storage
from tests import in_memory
from tests.call.applications.files import write
from tests.call.applications.importing.support import HEADERS
from tests.columns import cell_of
from tests.effort import slow
from tests.nightly import Robot
from tests.program import Campaign, copied_config
from tests.spreadsheet.memory_desk import edit

pytestmark = pytest.mark.in_memory

DAY = ("--today", "2021-03-10")
NUMBERS = [str(number) for number in range(9101, 9113)]
CUT = "L’onglet « {tab} » avait {before} lignes remplies à la dernière exécution ; il en reste {now}."


def empty_call(folder) -> Campaign:
    """A call whose workbook has its tabs and no row; its state folder knows of no run."""
    campaign = Campaign(folder / "appel")
    copied_config(campaign.folder / "config")
    in_memory.keep(campaign.workbook, Storage())
    assert campaign.run(*DAY, "init").code == 0
    return campaign


@pytest.fixture
def call(tmp_path) -> Campaign:
    return empty_call(tmp_path)


def dossiers_file(folder, numbers=NUMBERS):
    rows = [
        {
            "numero": number, "etat": "En construction", "date_depot": "2021-03-01 10:00:00 +0100",
            "projet": f"Projet {number}", "administration": "Office", "email_porteur": f"p{number}@x.example",
            "cout_jusqu_a_5_ans": "60000",
        }
        for number in numbers
    ]  # fmt: skip
    return write(folder, "dossiers.csv", HEADERS, *rows)


def imported(call, tmp_path, numbers=NUMBERS):
    done = call.run(*DAY, "import", dossiers_file(tmp_path, numbers))
    assert done.code == 0, done.err


def emptied(call, tab, keep=0):
    table = Robot(call).tab(tab)
    rows = [row["row"] for row in table.rows]
    edit(in_memory.storage_at(call.workbook), "clear_rows", tab=tab, first=rows[keep], last=rows[-1])


def stopped(call, tab, before, now=0):
    """Whether the next sync stops, with the tab and the remedy, and changes nothing but the Journal."""
    done = call.run(*DAY, "sync")
    said = done.err.replace("\u202f", " ").replace("\u00a0", " ")
    return (done.code, CUT.format(tab=tab, before=before, now=now) in said, "sync --force" in said) == (1, True, True)


@pytest.mark.slow
def test_dossiers_that_were_imported_and_then_deleted(call, tmp_path):
    imported(call, tmp_path)
    emptied(call, "Candidatures")
    assert stopped(call, "Candidatures", 12)
    assert call.run(*DAY, "sync", "--force").code == 0
    assert call.run(*DAY, "sync").code == 0


@pytest.mark.parametrize("command", [("emails", "draft"), *slow((("sync",),))])
def test_e_mails_that_were_drafted_and_then_deleted(call, tmp_path, command):
    imported(call, tmp_path)
    assert call.run(*DAY, *command).code == 0
    assert len(Robot(call).tab("E-mails à envoyer").rows) == 12
    emptied(call, "E-mails à envoyer")
    assert stopped(call, "E-mails à envoyer", 12)


@pytest.mark.slow
def test_an_import_does_not_hide_that_rows_vanished_before_it(call, tmp_path):
    imported(call, tmp_path)
    assert call.run(*DAY, "sync").code == 0
    emptied(call, "Candidatures", 2)
    imported(call, tmp_path, ["9301", "9302", "9303"])
    assert stopped(call, "Candidatures", 15, 5)


@pytest.mark.slow
def test_rows_in_the_place_of_others_do_not_make_up_for_them(call, tmp_path):
    imported(call, tmp_path)
    assert call.run(*DAY, "sync").code == 0
    for place, row in enumerate(Robot(call).tab("Candidatures").rows[:6]):
        storage = in_memory.storage_at(call.workbook)
        edit(
            storage,
            "set",
            tab="Candidatures",
            cell=cell_of("candidatures", "numero", row["row"]),
            value=str(8000 + place),
        )
    assert stopped(call, "Candidatures", 12, 6)


@pytest.mark.slow
def test_what_an_older_version_remembers_is_still_compared(call, tmp_path):
    imported(call, tmp_path)
    assert call.run(*DAY, "sync").code == 0
    last_run = call.state.load_last_run()
    call.state.save_last_run(replace(last_run, keys={}))
    emptied(call, "Candidatures", 2)
    assert stopped(call, "Candidatures", 12, 2)


@pytest.mark.slow
def test_an_import_that_is_undone_is_missed_by_nobody(call, tmp_path):
    imported(call, tmp_path)
    assert call.run("import", "--undo").code == 0
    assert Robot(call).tab("Candidatures").rows == []
    assert call.state.load_last_run().undone != ()
    assert call.run(*DAY, "sync").code == 0
    assert call.state.load_last_run().undone == ()
    imported(call, tmp_path)
    emptied(call, "Candidatures", 2)
    assert stopped(call, "Candidatures", 12, 2)


def test_a_few_rows_may_go(call, tmp_path):
    imported(call, tmp_path, NUMBERS[:10])
    emptied(call, "Candidatures", 6)
    assert call.run(*DAY, "sync").code == 0
