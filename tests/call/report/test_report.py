"""`eig-sheets report`: where it writes, what it never replaces, and that it only reads the campaign."""

import io
import zipfile

import pytest
from docx import Document

from eig_sheets.spreadsheet.model.cells import CellError
from tests.columns import cell_of
from tests.in_memory import storage_at
from tests.people_cells import type_in
from tests.program import ROOT, Campaign, eig, program
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.sheets_server.world import permission
from tests.spreadsheet.memory_desk import put

pytestmark = pytest.mark.in_memory


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder that commands are run from."""
    folder = tmp_path / "bureau"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("options", "name"),
    [
        ([], "rapport-jury.html"),
        (["--minutes"], "proces-verbal.docx"),
        (["--presidence"], "rapport-presidence.html"),
        (["--for", "Alix.Ventadour@exemple.invalid"], "rapport-Alix.Ventadour@exemple.invalid.html"),
    ],
)
def test_it_writes_here_and_nowhere_else(demo, desk, options, name):
    before = files(demo.folder)
    done = demo.run("report", *options)
    assert (done.code, done.out == "") == (0, "--minutes" not in options)
    assert str(desk / name) in done.err
    assert [path.name for path in desk.iterdir()] == [name]
    assert files(demo.folder) == before


def test_what_stands_open_is_printed_before_the_minutes_and_is_in_them(demo, desk):
    first, *lines = demo.run("report", "--minutes").out.replace("\u202f", " ").splitlines()
    told = "32 dossiers reçus, dont 1 laissé de côté. À regarder : 10 évaluations qui ne comptent pas et 1 dossier sous"
    assert first == f"{told} réserve."
    assert len(lines) == 12
    cell = cell_of("candidatures", "numero", 14)
    why = "« 3719093 » est aussi à la ligne 35."
    assert lines[0] == f"• Dossier laissé de côté (3719093 – Double vue). Candidatures!{cell} : {why}"
    assert lines[-1] == "• Sous réserve (3723725 – Sillon sonore). 2 évaluations complètes, pour 3 au moins."
    with zipfile.ZipFile(desk / "proces-verbal.docx") as archive:
        text = archive.read("word/document.xml").decode().replace("\u202f", " ")
    assert f"Candidatures!{cell}" in text
    assert why in text


def test_the_page_is_that_of_the_campaign(demo, desk):
    demo.run("report", "--to", "jury.HTML")
    page = (desk / "jury.HTML").read_text(encoding="utf-8").replace("\u202f", " ")
    assert "Données du vendredi 30 avril 2021" in page
    assert "Campagne de démonstration : notes fictives" in page
    for dossier in demo.run("rank", "--format", "json").records:
        assert dossier["project"] in page
    assert page.count("<article") == sum(
        dossier["rank"] is not None for dossier in demo.run("rank", "--format", "json").records
    )


@pytest.mark.slow
def test_what_concerns_jurors_is_for_the_presidency(demo, desk):
    done = demo.run("report", "--presidence")
    assert "Page de la présidence, à ne pas donner au jury" in done.err.replace("\u202f", " ")
    demo.run("report")
    pages = [(desk / name).read_text(encoding="utf-8") for name in ("rapport-presidence.html", "rapport-jury.html")]
    assert ["suit ce qui est attendu" in page for page in pages] == [True, False]
    assert ["Sévérité de chaque juré" in page for page in pages] == [True, False]


@pytest.mark.slow
def test_a_recused_juror_gets_a_page_without_the_dossier(demo, desk):
    typed = cell_of("jury", "deports", 3)
    type_in(demo.workbook, "Jury", typed, "3713503")
    done = demo.run("report", "--for", "alix.ventadour@exemple.invalid", "--to", "alix.html")
    said = done.err.replace("\u202f", " ")
    assert "Page de ce juré" in said
    page = (desk / "alix.html").read_text(encoding="utf-8")
    assert [word for word in ("3713503", "BatID") if word in page] == []
    demo.run("report", "--to", "jury.html")
    page = (desk / "jury.html").read_text(encoding="utf-8")
    assert [word for word in ("3713503", "BatID") if word in page] == ["3713503", "BatID"]


@pytest.mark.parametrize(
    ("option", "value"), [([], CellError("#REF!")), (["--seance"], CellError("#REF!")), ([], "3713503 ; Les nuages")]
)
def test_deports_that_cannot_be_read_leave_no_page_and_name_the_cell(demo, desk, option, value):
    typed = cell_of("jury", "deports", 3)
    put(storage_at(demo.workbook), "Jury", typed, value)
    done = demo.run("report", "--for", "alix.ventadour@exemple.invalid", *option)
    assert (done.code, [*desk.iterdir()]) == (1, [])
    assert f"Jury!{typed} : qui est alix.ventadour@exemple.invalid, ou de quoi ce juré se déporte" in done.err.replace(
        "\u202f", " "
    )


def test_a_stranger_gets_no_page(demo, desk):
    done = demo.run("report", "--for", "alix.ventadur@exemple.invalid")
    assert done.code == 1
    said = done.err.replace("\u202f", " ")
    assert "« alix.ventadur@exemple.invalid » n’est l’adresse d’aucun juré de l’onglet « Jury »." in said
    assert "Vouliez-vous dire « alix.ventadour@exemple.invalid » ?" in said
    assert [*desk.iterdir()] == []


@pytest.mark.parametrize(
    "options", [["--presidence", "--for", "a@b.c"], ["--minutes", "--for", "a@b.c"], ["--minutes", "--presidence"]]
)
def test_one_kind_of_report_at_a_time(demo, desk, options):
    done = demo.run("report", *options)
    assert done.code == 2
    assert "ne vont pas ensemble" in done.err
    assert [*desk.iterdir()] == []


@pytest.mark.slow
def test_the_minutes_open_and_are_of_the_campaign(demo, desk):
    demo.run("report", "--minutes", "--to", desk / "pv.docx")
    made = Document(io.BytesIO((desk / "pv.docx").read_bytes()))
    assert made.paragraphs[1].text == "Entrepreneurs d’intérêt général, 5ᵉ promotion"
    ranked = [dossier for dossier in demo.run("rank", "--format", "json").records if dossier["rank"] is not None]
    [ranking] = [table for table in made.tables if table.rows[0].cells[0].text == "Rang"]
    assert len(ranking.rows) == len(ranked) + 1


@pytest.mark.slow
def test_a_report_is_replaced_while_nobody_touched_it(demo, desk):
    demo.run("report")
    first = (desk / "rapport-jury.html").read_bytes()
    demo.run("report")
    assert (desk / "rapport-jury.html").read_bytes() == first
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    assert demo.run("report").code == 0
    assert (desk / "rapport-jury.html").read_bytes() != first


@pytest.mark.parametrize("options", [[], ["--minutes"]])
def test_what_somebody_completed_is_never_lost(demo, desk, options):
    demo.run("report", *options)
    [path] = desk.iterdir()
    if options:
        made = Document(io.BytesIO(path.read_bytes()))
        made.paragraphs[2].add_run("Réunion tenue le 5 mai 2021")
        made.save(path)
    else:
        path.write_text(path.read_text(encoding="utf-8").replace("jury", "JURY", 1), encoding="utf-8")
    completed = path.read_bytes()
    done = demo.run("report", *options)
    assert done.code == 1
    assert "existe déjà" in done.err
    assert "option --to" in done.err
    assert path.read_bytes() == completed
    assert [file.name for file in desk.iterdir()] == [path.name]


def test_any_other_file_is_left(demo, desk):
    (desk / "rapport-jury.html").write_text("<p>autre chose</p>", encoding="utf-8")
    done = demo.run("report")
    assert done.code == 1
    assert (desk / "rapport-jury.html").read_text(encoding="utf-8") == "<p>autre chose</p>"


@pytest.mark.parametrize(("options", "ending"), [(["--to", "a.pdf"], ".html"), (["--minutes", "--to", "a"], ".docx")])
def test_another_ending_is_wrong_usage(demo, desk, options, ending):
    done = demo.run("report", *options)
    assert done.code == 2
    assert f"doit se terminer par {ending}" in done.err
    assert [*desk.iterdir()] == []


def test_a_missing_folder_is_named(demo, desk):
    done = demo.run("report", "--to", "absent/page.html")
    assert done.code == 1
    assert "absent n’existe pas" in done.err


def test_a_workbook_that_cannot_be_read_makes_no_report(desk, tmp_path):
    done = eig("--workbook", tmp_path / "absent.xlsx", "report")
    assert done.code == 1
    assert [*desk.iterdir()] == []


def test_quiet_says_nothing(demo, desk):
    assert demo.run("-q", "report").err == ""
    assert (desk / "rapport-jury.html").exists()


@pytest.mark.slow
@pytest.mark.on_a_file
def test_the_same_bytes_from_another_process(demo, desk):
    demo.run("report")
    other = desk / "autre.html"
    done = program(*Campaign(demo.folder).arguments("report", "--to", other), env={"PYTHONHASHSEED": "7"})
    assert done.code == 0
    assert other.read_bytes() == (desk / "rapport-jury.html").read_bytes()


@pytest.mark.slow
def test_on_a_google_sheet_it_only_reads(tmp_path, desk):
    with running(locale="fr_FR") as server:
        book = server.world.create("Campagne", "anne@example.org")
        server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
        env = {
            "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
            "EIG_SHEETS_API_ENDPOINT": server.url,
            "EIG_SHEETS_STATE": str(tmp_path / "state"),
        }
        common = ("--config", ROOT / "config" / "campaign.toml", "--workbook", book.id, "--today", "2021-04-30")
        assert eig(*common, "init", env=env).code == 0
        for options in ([], ["--minutes"]):
            server.script.post([])
            done = eig(*common, "report", *options, env=env)
            assert done.code == 0, done.err
            assert done.out == ("0 dossier reçu. Rien d’autre n’est ouvert.\n" if options else "")
            assert {call.method for call in server.script.calls} == {"GET"}
    page = (desk / "rapport-jury.html").read_text(encoding="utf-8")
    assert "Aucun dossier n’est classé pour l’instant." in page
