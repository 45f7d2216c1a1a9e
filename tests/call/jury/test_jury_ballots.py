"""`jury ballots`: a file a juror, never over what was filled; the workbook says which file each juror has."""

import json
import re
from datetime import datetime

import openpyxl
import pytest

from eig_sheets.call.jury.files_ballots import BallotLog
from eig_sheets.call.jury.pages.files_pages import read_page
from eig_sheets.spreadsheet.xlsx.package import Package
from tests.call.jury.pages.pages import PARIS
from tests.columns import cell_of
from tests.effort import first
from tests.nightly import Table
from tests.people_cells import type_in

pytestmark = pytest.mark.in_memory


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder that commands are run from."""
    folder = tmp_path / "bureau"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def juror(demo, desk):
    """The address of one juror, who is the first of the tab and has dossiers to read."""
    return Table(demo.read().tab("Jury")).rows[0]["E-mail"]


def plain(text):
    return text.replace("\u202f", " ")


def run(demo, juror, *options):
    done = demo.run("jury", "ballots", "--to", "g", "--for", juror, "--format", "json", *options)
    assert done.code == 0, done.err
    (ballot,) = json.loads(done.out)["ballots"]
    return ballot


def fill(path, numero, **answers):
    cells = next(row.cells for row in read_page(path, PARIS).rows if row.numero == numero)
    book = openpyxl.load_workbook(path)
    for field, value in answers.items():
        tab, _, cell = cells[field].partition("!")
        book[tab][cell].value = value
    book.save(path)


@pytest.mark.slow
def test_a_dry_run_lists_the_files_and_writes_none(demo, desk):
    version = demo.read().version
    done = demo.run("jury", "ballots", "--to", "g", "--dry-run", "--format", "json")
    told = json.loads(done.out)
    assert (done.code, [*desk.iterdir()], demo.read().version) == (0, [], version)
    assert {change["tab"] for change in told["changes"]} == {"Grilles", "Journal"}
    assert len({ballot["file"] for ballot in told["ballots"]}) == len(told["ballots"]) > 20


@pytest.mark.slow
def test_what_was_filled_is_never_lost(demo, desk, juror):
    first = run(demo, juror)
    path, numero = desk / first["file"], first["dossiers"][0]
    assert first["state"] == "nouveau"
    assert path.stat().st_mode & 0o077 == 0
    fill(path, numero, pertinence=3.7, commentaire="À suivre.")
    before = path.read_bytes()
    assert run(demo, juror)["state"] == "inchangé"
    assert path.read_bytes() == before

    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "questions", 3), "Et après dix mois ?")
    again = run(demo, juror)
    assert (again["state"], again["carried"]) == ("refait", [numero])
    row = next(row for row in read_page(path, PARIS).rows if row.numero == numero)
    assert row.values == {"pertinence": 3.7, "commentaire": "À suivre."}
    assert before in [kept.read_bytes() for kept in demo.state.versions.iterdir()]
    assert run(demo, juror)["state"] == "inchangé"


def saved_at(path, moment):
    """Make the file say that its juror saved it then, in UTC."""
    package = Package(path.read_bytes())
    core = package.read("docProps/core.xml")
    package.write("docProps/core.xml", re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), core))
    path.write_bytes(package.to_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("elsewhere", first(1, [True, False]))
def test_notes_of_a_file_that_is_made_again_are_of_the_day_of_their_juror(demo, desk, juror, elsewhere):
    first = run(demo, juror)
    path, numero = desk / first["file"], first["dossiers"][0]
    fill(path, numero, pertinence=2)
    saved_at(path, "2021-04-28T16:30:00Z")
    if elsewhere:
        type_in(demo.workbook, "Jury", cell_of("jury", "nom", 3), "Quelqu’un d’autre")
    else:
        type_in(demo.workbook, "Candidatures", cell_of("candidatures", "questions", 3), "Et après dix mois ?")
    again = run(demo, juror)
    assert again["carried"] == [numero]
    assert read_page(desk / again["file"], PARIS).modified == datetime(2021, 4, 28, 18, 30)


@pytest.mark.slow
def test_notes_that_were_collected_come_back_with_the_dossier(demo, desk, juror):
    first = run(demo, juror)
    path, numero = desk / first["file"], first["dossiers"][0]
    fill(path, numero, pertinence=2, engagement=4)
    saved_at(path, "2021-04-28T16:30:00Z")
    assert demo.run("jury", "collect", "g").code == 0
    row = next(line["row"] for line in Table(demo.read().tab("Jury")).rows if line["E-mail"] == juror)
    recusals = cell_of("jury", "deports", int(row))
    before = next(line["Déports"] for line in Table(demo.read().tab("Jury")).rows if line["E-mail"] == juror)
    type_in(demo.workbook, "Jury", recusals, " ; ".join(filter(None, [before, numero])))
    assert numero not in run(demo, juror)["dossiers"]
    type_in(demo.workbook, "Jury", recusals, before)
    assert numero in run(demo, juror)["carried"]
    for page in (path, desk / "ailleurs" / path.name):
        back = read_page(page, PARIS)
        assert next(row.values for row in back.rows if row.numero == numero) == {"pertinence": 2, "engagement": 4}
        assert back.modified == datetime(2021, 4, 28, 18, 30)
        path.unlink(missing_ok=True)
        demo.run("jury", "ballots", "--to", "ailleurs", "--for", juror)


@pytest.mark.slow
def test_answers_follow_a_juror_who_has_another_name_or_another_folder(demo, desk, juror):
    first = run(demo, juror)
    numero = first["dossiers"][0]
    fill(desk / first["file"], numero, pertinence=3.7)
    type_in(demo.workbook, "Jury", cell_of("jury", "nom", 3), "Quelqu’un d’autre")
    again = run(demo, juror)
    assert again["file"] != first["file"]
    assert (again["state"], again["carried"]) == ("nouveau", [numero])
    assert read_page(desk / again["file"], PARIS).rows[0].values == {"pertinence": 3.7}


@pytest.mark.slow
def test_the_state_knows_whose_file_it_is(demo, desk, juror):
    ballot = run(demo, juror)
    run(demo, juror, "--declarations")
    known = BallotLog(demo.state.folder, str(demo.workbook)).ballots()
    assert {kind for kind, _ in known} == {"notes", "declaration"}
    assert known["notes", juror].path == ballot["file"]
    assert [*known["notes", juror].dossiers] == ballot["dossiers"]


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["another", "text", "folder"])
def test_a_file_that_is_no_page_of_theirs_stops_everything(demo, desk, juror, spoil):
    path = desk / run(demo, juror)["file"]
    if spoil == "another":
        path.write_bytes((desk / run(demo, juror, "--declarations")["file"]).read_bytes())
    elif spoil == "text":
        path.write_text("mes notes")
    else:
        path.unlink()
        path.mkdir()
    there = path.read_bytes() if path.is_file() else b""
    done = demo.run("jury", "ballots", "--to", "g")
    assert (done.code, done.out) == (1, "")
    assert path.name in done.err
    assert "Rien n’a été écrit" in done.err
    assert {file.name for file in (desk / "g").iterdir()} <= {path.name, path.name.replace("grille", "declaration")}
    assert (path.read_bytes() if path.is_file() else b"") == there


@pytest.mark.slow
def test_a_file_that_is_open_is_left_alone(demo, desk, juror):
    path = desk / run(demo, juror)["file"]
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "questions", 3), "Et après dix mois ?")
    before = path.read_bytes()
    path.with_name(f".~lock.{path.name}#").write_text(",Anna,,;")
    done = demo.run("jury", "ballots", "--to", "g", "--for", juror)
    assert done.code == 1
    assert "Fermez-le" in done.err
    assert path.read_bytes() == before


def test_a_juror_that_nobody_knows_is_refused(demo, desk):
    done = demo.run("jury", "ballots", "--to", "g", "--for", "personne@example.org")
    assert (done.code, [*desk.iterdir()]) == (1, [])
    assert "personne@example.org" in done.err
