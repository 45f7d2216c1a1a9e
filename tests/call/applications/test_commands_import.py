"""`eig-sheets import` on the export that comes with the demo."""

import csv
import shutil

import pytest

from tests.call.applications.files import write
from tests.call.applications.importing import support
from tests.call.applications.importing.support import xlsx
from tests.nightly import Robot
from tests.people_cells import people
from tests.sample.support import EIG5
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

NEW = ["3731007", "3731184"]


STANDING = "2 modifications reçues ne sont pas reprises dans le classeur : onglet « Modifications reçues »."
COUNTED = "Colonnes de l’export : 23 reprises (78 valeurs) ; 13 laissées (31 valeurs), dont 12 de la plateforme."


def summary(done):
    """What is said after where each column goes: of the dossiers, then of what was left, then of the columns."""
    lines = done.own.replace("\u202f", " ").splitlines()
    first = next(place for place, line in enumerate(lines) if "campagne.xlsx : " in line)
    return lines[first:]


SPARSE = {
    "etat": "En instruction", "projet": "Phare", "administration": "Office", "email_porteur": "p@example.org",
    "cout_jusqu_a_5_ans": "60000",
}  # fmt: skip


def dossiers(campaign):
    return [row["N° de dossier"] for row in Robot(campaign).tab("Candidatures").rows]


@pytest.mark.slow
def test_new_dossiers_are_appended(demo):
    before, numbers = people(demo.workbook), dossiers(demo)
    done = demo.run("import", demo.export)
    assert done.code == 0
    told = (
        f"{demo.workbook} : 2 dossiers ajoutés ; 1 dossier déjà présent, changé dans l’export et laissé tel quel ; "
        "1 dossier déjà présent, inchangé ; 1 brouillon ignoré."
    )
    assert summary(done) == [told, STANDING, COUNTED]
    assert dossiers(demo) == [*numbers, *NEW]
    after = people(demo.workbook)
    assert before.lost(after) == []
    assert {tab for tab, _ in before.added(after)} == {"Candidatures"}
    table = Robot(demo).tab("Candidatures")
    [row] = [record for record in table.rows if record["N° de dossier"] == "3731007"]
    assert row["Nom du projet"] == "Cloche à fromages"
    assert str(row["Date de dépôt"]) == "2021-04-07 22:41:09"
    assert row["Nombre d’EIG demandés"] == 2
    assert row["Coût employeur 10 mois – jusqu’à 5 ans"] == 60120.5
    assert row["N° de programme budgétaire"] == "909"
    assert (row["Type d’administration"], row["Travail hors les murs"], row["Présélection"]) == (None, None, None)


@pytest.mark.slow
def test_nobody_becomes_ineligible_for_what_the_form_does_not_ask(demo):
    demo.run("import", demo.export)
    assert demo.run("sync").code == 0
    shown = {row["N° de dossier"]: row["Éligibilité"] for row in Robot(demo).tab("Candidatures").rows}
    assert {shown[number] for number in NEW} == {"À instruire"}


def test_a_changed_dossier_is_listed_field_by_field(demo):
    done = demo.run("import", demo.export, "--format", "json")
    assert {record["dossier"] for record in done.records} == {"3723358"}
    differences = {record["field"]: (record["in_sheet"], record["in_export"]) for record in done.records}
    assert differences["E-mail du porteur"] == ("porteur.boussole.exemple.invalid", "porteur.boussole@exemple.invalid")
    assert differences["Nombre d’EIG demandés"][1] == "3"
    assert all(record["row"] == 24 for record in done.records)
    table = demo.run("import", demo.export).out
    assert "porteur.boussole@exemple.invalid" in table
    assert table.splitlines()[0].split()[:3] == ["Dossier", "Ligne", "Champ"]


def test_a_second_import_writes_nothing(demo):
    demo.run("import", demo.export)
    before = demo.bytes
    done = demo.run("import", demo.export)
    assert done.code == 0
    told = (
        f"{demo.workbook} : aucun dossier ajouté ; 1 dossier déjà présent, changé dans l’export et laissé tel quel ; "
        "3 dossiers déjà présents, inchangés ; 1 brouillon ignoré."
    )
    assert summary(done) == [told, STANDING, COUNTED]
    assert demo.bytes == before


