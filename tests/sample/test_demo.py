"""`eig-sheets demo`: from nothing to a ranking; a score changed by any program; and all that people did, kept."""

import openpyxl
import pytest

from eig_sheets.installed import FEATURES
from tests.columns import CRITERIA, cell_of
from tests.people_cells import people, type_in
from tests.program import Campaign, eig, program
from tests.spreadsheet.xlsx_desk import edit

SCREEN = (24, 80)
"""Lines and columns of a small terminal."""
FIRST, SECOND = "3713503", "3716741"


def ranks(campaign: Campaign) -> dict[str, int | None]:
    return {dossier["dossier"]: dossier["rank"] for dossier in campaign.run("rank", "--format", "json").records}


def shown_ranks(campaign: Campaign) -> dict[str, float]:
    """What the robot's columns of Candidatures say."""
    cells = people(campaign.workbook).cells
    assert "Classement" not in cells
    from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

    tab = XlsxWorkbook(campaign.workbook, campaign.folder).read().tab("Candidatures")
    header = next(row for row in range(1, 11) if tab.value(row, 0) == "N° de dossier")
    column = next(place for place in range(80) if tab.value(header, place) == "Rang")
    rows = range(header + 1, len(tab.rows) + 1)
    return {tab.value(row, 0): tab.value(row, column) for row in rows if tab.value(row, column) is not None}


@pytest.mark.slow
def test_a_clone_to_a_ranking(tmp_path):
    done = program("demo", cwd=tmp_path)
    assert done.code == 0
    folder = tmp_path / "demo-eig"
    workbooks = ["campagne.xlsx", *(["talents.xlsx"] if any(one.id == "talents" for one in FEATURES) else ())]
    assert done.out.count("Délibération") == 5
    lines = (done.out + done.err).replace(str(tmp_path), "").splitlines()
    assert sum(max(-(-len(line) // SCREEN[1]), 1) for line in lines) <= SCREEN[0]
    made = {*workbooks, *(f".{name}.eig-verrou" for name in workbooks)}
    others = {".eig-sheets", "config", "eig-sheets.cmd", "export-ds.csv", "grilles"}
    assert {path.name for path in folder.iterdir()} == made | others
    assert "BatID" in done.out.splitlines()[2]
    assert "demo-eig/campagne.xlsx dans LibreOffice ou Excel" in done.err
    assert "changez une note de « Boussole des dunes » (3723358)" in done.err.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    told = next(line for line in done.err.splitlines() if line.strip().startswith("python -m eig_sheets "))
    again = program(*told.split()[3:], cwd=tmp_path)
    assert (again.code, again.out) == (0, "")
    assert "Rien n’a changé" in again.err


@pytest.mark.slow
def test_the_folder_can_be_named_and_its_spaces_quoted(tmp_path):
    done = eig("demo", tmp_path / "ma campagne")
    assert done.code == 0
    assert f'eig-sheets --config "{tmp_path}/ma campagne/config/campaign.toml" --today 2021-05-06 sync' in done.err


@pytest.mark.slow
def test_before_the_first_dossier_it_speaks_of_no_score(tmp_path):
    done = eig("--today", "2021-02-10", "demo", tmp_path / "vide")
    assert "Saisissez un dossier dans Candidatures" in done.err
    assert not any(word in done.err for word in ("note", "classement", "jury"))


@pytest.mark.slow
def test_a_second_demo_writes_nothing(demo):
    before = demo.bytes
    done = eig("--today", "2021-04-30", "demo", demo.folder)
    assert done.code == 0
    assert "BatID" in done.out
    assert demo.bytes == before


@pytest.mark.slow
def test_a_second_demo_keeps_what_people_did(demo):
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    edit(demo.workbook, "set", tab="Candidatures", cell=cell_of("candidatures", "commentaire", 20), value="à rappeler")
    demo.export.write_text("mon export", encoding="utf-8")
    demo.set_config("target = 20 ", "target = 12 ")
    before, config = people(demo.workbook), demo.config.read_bytes()
    done = eig("--today", "2021-04-30", "demo", demo.folder)
    assert done.code == 0
    assert before.lost(people(demo.workbook)) == []
    assert demo.config.read_bytes() == config
    assert demo.export.read_text(encoding="utf-8") == "mon export"
    assert ranks(demo)[FIRST] != 1


def test_a_demo_for_grist_in_the_folder_of_one_in_a_file_is_refused(demo):
    before = demo.bytes
    done = eig("demo", "--grist", "https://grist.example.org/o/equipe", demo.folder)
    assert (done.code, done.out, demo.bytes) == (1, "", before)
    assert f"{demo.folder} a déjà une campagne d’exemple, dans un fichier" in done.err
    assert "autre dossier" in done.err


def test_a_second_demo_without_its_workbook_makes_no_new_one(demo):
    demo.workbook.rename(demo.folder / "ailleurs.xlsx")
    done = eig("--today", "2021-04-30", "demo", demo.folder)
    assert (done.code, done.out) == (1, "")
    assert f"Il n’y a pas de classeur {demo.workbook}" in done.err


@pytest.mark.parametrize("content", ["rapport.odt", "config", ".cache"])
def test_a_folder_with_anything_else_is_refused(tmp_path, content):
    (tmp_path / content).mkdir()
    done = eig("demo", tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"{tmp_path} contient déjà autre chose\u202f: indiquez un dossier vide ou nouveau.\n"
    assert [path.name for path in tmp_path.iterdir()] == [content]


def test_a_file_instead_of_a_folder_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    assert eig("demo", tmp_path / "notes.txt").code == 2
    done = eig("demo", tmp_path / "notes.txt" / "demo")
    assert (done.code, done.out) == (1, "")
    assert "un fichier tient la place d’un dossier" in done.err


def by_hand(campaign: Campaign, cell: str, value: float) -> None:
    type_in(campaign.workbook, "Évaluations", cell, value)


def by_openpyxl(campaign: Campaign, cell: str, value: float) -> None:
    edit(campaign.workbook, "set", tab="Évaluations", cell=cell, value=value)


@pytest.mark.slow
@pytest.mark.parametrize("change", [by_hand, by_openpyxl])
def test_a_changed_score_and_the_ranking_follows(demo, change):
    assert [ranks(demo)[FIRST], ranks(demo)[SECOND]] == [1, 2]
    for criterion in CRITERIA:
        change(demo, cell_of("evaluations", criterion, 83), 1)
    before = people(demo.workbook)
    done = demo.run("sync")
    assert (done.code, done.out) == (0, "")
    assert "est à jour : 31 dossiers" in done.err.replace("\u202f", " ")
    after = people(demo.workbook)
    assert before.lost(after) == []
    assert before.added(after) == set()
    assert before.order == after.order
    note = next(dossier for dossier in demo.run("rank", "--format", "json").records if dossier["dossier"] == FIRST)
    assert (note["rank"], note["note"]) == (23, pytest.approx((5 + 18 + 19.5) / 3))
    assert shown_ranks(demo)[FIRST] == note["rank"]
    assert shown_ranks(demo)[SECOND] == 1
    written = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == written


def test_what_is_for_the_robot_alone_is_hidden_and_makes_no_row_taller(demo):
    sheet = openpyxl.load_workbook(demo.workbook)["Envois"]
    [header] = [cell for cell in sheet[2] if cell.value == "Empreinte"]
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden == [header.column_letter]
    assert not sheet.cell(3, header.column).alignment.wrap_text
