"""`export --to DIR`: which projects are published, when, nothing of anybody, and over what it never writes."""

import csv
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from frictionless import Package

from eig_sheets import loading
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.features.openness.counts import count_records
from eig_sheets.features.openness.package import PROJECTS
from eig_sheets.features.openness.personal_texts import people_named
from eig_sheets.personal_data import PEOPLE, PersonColumns
from tests import two_workbooks
from tests.columns import cell_of
from tests.effort import first
from tests.nightly import Table
from tests.people_cells import type_in
from tests.said_of_people import names_in
from tests.workbook.snapshots import DOSSIERS, book, dossier, reading

pytestmark = pytest.mark.in_memory

AFTER = ("--today", "2021-06-01")
ALONE = ["datapackage.json", "projets.csv", "projets.json", "schema.json"]


def plain(text):
    return text.replace("\u202f", " ")


def export(demo, folder, *options, day=AFTER):
    return demo.run(*day, "export", "--to", folder, *options)


def dossiers(demo):
    return Table(demo.read().tab("Candidatures")).rows


def decide(demo, *numbers, word="Lauréat"):
    """Type a decision for these dossiers, and erase every other one."""
    for row in dossiers(demo):
        decision = word if row["N° de dossier"] in numbers else None
        type_in(demo.workbook, "Candidatures", cell_of("candidatures", "decision", row["row"]), decision)


@pytest.fixture
def demo(demo):
    """One whose decisions are known to all on the day that the call itself says."""
    text = re.sub("(?m)^revealed = .*\n", "", demo.config.read_text(encoding="utf-8"))
    demo.config.write_text(text.replace("[emails]\n", "[emails]\nannounced = 2021-05-24\n"), encoding="utf-8")
    return demo


@pytest.fixture
def selected(demo):
    """A call of which two projects were selected."""
    chosen = [row for row in dossiers(demo) if row["Présélection"] == "Présélectionné"][:2]
    decide(demo, *(row["N° de dossier"] for row in chosen))
    return chosen


def type_summary(demo, row, text):
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "resume", row["row"]), text)


