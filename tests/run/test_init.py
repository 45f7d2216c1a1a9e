"""`eig-sheets init`: what the workbook lacks, and not a cell more."""

from datetime import date

import openpyxl
import pytest

from eig_sheets import sample
from eig_sheets.spreadsheet.memory import Storage
from tests import in_memory
from tests.nightly import Robot
from tests.people_cells import ROBOT_HEADERS, people
from tests.program import Campaign, program
from tests.run.test_tab_order import created
from tests.spreadsheet import memory_desk
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

SHOWN, HIDDEN = created(date(2021, 4, 30))  # the day of the tests' commands
CRITERIA = ["Ouverture", "Transformation", "Engagement", "Définition", "Pertinence du besoin"]
HAND_MADE = {
    "Lisez-moi": [["Bienvenue"]],
    "Projets": [
        ["EIG 2021"], [],
        ["Avis de Paul", "Nom du projet", "N° DS", "ADMINISTRATION D'ACCUEIL", "Nombre d’EIG demandés"],
        ["bof", "Alpha", "1", "Ministère A", 2], ["top", "Bêta", 2, "Agence B", 3], [], ["", "Gamma", "3", "C", 2],
    ],
    "jury": [["E-mail", "Nom", "Portable"], ["ada@exemple.invalid", "Ada", "06"], ["ivo@exemple.invalid", "Ivo", "07"]],
    "Evaluations": [
        [*CRITERIA, "E-mail du juré", "Dossier"],
        [4, 3, 3.5, "3,5", 4, "ada@exemple.invalid", 1], [2, 2, 2, 2, 2, "ivo@exemple.invalid", 2],
    ],
    "Rang": [["À nous"]],
}  # fmt: skip


@pytest.fixture
def campaign(tmp_path, request) -> Campaign:
    """A configuration without a workbook."""
    sample.write_config(tmp_path)
    made = Campaign(tmp_path)
    if in_memory.is_for(request):
        in_memory.keep(made.workbook, Storage())
    return made


def rewrite_nothing(campaign):
    before = campaign.bytes
    done = campaign.run("init")
    assert done.code == 0
    assert done.err == f"Rien ne manque à {campaign.workbook}.\n"
    assert campaign.run("init", "--dry-run").out == "Rien ne changerait.\n"
    assert campaign.bytes == before


def names(campaign):
    return [tab.name for tab in Robot(campaign).read().tabs]


@pytest.mark.slow
def test_without_a_file_it_makes_one(campaign):
    assert campaign.run("init", "--dry-run").code == 0
    assert in_memory.storage_at(campaign.workbook).tabs is None
    done = campaign.run("init")
    assert done.code == 0
    assert f"{campaign.workbook}\u202f: {len([*SHOWN, *HIDDEN])} ajouts" in done.err
    assert names(campaign) == [*SHOWN, *HIDDEN]
    assert [tab.name for tab in Robot(campaign).read().tabs if tab.hidden] == HIDDEN
    for tab, headers in ROBOT_HEADERS.items():
        assert [*Robot(campaign).tab(tab).headers][-len(headers) :] == [*headers]
    rewrite_nothing(campaign)
    assert campaign.run("sync").code == 0
    before = campaign.bytes
    assert campaign.run("sync").code == 0
    assert campaign.bytes == before
    rewrite_nothing(campaign)


def test_every_cell_is_printed_first(campaign):
    told = campaign.run("init", "--dry-run", "--format", "json").records
    assert {record["tab"] for record in told} == {*SHOWN, *HIDDEN}
    assert {record["old"] for record in told} == {None}


@pytest.mark.slow
@pytest.mark.on_a_file
def test_an_empty_workbook(campaign):
    openpyxl.Workbook().save(campaign.workbook)
    assert campaign.run("init").code == 0
    assert names(campaign)[0] == "Sheet"
    assert set(names(campaign)) == {"Sheet", *SHOWN, *HIDDEN}
    rewrite_nothing(campaign)
    assert campaign.run("sync").code == 0
    rewrite_nothing(campaign)


@pytest.mark.slow
@pytest.mark.on_a_file
def test_an_empty_tab_of_ours_is_filled_where_it_is(campaign):
    book = openpyxl.Workbook()
    book.active.title = "candidatures"
    book.create_sheet("Classement")
    book.save(campaign.workbook)
    assert campaign.run("init").code == 0
    assert names(campaign)[:2] == ["candidatures", "Classement"]
    assert "Candidatures" not in names(campaign)
    assert "N° de dossier" in Robot(campaign).tab("candidatures").headers
    assert campaign.run("sync").code == 0
    rewrite_nothing(campaign)


@pytest.fixture
def hand_made(campaign) -> Campaign:
    """A workbook that people made, in their order and words."""
    in_memory.keep(campaign.workbook, memory_desk.storage(HAND_MADE))
    return campaign