def test_only_what_exists_is_reported(demo):
    with demo.export.open(encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file)
    with demo.export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *(row for row in rows if row[0] == "3731007")])
    assert summary(demo.run("import", demo.export))[0] == f"{demo.workbook} : 1 dossier ajouté."


def test_a_dry_run_tells_the_cells_and_writes_nothing(demo):
    before = demo.bytes
    told = demo.run("import", demo.export, "--dry-run", "--format", "json").records
    assert demo.bytes == before
    assert {record["tab"] for record in told} == {"Candidatures", "Modifications reçues", "Journal"}
    theirs = [record for record in told if record["tab"] == "Candidatures"]
    assert {record["old"] for record in theirs} == {None}
    belongings = people(demo.workbook)
    demo.run("import", demo.export)
    added = belongings.added(people(demo.workbook))
    assert {(record["tab"], record["cell"]) for record in theirs if record["new"] is not None} == added


@pytest.mark.slow
@pytest.mark.on_a_file
def test_many_dossiers_that_leave_most_questions_blank(demo, tmp_path):
    full = {**SPARSE, "nombre_eig": "2", "programme": "352", "date_depot": "2021-04-01 10:00:00 +0200"}
    asked = [names[0] for field, names in EIG5.imports.fields.items() if field not in support.HEADERS]
    headers = {**support.HEADERS, **{header: header for header in asked if isinstance(header, str)}}
    full |= {header: "x" for header in headers if header not in full and header != "etat"}
    dossiers = [{**(SPARSE if place % 20 else full), "numero": str(9_000_000 + place)} for place in range(180)]
    export = write(tmp_path, "sparse.csv", headers, *dossiers)
    done = demo.run("import", export)
    assert (done.code, summary(done)[0]) == (0, f"{demo.workbook} : 180 dossiers ajoutés.")
    before = demo.bytes
    assert summary(demo.run("import", export))[0] == (
        f"{demo.workbook} : aucun dossier ajouté ; 180 dossiers déjà présents, inchangés."
    )
    assert demo.bytes == before


@pytest.mark.slow
def test_after_people_rearranged_the_tab(demo):
    edit(demo.workbook, "move_column", tab="Candidatures", header="Nom du projet", to=20)
    edit(demo.workbook, "sort", tab="Candidatures", by="Nom du projet")
    before = people(demo.workbook)
    assert demo.run("import", demo.export).code == 0
    after = people(demo.workbook)
    assert before.lost(after) == []
    rows = {row["N° de dossier"]: row for row in Robot(demo).tab("Candidatures").rows}
    assert rows["3731007"]["Nom du projet"] == "Cloche à fromages"
    assert demo.run("sync").code == 0
    assert not Robot(demo).sync().plan


def test_a_tab_that_lacks_a_column_is_reported(demo):
    edit(demo.workbook, "delete_column", tab="Candidatures", header="Mentor de haut niveau")
    done = demo.run("import", demo.export)
    assert done.code == 0
    assert "Mentor de haut niveau" in done.err
    assert "Barnabé Comté" not in str(Robot(demo).read())


def test_what_nothing_takes_is_reported(demo):
    said = demo.run("import", demo.export).err
    assert "Adresse de l’administration d’accueil" in said


def test_a_new_dossier_s_formula_stays_text(demo):
    text = demo.export.read_text(encoding="utf-8-sig")
    demo.export.write_text(text.replace("Cloche à fromages", "=IMPORTXML(A1)"), encoding="utf-8")
    demo.run("import", demo.export)
    tab = Robot(demo).read().tab("Candidatures")
    assert "=IMPORTXML(A1)" in [value for row in tab.rows for value in row]
    assert "IMPORTXML(A1)" not in tab.formulas.values()