def records(folder):
    return json.loads((folder / "projets.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_selected_projects_are_published_and_valid(demo, selected, tmp_path):
    folder = tmp_path / "publie"
    done = export(demo, folder)
    assert (done.code, done.out) == (0, "")
    assert plain(done.own) == f"2 projets lauréats, à relire avant de les publier : {folder}\n"
    assert sorted(path.name for path in folder.iterdir()) == ALONE
    with (folder / "projets.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [row["dossier"] for row in rows] == sorted(row["N° de dossier"] for row in selected)
    assert {row["projet"] for row in rows} == {row["Nom du projet"] for row in selected}
    assert [
        {name: "" if value is None else str(value) for name, value in record.items()} for record in records(folder)
    ] == rows
    assert list(rows[0]) == [field["name"] for field in PROJECTS["fields"]]
    report = Package(str(folder / "datapackage.json")).validate()
    assert (report.flatten(["message"]), [task.stats["rows"] for task in report.tasks]) == ([], [2, 2])


def test_licence_source_and_date_are_in_the_package(demo, selected, tmp_path):
    export(demo, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["etalab-2.0"]
    assert [source["title"] for source in package["sources"]] == ["Direction interministérielle du numérique (DINUM)"]
    assert package["version"] == "2021-06-01"
    assert package["description"].startswith("⚠ Campagne de démonstration")


def test_nothing_is_said_of_people_nor_of_other_projects(demo, selected, tmp_path):
    export(demo, tmp_path, "--counts", "--method")
    said = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.*"))
    assert names_in(said) == []
    numbers = [row["N° de dossier"] for row in selected]
    others = [row for row in dossiers(demo) if row["N° de dossier"] not in numbers]
    headers = ("N° de dossier", "Nom du projet", "Résumé")
    assert [row[name] for row in others for name in headers if row[name] and str(row[name]) in said] == []
    theirs = [name for name in selected[0] if name.startswith(("E-mail", "Porteur de projet", "Mentor"))]
    private = [row[name] for row in selected for name in theirs]
    assert len(theirs) > 5
    assert [value for value in private if isinstance(value, str) and value in said] == []


def test_the_page_and_the_numbers_come_when_they_are_asked_for(demo, selected, tmp_path):
    export(demo, tmp_path, "--counts", "--method")
    assert sorted(path.name for path in tmp_path.glob("*.*")) == sorted([*ALONE, "chiffres.csv", "classement.html"])
    with (tmp_path / "chiffres.csv").open(encoding="utf-8") as file:
        counts = {row["indicateur"]: int(row["nombre"]) for row in csv.DictReader(file)}
    zones = [counts[f"zone_{zone}"] for zone in ("retenu", "deliberation", "non_retenu")]
    assert (counts["projets_laureats"], counts["dossiers_recus"]) == (
        2,
        len({row["N° de dossier"] for row in dossiers(demo)}),
    )
    assert sum(zones) == counts["dossiers_classes"] > 0
    assert sum(counts[f"zone_{zone}_laureats"] for zone in ("retenu", "deliberation", "non_retenu")) == 2
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    assert (tmp_path / "classement.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_data_the_same_day_are_the_same_bytes(demo, selected, tmp_path):
    for name in ("a", "b"):
        export(demo, tmp_path / name, "--counts", "--method")
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()
    }


@pytest.mark.slow
def test_its_own_files_are_replaced_another_day(demo, selected, tmp_path):
    export(demo, tmp_path)
    type_summary(demo, selected[0], "Autre résumé")
    assert export(demo, tmp_path, day=("--today", "2021-06-02")).code == 0
    assert "Autre résumé" in [record["resume"] for record in records(tmp_path)]


@pytest.mark.parametrize("name", ALONE)
def test_a_file_that_people_changed_is_never_replaced(demo, selected, tmp_path, name):
    export(demo, tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    type_summary(demo, selected[0], "Autre résumé")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.*")}
    done = export(demo, tmp_path, day=("--today", "2021-06-02"))
    assert done.code == 1
    assert "rien n’a été écrit" in done.err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.*")} == before


def test_an_export_that_was_cut_is_written_again(demo, selected, tmp_path):
    export(demo, tmp_path / "whole")
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "projets.csv").write_bytes((tmp_path / "whole" / "projets.csv").read_bytes())
    assert export(demo, tmp_path / "cut").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Écrire à pilote@example.org", "Appeler le 01 23 45 67 89"])
def test_a_text_with_personal_data_is_held_back_and_its_cell_named(demo, selected, tmp_path, text):
    type_summary(demo, selected[0], text)
    done = export(demo, tmp_path)
    cell = cell_of("candidatures", "resume", selected[0]["row"])
    assert done.code == 0
    assert f"Candidatures!{cell} n’est pas publié" in plain(done.err)
    assert None in [record["resume"] for record in records(tmp_path)]
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


@pytest.mark.slow
def test_the_name_of_somebody_of_the_workbook_is_held_back(demo, selected, tmp_path):
    name = selected[0]["Porteur de projet"]
    type_summary(demo, selected[1], f"Un outil que porte {name.upper()}.")
    done = export(demo, tmp_path)
    assert "le nom d’une personne du classeur" in plain(done.err)
    assert name not in done.err
    assert name.upper() not in (tmp_path / "projets.csv").read_text(encoding="utf-8")


def test_whoever_a_tab_names_is_somebody_of_the_workbook(demo):
    """Those of tabs of features too."""
    whole = read(demo.read(), loading.load(demo.config))
    for columns in (*PEOPLE, *whole.campaign.features.parts(PersonColumns)):
        if columns.names and columns.tab in whole.tables:
            words = ["Zélie", "Ormeau"] if len(columns.names) == 2 else ["Zélie Ormeau"]
            typed = replace(whole.tables[columns.tab], frame=pd.DataFrame([words], columns=[*columns.names]))
            there = people_named(replace(whole, tables={columns.tab: typed}))
            assert ("zelie", "ormeau") in there, columns.tab


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_the_name_of_a_candidate_in_their_own_workbook_is_held_back_too(tmp_path):
    pair = two_workbooks.made(tmp_path / "appel")
    pair.type_in(pair.workbook, "candidatures", "resume", 0, "Avec Zélie Ormeau et Paul.")
    pair.type_in(pair.workbook, "candidatures", "resume", 1, "Avec Zélie et Paul.")
    done = pair.run("--today", two_workbooks.REVEALED, "export", "--to", tmp_path / "publie")
    assert "le nom d’une personne du classeur" in plain(done.err)
    assert [record["resume"] for record in records(tmp_path / "publie")] == [None, "Avec Zélie et Paul."]


@pytest.mark.slow
def test_a_text_that_looks_like_a_formula_stays_text(demo, selected, tmp_path):
    type_summary(demo, selected[0], "+ de services ; =HYPERLINK(1)")
    export(demo, tmp_path)
    assert "'+ de services ; '=HYPERLINK(1)" in (tmp_path / "projets.csv").read_text(encoding="utf-8")
    assert "+ de services ; =HYPERLINK(1)" in [record["resume"] for record in records(tmp_path)]


@pytest.mark.parametrize("day", ["2021-04-30", "2021-05-23"])
def test_nothing_is_published_before_everybody_may_know(demo, selected, tmp_path, day):
    folder = tmp_path / "publie"
    done = export(demo, folder, day=("--today", day))
    assert done.code == 1
    assert "avant le lundi 24 mai 2021" in plain(done.err)
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_the_day_on_which_candidates_know_the_projects_counts_too(demo, selected, tmp_path):
    demo.set_config("[emails.talents] ", "[emails.talents]\nrevealed = 2021-05-25 #")
    done = export(demo, tmp_path / "publie", day=("--today", "2021-05-24"))
    assert "avant le mardi 25 mai 2021" in plain(done.err)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("announced = 2021-05-24", "", "Rien ne dit quand les projets lauréats peuvent être connus de tous"),
        ('producer = "Direction', 'producer = "" # "', "open_data.producer"),
    ],
)
def test_what_the_administration_did_not_say_is_asked_for(demo, selected, tmp_path, old, new, error):
    demo.set_config(old, new)
    done = export(demo, tmp_path / "publie")
    assert done.code == 1
    assert error in plain(done.err)
    assert not (tmp_path / "publie").exists()


@pytest.mark.slow
@pytest.mark.parametrize("word", first(2, [None, "Liste d’attente", "Non retenu", "Désisté"]))
def test_other_decisions_are_not_published(demo, selected, tmp_path, word):
    decide(demo, *(row["N° de dossier"] for row in selected), word=word)
    done = export(demo, tmp_path)
    assert done.code == 1
    assert "il n’y a rien à publier" in plain(done.err)


@pytest.mark.slow
def test_a_decision_that_another_contradicts_is_not_published_and_said(demo, selected, tmp_path):
    rejected = cell_of("candidatures", "preselection", selected[0]["row"])
    type_in(demo.workbook, "Candidatures", rejected, "Écarté – insuffisant")
    done = export(demo, tmp_path)
    assert [record["dossier"] for record in records(tmp_path)] == [selected[1]["N° de dossier"]]
    assert "1 dossier « Lauréat » n’est pas publié" in plain(done.err)


def test_a_file_in_the_place_of_the_folder_is_told(demo, selected, tmp_path):
    (tmp_path / "publie").write_text("à moi", encoding="utf-8")
    done = export(demo, tmp_path / "publie")
    assert done.code == 1
    assert "Donnez un autre dossier (option --to)" in plain(done.err)
    assert (tmp_path / "publie").read_text(encoding="utf-8") == "à moi"


@pytest.mark.parametrize("option", ["--counts", "--method"])
def test_the_page_alone_takes_none_of_their_options(demo, tmp_path, option):
    done = demo.run("export", "--algorithm", option, "--to", tmp_path / "page.html")
    assert done.code == 2
    assert "vont avec les projets" in done.err


def test_it_is_about_dossiers_that_the_workbook_of_candidates_has_not(tmp_path):
    done = two_workbooks.made(tmp_path / "appel").run("--talents", "export", "--to", tmp_path / "publie")
    assert (done.code, "retirez --talents" in done.err) == (2, True)


def test_what_is_received_is_counted_where_a_dossier_is_there_twice():
    twice = reading(book(dossiers=[*DOSSIERS, dossier("103", projet="Double"), dossier("103")]))
    counts = {row["indicateur"]: row["nombre"] for row in count_records(twice, compute(twice))}
    assert counts["dossiers_recus"] == 3


def test_turned_off_its_command_says_so_and_its_section_is_left_alone(demo):
    demo.set_config("[open_data]", '[features]\nwithout = ["openness"]\n[open_data]\ninconnu = 1')
    done = demo.run("export", "--to", "publie")
    assert (done.code, "dont cet appel se passe" in done.err) == (2, True)