@pytest.mark.slow
def test_a_workbook_that_people_made(hand_made):
    before = people(hand_made.workbook)
    assert hand_made.run("init").code == 0
    after = people(hand_made.workbook)
    assert before.lost(after) == []
    assert [name for name in after.order if name in before.order] == [*HAND_MADE]
    headers = [*Robot(hand_made).tab("Projets").headers]
    assert headers[:5] == HAND_MADE["Projets"][2]
    assert "Type d’administration" in headers
    assert "Nom du projet" not in headers[5:]
    assert headers[-5:] == [*ROBOT_HEADERS["Candidatures"]]
    rewrite_nothing(hand_made)
    assert hand_made.run("sync").code == 0
    assert before.lost(people(hand_made.workbook)) == []
    ranks = {dossier["dossier"]: dossier["rank"] for dossier in hand_made.run("rank", "--format", "json").records}
    assert ranks == {"1": 1, "2": 2, "3": None}
    shown = {row["Nom du projet"]: row["Rang"] for row in Robot(hand_made).tab("Projets").rows}
    assert shown == {"Alpha": 1, "Bêta": 2, "Gamma": None}
    written = hand_made.bytes
    assert hand_made.run("sync").code == 0
    assert hand_made.bytes == written
    rewrite_nothing(hand_made)


def test_before_init_a_sync_writes_nothing(hand_made):
    before = hand_made.bytes
    done = hand_made.run("sync")
    assert (done.code, hand_made.bytes == before) == (1, True)
    assert "lancez d’abord « eig-sheets init »" in done.err.replace("\u202f", " ")


@pytest.mark.slow
def test_after_people_rearranged_everything(hand_made):
    hand_made.run("init")
    hand_made.run("sync")
    edit(hand_made.workbook, "move_column", tab="Projets", header="Rang", to=1)
    edit(hand_made.workbook, "move_column", tab="Projets", header="N° DS", to=6)
    edit(hand_made.workbook, "rename_header", tab="Projets", **{"from": "Note /20", "to": "Note"})
    edit(hand_made.workbook, "insert_row", tab="Projets", at=2)
    edit(hand_made.workbook, "rename_tab", tab="Classement", to="Palmarès")
    edit(hand_made.workbook, "delete_tab", tab="Paramètres")
    before, held = names(hand_made), people(hand_made.workbook)
    assert hand_made.run("init").code == 0
    assert held.lost(people(hand_made.workbook)) == []
    assert set(names(hand_made)) == {*before, "Paramètres"}
    assert hand_made.run("sync").code == 0
    assert held.lost(people(hand_made.workbook)) == []
    rewrite_nothing(hand_made)


@pytest.mark.slow
def test_a_deleted_column_of_the_robot_is_made_again_at_the_right_edge(demo):
    edit(demo.workbook, "delete_column", tab="Candidatures", header="Proposition")
    done = demo.run("init", "--dry-run", "--format", "json")
    assert [record["new"] for record in done.records] == ["Proposition"]
    demo.run("init")
    assert [*Robot(demo).tab("Candidatures").headers][-1] == "Proposition"
    demo.run("sync")
    shown = [row["Proposition"] for row in Robot(demo).tab("Candidatures").rows]
    assert sum(word is not None and word.startswith("Lauréat") for word in shown) == 20


def test_a_close_header_is_not_doubled(hand_made):
    names = {"from": "Nombre d’EIG demandés", "to": "Nb d’EIG demandés"}
    edit(hand_made.workbook, "rename_header", tab="Projets", **names)
    hand_made.run("init")
    headers = [*Robot(hand_made).tab("Projets").headers]
    assert "Nombre d’EIG demandés" not in headers


def test_two_tabs_for_one_is_refused(hand_made):
    edit(hand_made.workbook, "rename_tab", tab="Lisez-moi", to="Jury !")
    before = hand_made.bytes
    done = hand_made.run("init")
    assert (done.code, done.out) == (1, "")
    assert "Jury" in done.err
    assert hand_made.bytes == before


def test_a_staff_s_tab_of_a_robot_s_name_is_refused(hand_made):
    edit(hand_made.workbook, "rename_tab", tab="Lisez-moi", to="Classement")
    before = hand_made.bytes
    done = hand_made.run("init")
    assert done.code == 1
    assert "«\u202fClassement\u202f»" in done.err
    assert hand_made.bytes == before


@pytest.mark.slow
def test_a_staff_s_column_of_the_robot_s_name_stays_theirs(hand_made):
    edit(hand_made.workbook, "rename_header", tab="Projets", **{"from": "Avis de Paul", "to": "Rang"})
    before = people_of(hand_made)
    hand_made.run("init")
    hand_made.run("sync")
    headers = [*Robot(hand_made).tab("Projets").headers]
    assert (headers[0], "Rang (robot)" in headers) == ("Rang", True)
    assert people_of(hand_made) == before
    assert {row["Nom du projet"]: row["Rang (robot)"] for row in Robot(hand_made).tab("Projets").rows}["Bêta"] == 2


def people_of(campaign):
    return [[row[0] for row in Robot(campaign).read().tab("Projets").rows if row][:7]]


@pytest.mark.slow
def test_without_a_configuration_the_workbook_is_made_here(tmp_path):
    made = program("init", cwd=tmp_path)
    assert made.code == 0, made.err
    lock = ".campagne.xlsx.eig-verrou"
    assert sorted(path.name for path in tmp_path.iterdir()) == [lock, ".eig-sheets", "campagne.xlsx"]
    assert program("sync", cwd=tmp_path).code == 0
