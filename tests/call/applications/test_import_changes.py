"""`import` for dossiers that are there already, `--fill` and `--undo`, from the command line."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from eig_sheets.spreadsheet.model.cells import Formula, parse_a1
from tests.call.applications.test_commands_import import NEW, dossiers
from tests.columns import cell_of, column_of
from tests.in_memory import storage_at
from tests.nightly import Robot, Table
from tests.people_cells import people, type_in
from tests.spreadsheet.memory_desk import put
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

CHANGES, CHANGED, ROW = "Modifications reçues", "3723358", 24
EMAIL = ("E-mail du porteur", "porteur.boussole.exemple.invalid", "porteur.boussole@exemple.invalid")


def lines(campaign) -> list[tuple[object, ...]]:
    rows = Table(campaign.read().tab(CHANGES)).rows
    return [(row["Champ"], row["Valeur ici"], row["Valeur reçue"]) for row in rows if row["N° de dossier"]]


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.slow
def test_what_was_received_stands_from_one_sync_to_the_next_until_the_sheet_has_it(demo):
    said = plain(demo.run("import", demo.export).err)
    assert (
        "2 modifications reçues ne sont pas reprises dans le classeur : onglet « Modifications reçues »."
        in said.splitlines()
    )
    assert lines(demo) == [("Nombre d’EIG demandés", "2", "3"), EMAIL]
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "nombre_eig", ROW), 3)
    demo.run("sync")
    assert lines(demo) == [EMAIL]
    before = demo.bytes
    assert demo.run("sync").code == 0
    demo.run("import", demo.export)
    assert demo.bytes == before


def test_what_the_sheet_has_had_is_no_news_though_officers_correct_it_since(demo):
    demo.run("import", demo.export)
    place = ("Candidatures", cell_of("candidatures", "nombre_eig", ROW))
    type_in(demo.workbook, *place, 3)
    demo.run("sync")
    type_in(demo.workbook, *place, 4)
    edit(demo.workbook, "delete_tab", tab=CHANGES)  # the state remembers, too
    demo.run("sync")
    assert lines(demo) == [EMAIL]


def test_it_is_received_on_the_day_that_is_given(demo):
    demo.run("--today", "2021-03-20", "import", demo.export)
    rows = [row for row in Table(demo.read().tab(CHANGES)).rows if row["N° de dossier"]]
    assert {f"{record['Reçue le']:%d/%m/%Y}" for record in rows} == {"20/03/2021"}
    assert not any("après la clôture" in str(record["Remarque"]) for record in rows)


@pytest.mark.slow
def test_what_people_type_in_the_tab_is_replaced_and_said(demo):
    demo.run("import", demo.export)
    place = next(n for n, row in enumerate(demo.read().tab(CHANGES).rows, 1) if row and row[0] == CHANGED)
    type_in(demo.workbook, CHANGES, f"E{place}", "4")
    demo.run("sync")
    assert lines(demo) == [("Nombre d’EIG demandés", "2", "3"), EMAIL]
    anomalies = [anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["tab"] == CHANGES]
    assert [(record["code"], record["cell"]) for record in anomalies] == [("saisie_dans_onglet_robot", f"E{place}")]
    assert "saisie_dans_onglet_robot" in [row["Code"] for row in Robot(demo).tab("Anomalies").rows]


def test_the_journal_tells_the_import_and_a_dry_run_tells_every_cell(demo):
    told = demo.run("import", demo.export, "--dry-run", "--format", "json").records
    demo.run("import", demo.export)
    assert plain(str(Robot(demo).tab("Journal").rows[0]["Ce qui s’est passé"])) == (
        "Import de « export-ds.csv » : 2 dossiers ajoutés et 2 modifications reçues."
    )
    after = demo.read().tab(CHANGES)
    for record in told:
        if record["tab"] == CHANGES and not isinstance(record["new"], (int, float)) and ":" not in str(record["new"]):
            assert after.value(*parse_a1(record["cell"])) == record["new"]


def cleared(campaign, *fields):
    for field_id in fields:
        type_in(campaign.workbook, "Candidatures", cell_of("candidatures", field_id, ROW), None)


class TestFill:
    @pytest.mark.slow
    def test_sets_blank_cells_alone(self, demo):
        demo.run("import", demo.export)
        cleared(demo, "projet", "administration")
        put(
            storage_at(demo.workbook), "Candidatures", cell_of("candidatures", "administration", ROW), Formula('""', "")
        )
        cells = people(demo.workbook)
        told = demo.run("import", demo.export, "--fill", "--dry-run", "--format", "json").records
        done = demo.run("import", demo.export, "--fill")
        assert ("1 cellule complétée" in plain(done.err), done.code) == (True, 0)
        after = people(demo.workbook)
        assert cells.lost(after) == []
        filled = ("Candidatures", cell_of("candidatures", "projet", ROW))
        assert cells.added(after) == {filled}
        assert [(record["tab"], record["cell"]) for record in told if record["tab"] == "Candidatures"] == [filled]
        before = demo.bytes
        demo.run("import", demo.export, "--fill")
        assert demo.bytes == before

    @pytest.mark.slow
    @pytest.mark.on_a_file
    def test_does_so_in_a_file(self, demo):
        cleared(demo, "projet")
        cells = people(demo.workbook)
        assert demo.run("import", demo.export, "--fill").code == 0
        after = people(demo.workbook)
        assert cells.lost(after) == []
        rows = {row for tab, cell in cells.added(after) for row in [parse_a1(cell)[0]] if tab == "Candidatures"}
        assert ROW in rows
        assert demo.read().tab("Candidatures").value(ROW, column_of("candidatures", "projet")) == "Boussole des dunes"


class TestUndo:
    @pytest.mark.slow
    def test_deletes_what_the_import_added(self, demo):
        before, numbers = people(demo.workbook), dossiers(demo)
        demo.run("import", demo.export)
        told = demo.run("import", "--undo", "--dry-run", "--format", "json").records
        assert {record["new"] for record in told if record["tab"] == "Candidatures"} == {None}
        assert dossiers(demo) == [*numbers, *NEW]
        done = demo.run("import", "--undo", "--format", "json")
        assert [(record["dossier"], record["action"]) for record in done.records] == [
            (number, "supprimée") for number in NEW
        ]
        assert re.fullmatch(
            r"Import de « export-ds.csv » du ../../.... à ..:.. : 2 lignes supprimées\.",
            plain(done.err).splitlines()[0],
        )
        assert people(demo.workbook) == before
        again = demo.run("import", "--undo")
        assert (again.code, again.out.strip()) == (0, "Aucune ligne de cet import n’est plus là.")
        assert demo.run("sync").code == 0
        assert demo.run("import", demo.export).code == 0
        assert dossiers(demo) == [*numbers, *NEW]

    def test_names_the_rows_that_are_people_s_to_delete(self, demo):
        demo.run("import", demo.export)
        row = len(demo.read().tab("Candidatures").rows)
        type_in(demo.workbook, "Candidatures", cell_of("candidatures", "commentaire", row), "à revoir")
        before = people(demo.workbook)
        done = demo.run("import", "--undo")
        assert done.code == 0
        assert [line.split()[:2] for line in done.out.splitlines()[2:]] == [[NEW[0], str(row - 1)], [NEW[1], str(row)]]
        assert "2 lignes sont à supprimer par vous dans « Candidatures »" in plain(done.err)
        assert (people(demo.workbook), lines(demo)) == (before, [])

    @pytest.mark.slow
    def test_of_an_import_without_rows_takes_none_of_an_earlier_one(self, demo):
        demo.run("import", demo.export)
        received, numbers = lines(demo), dossiers(demo)
        demo.export.write_text(f"ID;Nom du projet\n{NEW[0]};Faux", encoding="utf-8")
        demo.set_config("[import.fields]\n", "[import.fields]\netat = []\n")
        demo.run("import", demo.export, "--yes")
        assert len(lines(demo)) == len(received) + 1
        done = demo.run("import", "--undo")
        assert (done.code, done.out.strip()) == (0, "Cet import n’avait ajouté aucune ligne.")
        first, second = plain(done.own).splitlines()
        assert first.endswith(" : il n’avait ajouté aucune ligne.")
        assert second.startswith("1 modification reçue est oubliée : ")
        assert (lines(demo), dossiers(demo)) == (received, numbers)
        assert demo.run("import", "--undo").code == 0
        assert dossiers(demo) == numbers

    def test_nothing_to_undo_is_an_error_in_one_sentence(self, demo):
        done = demo.run("import", "--undo")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith("Aucun import à défaire")

    @pytest.mark.slow
    @pytest.mark.on_a_file
    def test_a_name_that_refers_to_them_keeps_them(self, demo):
        demo.run("import", demo.export)
        book = load_workbook(demo.workbook)
        book.defined_names.add(DefinedName("retenus", attr_text=f"Candidatures!$A$2:$A${len(dossiers(demo)) + 9}"))
        book.save(demo.workbook)
        before = people(demo.workbook)
        done = demo.run("import", "--undo", "--format", "json")
        assert {plain(record["reason"]) for record in done.records} == {"le nom « retenus » y renvoie"}
        assert (people(demo.workbook), lines(demo)) == (before, [])


@pytest.mark.parametrize("wrong", [(), ("a.csv", "--undo"), ("--fill", "--undo"), ("--fill",)])
def test_a_wrong_use_is_told(demo, wrong):
    done = demo.run("import", *wrong)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
