"""`cofinancing --to`, `--documents`: where they write, what they never replace; they only read the campaign."""

import csv
import io

import openpyxl
import pytest
from docx import Document

from eig_sheets.storage.records import FILE
from tests.columns import cell_of
from tests.people_cells import type_in
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

DOCUMENTS = ["annexe-decret-de-transfert.docx", "conventions-de-portage.docx", "delegations-de-gestion.docx"]


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder that commands are run from."""
    folder = tmp_path / "bureau"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def plain(text):
    return text.replace("\u202f", " ")


def type_decision(campaign: Campaign, row: int, decision: str | None) -> None:
    type_in(campaign.workbook, "Candidatures", cell_of("candidatures", "decision", row), decision)


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--to", "finance.xlsx"], ["finance.xlsx"]),
        (["--to", "finance.CSV"], ["finance.CSV"]),
        (["--documents", "annexes"], DOCUMENTS),
    ],
)
def test_it_writes_there_and_nowhere_else(demo, desk, options, names):
    before = files(demo.folder)
    done = demo.run("cofinancing", *options)
    assert (done.code, done.out) == (0, "")
    assert [path.name for path in files(desk)] == names
    assert str(desk / options[1]) in done.err
    kept = [path.name for path in files(demo.folder) if path not in before and not path.name.startswith("verrou-")]
    assert kept == ([FILE] if options[0] == "--to" else [])
    assert {path: data for path, data in files(demo.folder).items() if path in before} == before


@pytest.mark.slow
def test_the_tables_say_what_the_command_says(demo, desk):
    for name in ("f.xlsx", "f.csv"):
        demo.run("cofinancing", "--to", name)
    said = demo.run("cofinancing", "--format", "json").records
    header, *rows = openpyxl.load_workbook(desk / "f.xlsx")["Co-financement"].iter_rows(values_only=True)
    sheet = [dict(zip(header, row, strict=True)) for row in rows]
    text = (desk / "f.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    for record, row, line in zip(said, sheet, lines, strict=True):
        assert record["dossier"] == row["N° de dossier"] == line["N° de dossier"]
        assert record["amount_max"] == row["Montant maximum"]
        assert line["Montant maximum"] == (
            "" if record["amount_max"] is None else f"{record['amount_max']:.2f}".replace(".", ",")
        )
        assert (record["decision"] or "") == line["Décision"]


@pytest.mark.slow
def test_the_command_says_the_totals_of_the_laureates(demo, desk):
    records = demo.run("cofinancing", "--format", "json").records
    decided = [
        record
        for record in records
        if record["decision"] == "Lauréat" and record["status"] in ("acquis", "sous_reserve")
    ]
    total = plain(f"{sum(dossier['amount_max'] for dossier in decided):,.0f} €".replace(",", " "))
    for options in ([], ["--format", "json"], ["--to", "f.csv"]):
        *_, proposed, said = [
            line for line in plain(demo.run("cofinancing", *options).err).splitlines() if line.startswith("Lauréats")
        ]
        assert proposed.startswith("Lauréats proposés : de ")
        places = sum(dossier["eig"] for dossier in decided)
        assert f"à {total} (prévisionnel), pour {places} EIG de {len(decided)} projets." in said


@pytest.mark.slow
def test_neither_ineligible_nor_withdrawn_counts(demo):
    before = demo.run("cofinancing", "--format", "json")
    [row] = [place for place in range(2, 40) if _number(demo, place) == "3712437"]
    type_decision(demo, row, "Désisté")
    after = demo.run("cofinancing", "--format", "json")
    [was] = [record for record in before.records if record["dossier"] == "3712437"]
    [now] = [record for record in after.records if record["dossier"] == "3712437"]
    assert (was["status"], now["status"], now["amount_max"], now["missing"]) == ("acquis", "sans_objet", None, [])
    assert "de 5 projets" in plain(before.err)
    assert "de 4 projets" in plain(after.err)
    explained = demo.run("cofinancing", "--explain", "3712437", "--format", "json").records
    assert [(line["what"], line["value"]) for line in explained] == [("Demande", "oui"), ("Statut", "Sans objet")]
    assert explained[-1]["cells"] == f"Candidatures!{cell_of('candidatures', 'decision', row)}"


def _number(campaign, row):
    value = campaign.read().tab("Candidatures").value(row, 0)
    return str(int(value)) if isinstance(value, float) else value


@pytest.mark.slow
def test_files_of_ours_are_replaced_while_nobody_touched_them(demo, desk):
    for options in (["--to", "f.xlsx"], ["--documents", "annexes"]):
        demo.run("cofinancing", *options)
        before = files(desk)
        assert demo.run("cofinancing", *options).code == 0
        assert files(desk) == before


@pytest.mark.slow
def test_what_somebody_completed_is_never_lost_and_nothing_else_is_written(demo, desk):
    demo.run("cofinancing", "--documents", "annexes")
    completed = desk / "annexes" / DOCUMENTS[2]
    made = Document(completed)
    made.paragraphs[2].add_run("SIRET : 130 025 265 00013")
    made.save(completed)
    (desk / "annexes" / DOCUMENTS[0]).unlink()
    before = files(desk)
    done = demo.run("cofinancing", "--documents", "annexes")
    assert done.code == 1
    assert "existe déjà" in done.err
    assert "option --documents" in done.err
    assert files(desk) == before


@pytest.mark.parametrize("name", ["f.csv", "f.xlsx"])
def test_a_file_of_somebody_else_stays(demo, desk, name):
    (desk / name).write_bytes(b"N\xb0;Budget\n")
    done = demo.run("cofinancing", "--to", name)
    assert done.code == 1
    assert "existe déjà" in done.err
    assert (desk / name).read_bytes() == b"N\xb0;Budget\n"


def test_a_csv_is_never_replaced_since_it_cannot_say_who_made_it(demo, desk):
    demo.run("cofinancing", "--to", "f.csv")
    assert "un .csv ne dit pas" in plain(demo.run("cofinancing", "--to", "f.csv").err)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--to", "f.ods"], 2, "se terminer par .xlsx ou .csv"),
        (["--to", "absent/f.csv"], 1, "n’existe pas"),
        (["--to", "f.csv", "--documents", "d"], 2, "ne vont pas ensemble"),
        (["--to", "f.csv", "--format", "csv"], 2, "ne vont pas ensemble"),
        (["--to", "f.csv", "--explain", "3712437"], 2, "ne vont pas ensemble"),
    ],
)
def test_a_mistake_is_a_sentence_and_writes_nothing(demo, desk, options, code, said):
    done = demo.run("cofinancing", *options)
    assert done.code == code
    assert said in plain(done.err)
    assert [*desk.iterdir()] == []


def test_a_file_in_the_place_of_the_folder_is_refused(demo, desk):
    (desk / "annexes").write_text("x", encoding="utf-8")
    done = demo.run("cofinancing", "--documents", "annexes")
    assert done.code == 1
    assert "n’a pas pu être créé" in done.err


def test_an_annex_without_a_blank_says_so_in_one_sentence(demo, desk):
    said = plain(demo.run("cofinancing", "--documents", "annexes").err)
    assert "delegations-de-gestion.docx : rien à compléter." in said


@pytest.mark.slow
def test_a_laureate_that_no_annex_holds_is_said(demo, desk):
    [row] = [place for place in range(2, 40) if _number(demo, place) == "3712437"]
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "type_administration", row), None)
    said = plain(demo.run("cofinancing", "--documents", "annexes").err)
    assert "1 lauréat n’est dans aucune annexe, faute de voie connue : 3712437." in said


@pytest.mark.slow
def test_without_a_decided_laureate_there_is_no_annexe(demo, desk):
    for place in range(3, 40):
        type_decision(demo, place, None)
    done = demo.run("cofinancing", "--documents", "annexes")
    assert done.code == 1
    assert "Aucun lauréat décidé" in done.err
    assert [*desk.iterdir()] == []
