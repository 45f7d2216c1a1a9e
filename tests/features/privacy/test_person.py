"""`person show`: everything that is kept of a person, with its place, and nothing is written nor said elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from email.message import EmailMessage

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.storage.ledger import Ledger
from tests.columns import cell_of
from tests.in_memory import storage_at
from tests.program import eig
from tests.spreadsheet.memory_desk import put

pytestmark = pytest.mark.in_memory
JUROR = "alix.ventadour@exemple.invalid"


def shown(campaign, *arguments, address=JUROR):
    done = campaign.run("person", "show", address, "--format", "json", *arguments)
    assert (done.code, done.err) == (0, "")
    return done.records


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ID = "remerciement_jure-alix-ventadour-6a7f1ef4c6"


@pytest.fixture
def written(demo, monkeypatch):
    """A campaign with files of several kinds beside it, some about the juror."""
    monkeypatch.chdir(demo.folder)
    (demo.folder / "brouillons").mkdir()
    (demo.folder / "brouillons" / f"{ID}.eml").write_text(f"X-Unsent: 1\nTo: {JUROR}\n\nBonjour", encoding="utf-8")
    (demo.folder / "brouillons" / "laureat-1.eml").write_text("To: a@b.fr\n\nBonjour", encoding="utf-8")
    (demo.folder / "rapport-jury.html").write_text("<td>Alix Ventadour</td>", encoding="utf-8")
    (demo.folder / "demandes").mkdir()
    (demo.folder / "demandes" / "proces-verbal.docx").write_bytes(b"Alix Ventadour")
    assert demo.run("jury", "ballots", "--to", "grilles", "--for", JUROR).code == 0
    sent = Delivery(ID, "remerciement_jure", None, "smtp", Stage.SENT, "", datetime(2021, 5, 10))
    Ledger(demo.state.folder, str(demo.workbook)).record_outcomes(sent)
    return demo


@pytest.mark.slow
def test_workbook_state_and_files_are_all_told_and_nothing_is_written(written):
    before, workbook = contents(written.folder), written.bytes
    records = shown(written)
    assert (contents(written.folder), written.bytes) == (before, workbook)
    places = {(record["source"], record["holding"]) for record in records}
    assert places >= {
        ("classeur", "classeur"), ("dossier d’état", "etat"), ("dossier d’état", "envois"),
        ("dossier d’état", "registre_grilles"), ("fichiers produits", "brouillons"),
        ("fichiers produits", "pages_reunion"),
    }  # fmt: skip
    files = {record["place"].rpartition("/")[2] for record in records if record["source"] == "fichiers produits"}
    assert files == {f"{ID}.eml", "rapport-jury.html", "proces-verbal.docx", "grille-alix-ventadour.xlsx"}
    assert {record["cell"] for record in records if record["holding"] == "envois"} == {"delivery, rang 1, id"}


@pytest.mark.slow
def test_an_attachment_that_cannot_be_read_is_named(demo, monkeypatch):
    monkeypatch.chdir(demo.folder)
    sent = EmailMessage()
    sent.set_content("Ci-joint.")
    sent.add_attachment(b"%PDF-1.7", "application", "pdf", filename="cv.pdf")
    (demo.folder / "brouillons").mkdir()
    (demo.folder / "brouillons" / "laureat-1.eml").write_bytes(sent.as_bytes())
    done = demo.run("person", "show", JUROR, "--format", "json")
    assert done.code == 1
    [unread] = [record for record in done.records if record["match"] == "illisible"]
    assert (unread["place"].rpartition("/")[2], unread["cell"]) == ("laureat-1.eml", "pièce jointe cv.pdf")


def test_a_cell_is_told_with_its_tab_address_header_and_value(demo):
    [cell] = [item for item in shown(demo) if item["place"] == "Jury" and item["header"] == "Groupe"]
    assert cell == {
        "source": "classeur", "place": "Jury", "cell": cell_of("jury", "groupe", 3), "header": "Groupe",
        "match": "ligne", "value": "A", "holding": "classeur",
    }  # fmt: skip


def test_nobody_is_told_as_such(demo):
    done = demo.run("person", "show", "personne@exemple.invalid")
    assert (done.code, done.out.strip(), done.err) == (0, "Rien n’est gardé sous cette adresse.", "")
    assert shown(demo, address="personne@exemple.invalid") == []


@pytest.mark.slow
def test_a_table_and_csv_have_the_same_cells(demo):
    rows = demo.run("person", "show", JUROR, "--format", "csv").rows
    assert [(row["place"], row["cell"]) for row in rows] == [(item["place"], item["cell"]) for item in shown(demo)]
    assert "Alix Ventadour" in demo.run("person", "show", JUROR).out


@pytest.mark.slow
def test_a_file_that_cannot_be_read_makes_the_answer_incomplete_and_says_so(demo):
    with closing(sqlite3.connect(demo.folder / ".eig-sheets" / "etat.sqlite3")) as base, base:
        base.execute("UPDATE memory SET content = ?", (b"\x78\x9c" + bytes(100),))
    done = demo.run("person", "show", JUROR, "--format", "json")
    assert done.code == 1
    assert "la réponse est incomplète" in done.err.replace("\u202f", " ")
    unread = [record for record in done.records if record["match"] == "illisible"]
    assert [record["holding"] for record in unread] == ["etat"]
    assert any(record["place"] == "Jury" for record in done.records)


@pytest.mark.parametrize(
    "address",
    ["alix", "@", "", "alix@exemple", "alix@@exemple.invalid", "alix ventadour@exemple.invalid", "alix@exemple,invalid",
     "alix@exemple.invalid.", "<alix@exemple.invalid", "alix@exemple.invalid; ada@exemple.invalid"],
)  # fmt: skip
def test_what_is_no_address_is_a_wrong_use(demo, address):
    """Nothing is ever found of it: « Rien n’est gardé » would be believed."""
    done = demo.run("person", "show", address)
    assert (done.code, done.out) == (2, "")
    said = done.err.replace("\u202f", " ")
    assert "n’est pas une adresse" in said
    assert "Rien n’a été cherché" in said


@pytest.mark.slow
def test_a_workbook_that_lacks_a_column_it_needs_is_searched_all_the_same(demo):
    put(storage_at(demo.workbook), "Évaluations", cell_of("evaluations", "jure", 2), "Qui")
    assert demo.run("check").code == 1
    assert {item["place"] for item in shown(demo)} >= {"Jury", "Évaluations"}


def test_without_a_state_folder_none_is_made(demo, monkeypatch):
    monkeypatch.setenv("EIG_SHEETS_STATE", str(demo.folder / "nul-etat"))
    assert eig(*demo.arguments("person", "show", JUROR, "--format", "json")).code == 0
    assert not (demo.folder / "nul-etat").exists()


@pytest.mark.slow
@pytest.mark.on_a_file
def test_earlier_versions_of_a_file_are_told(demo):
    demo.run("sync")
    versions = [item for item in shown(demo) if item["holding"] == "versions"]
    assert versions
    assert {version["match"] for version in versions} <= {"adresse", "nom"}


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_comment_of_a_file_is_told(demo):
    book = load_workbook(demo.workbook)
    book["Jury"]["A1"].comment = Comment("Demander à nadia@exemple.invalid", "moi")
    book.save(demo.workbook)
    [item] = shown(demo, address="nadia@exemple.invalid")
    assert (item["source"], item["place"]) == ("classeur", str(demo.workbook))
    assert "comment" in item["cell"]


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_workbook_that_is_gone_leaves_what_the_rest_says(written):
    written.workbook.unlink()
    done = written.run("person", "show", JUROR, "--format", "json")
    assert done.code == 1
    assert "ne dit donc rien du classeur" in done.err
    assert {record["source"] for record in done.records} == {"dossier d’état", "fichiers produits"}


@pytest.mark.slow
def test_the_folders_that_the_configuration_names_are_searched_whole(demo):
    """Whatever files have for names: the team put them there."""
    demo.set_config('#folders = ["../pieces"]', 'folders = ["../pieces"]')
    demo.set_config('# received = "pages-recues"', 'received = "pages-recues"')
    for folder in ("pieces/2021", "config/pages-recues", "ailleurs"):
        (demo.folder / folder).mkdir(parents=True)
        (demo.folder / folder / "x.csv").write_text(f"a\n{JUROR}\n", encoding="utf-8")
    items = [item for item in shown(demo) if item["source"] == "fichiers produits"]
    names = {record["place"].removeprefix(f"{demo.folder}/") for record in items}
    assert names == {"pieces/2021/x.csv", "config/pages-recues/x.csv"}
    assert {record["cell"] for record in items} == {"ligne 2"}
