"""`import` appends what is new, says what changed, and does nothing the second time."""

import csv

from eig_sheets.workbook.cells import parse_a1
from tests.nightly import Robot
from tests.people_cells import people


def numbers(demo):
    return [str(row["N° de dossier"]) for row in Robot(demo).tab("Candidatures").rows]


def test_new_dossiers_are_appended_and_nothing_else_changes(demo):
    before, known = people(demo.workbook), numbers(demo)
    done = demo.run("import", demo.export, "--format", "json")
    assert done.code == 0
    assert before.lost(people(demo.workbook)) == []
    assert numbers(demo)[: len(known)] == known
    assert len(numbers(demo)) == len(known) + 2
    assert {record["field"] for record in done.records} >= {"Nombre d’EIG demandés"}
    assert "2 dossiers ajoutés" in done.err


def test_a_second_import_writes_nothing(demo):
    demo.run("import", demo.export)
    before = demo.bytes
    done = demo.run("import", demo.export)
    assert done.code == 0
    assert "0 dossier ajouté" in done.err
    assert demo.bytes == before


def test_a_dry_run_shows_each_cell_and_writes_nothing(demo):
    before = demo.bytes
    planned = demo.run("import", demo.export, "--dry-run", "--format", "json").records
    assert demo.bytes == before
    demo.run("import", demo.export)
    snapshot = Robot(demo).read().tab("Candidatures")
    assert {change["tab"] for change in planned} == {"Candidatures"}
    for change in planned:
        found = snapshot.value(*parse_a1(change["cell"]))
        assert str(found) == str(change["new"]) or float(found) == change["new"]


def test_nobody_is_ineligible_for_what_the_form_does_not_ask(demo):
    known = set(numbers(demo))
    demo.run("import", demo.export)
    demo.run("sync")
    rows = Robot(demo).tab("Éligibilité").rows
    imported = [row for row in rows if str(row["N° de dossier"]) not in known]
    assert len(imported) == 2
    assert {row["Éligibilité"] for row in imported} <= {"À instruire", "Éligible"}


def test_an_export_without_numbers_is_refused(demo, tmp_path):
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Nom", "Ville"], ["A", "Brest"]])
    before = demo.bytes
    done = demo.run("import", path)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert demo.bytes == before


def test_a_missing_file_is_refused(demo):
    done = demo.run("import", demo.folder / "absent.csv")
    assert done.code == 1
    assert "absent.csv" in done.err