def test_a_missing_tab_is_refused(demo):
    edit(demo.workbook, "delete_tab", tab="Candidatures")
    done = demo.run("import", demo.export)
    assert (done.code, done.out) == (1, "")
    assert "Candidatures" in done.err
    assert "eig-sheets init" in done.err


@pytest.mark.parametrize("broken", ["Jury", "Évaluations"])
def test_another_tab_s_trouble_does_not_stop_it(demo, broken):
    edit(demo.workbook, "delete_tab", tab=broken)
    assert demo.run("import", demo.export).code == 0
    assert dossiers(demo)[-2:] == NEW


HEADERS = "ID,Nom du projet,Fiche détaillée"
REFUSED = [
    (f'{HEADERS}\n900001,Un,f\n"900002,Deux,f\n900003,Trois,f\n', "ligne 3 : le guillemet"),
    ("ID,Nom du projet,ID\n900001,Un,55\n", "(A et C)"),
    ("<html>ID,Nom du projet</html>", "une page web"),
    (f"{HEADERS}\n9000\x0001,Un,f\n", "ligne 2 : il y a des caractères nuls"),
]


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_an_export_that_cannot_be_trusted_is_refused_in_one_sentence_and_nothing_is_written(demo, dry_run):
    before = demo.bytes
    for text, told in REFUSED:
        demo.export.write_text(text, encoding="utf-8")
        done = demo.run("import", demo.export, *dry_run)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert told in done.err.replace("\u202f", " ")
    assert demo.bytes == before


def test_two_columns_of_numbers_in_an_xlsx_are_refused_too(demo, tmp_path):
    path = xlsx(tmp_path / "export.xlsx", {"Dossiers": [["ID", "Nom du projet", "ID"], [900001, "Un", 55]]})
    done = demo.run("import", path)
    assert (done.code, "(A et C)" in done.err) == (1, True)


@pytest.mark.slow
def test_rows_left_aside_are_told_beside_those_that_are_added(demo):
    rows = ["900001,Un", "900\u200b002,Deux,f", "900003,Trois,f", f"900004,{'x' * 200_000},f"]
    demo.export.write_text("\n".join([HEADERS, *rows]), encoding="utf-8")
    demo.set_config("[import.fields]\n", "[import.fields]\netat = []\n")
    done = demo.run("import", demo.export, "--yes")
    first, *lines, blank, counted = summary(done)
    assert (done.code, first) == (0, f"{demo.workbook} : 2 dossiers ajoutés.")
    assert blank.startswith("Restent vides : « Date de dépôt », « Administration d’accueil », ")
    assert counted == "Colonnes de l’export : 3 reprises (11 valeurs) ; 0 laissée (0 valeur)."
    assert len(lines) == 3
    assert lines[0].startswith("• Ligne 2 de l’export : 2 cellules pour 3 colonnes")
    assert lines[1].startswith("• Ligne 3 de l’export : le numéro « 900⟨U+200B⟩002 »")
    assert lines[2].startswith("• Dossier 900004, « Nom du projet » : 200 000 caractères pour 32 767 au plus")
    assert dossiers(demo)[-2:] == ["900003", "900004"]
    before = demo.bytes
    assert summary(demo.run("import", demo.export, "--yes"))[0].startswith(f"{demo.workbook} : aucun dossier ajouté")
    assert demo.bytes == before


@pytest.mark.on_a_file
def test_the_workbook_itself_is_no_export(demo, tmp_path):
    """Its first tab that has the columns would be read as one, under any of its names."""
    refuses_the_workbook(demo, tmp_path, "import")


def refuses_the_workbook(demo, tmp_path, *command):
    """That a command takes no workbook of a call for an export."""
    copy, link = tmp_path / "copie.xlsx", tmp_path / "export.xlsx"
    shutil.copy(demo.workbook, copy)
    link.hardlink_to(demo.workbook)
    before = demo.bytes
    for path in (demo.workbook, link, copy, demo.folder / "talents.xlsx"):
        if path.exists():
            done = demo.run(*command, path)
            assert (done.code, done.out, demo.bytes) == (1, "", before)
            assert f"«\u202f{path.name}\u202f» est le classeur d’un appel" in done.err
