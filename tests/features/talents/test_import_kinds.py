"""`eig-sheets import --kind talents` and `--kind wishes`, on the demo."""

from __future__ import annotations

import pytest

from tests.call.applications.files import ADA, EMMY, talents_file, wishes_file, write
from tests.call.applications.importing.support import HEADERS_OF_TALENTS
from tests.nightly import Robot
from tests.people_cells import people, type_in

pytestmark = pytest.mark.in_memory


@pytest.fixture
def talents(tmp_path):
    return talents_file(tmp_path)


@pytest.fixture
def wishes(tmp_path):
    return wishes_file(tmp_path)


def lines(done):
    return done.err.replace("\u202f", " ").splitlines()


def table(campaign, name):
    return Robot(campaign).tab(name).rows


def column(campaign, name, header):
    return [row[header] for row in table(campaign, name)]


@pytest.mark.slow
def test_candidates_are_appended_to_their_tab_and_nothing_else_of_people_s_changes(demo, talents):
    before, numbers = people(demo.workbook), column(demo, "Talents", "N° de candidature")
    done = demo.run("import", talents, "--kind", "talents")
    assert done.code == 0, done.err
    assert f"{demo.workbook} : 2 candidatures ajoutées ; 1 brouillon ignoré." in lines(done)
    assert done.out == "Aucune candidature déjà présente n’a changé.\n"
    after = people(demo.workbook)
    assert before.lost(after) == []
    assert {tab for tab, _ in before.added(after)} == {"Talents"}
    assert column(demo, "Talents", "N° de candidature") == [*numbers, "5001", "5002"]
    [ada] = [row for row in table(demo, "Talents") if row["N° de candidature"] == "5001"]
    assert (ada["Métier"], ada["Années d’expérience"], ada["Statut"]) == ("Data scientist", 4, None)
    again = demo.run("import", talents, "--kind", "talents")
    said = f"{demo.workbook} : aucune candidature ajoutée ; 2 candidatures déjà présentes, inchangées ; "
    assert f"{said}1 brouillon ignoré." in lines(again)
    assert people(demo.workbook) == after


@pytest.mark.slow
def test_a_candidate_who_changed_is_listed_and_stands_in_modifications_recues(demo, talents, tmp_path):
    demo.run("import", talents, "--kind", "talents")
    changed = write(tmp_path, "encore.csv", HEADERS_OF_TALENTS, {**ADA, "nom": "Byron"}, EMMY)
    done = demo.run("import", changed, "--kind", "talents", "--format", "json")
    assert [(record["dossier"], record["field"], record["in_export"]) for record in done.records] == [
        ("5001", "Nom", "Byron")
    ]
    assert (
        f"{demo.workbook} : aucune candidature ajoutée ; 1 candidature déjà présente, changée dans l’export et laissée "
        "telle quelle ; 1 candidature déjà présente, inchangée." in lines(done)
    )
    [line] = [row for row in table(demo, "Modifications reçues") if row["N° de dossier"] == "5001"]
    assert (line["Champ"], line["Valeur ici"], line["Valeur reçue"]) == ("Nom", "Lovelace", "Byron")
    assert demo.run("sync").code == 0
    assert [row["Champ"] for row in table(demo, "Modifications reçues")] == ["Nom"]


@pytest.mark.slow
def test_an_import_of_candidates_is_undone_alone(demo, talents):
    before = people(demo.workbook)
    demo.run("import", demo.export)
    demo.run("import", talents, "--kind", "talents")
    refused = demo.run("import", "--undo", "--kind", "projects")
    assert (refused.code, "n’est pas un import de projets" in refused.err) == (1, True)
    done = demo.run("import", "--undo", "--format", "json")
    assert [(record["dossier"], record["action"]) for record in done.records] == [
        ("5001", "supprimée"),
        ("5002", "supprimée"),
    ]
    assert {tab for tab, _ in before.added(people(demo.workbook))} == {"Candidatures"}
    assert demo.run("sync").code == 0


@pytest.mark.parametrize(
    ("kind", "of", "told"),
    [
        ("talents", "projects", "il a les colonnes des projets (sans « --kind »), et non celles des candidatures"),
        ("wishes", "talents", "il a les colonnes des candidatures (« --kind talents »), et non celles des vœux"),
        ("projects", "wishes", "il a les colonnes des vœux (« --kind wishes »), et non celles des projets"),
    ],
)
def test_the_export_of_another_form_is_refused_even_with_yes(demo, talents, wishes, kind, of, told):
    before = demo.bytes
    export = {"projects": demo.export, "talents": talents, "wishes": wishes}[of]
    done = demo.run("import", export, "--kind", kind, "--yes")
    assert (done.code, told in lines(done)[-1]) == (1, True), done.err
    assert demo.bytes == before


def test_numbers_of_dossiers_are_no_candidates(demo, tmp_path):
    export = write(tmp_path, "talents.csv", HEADERS_OF_TALENTS, {**ADA, "candidature": "3712146"}, EMMY)
    before = demo.bytes
    done = demo.run("import", export, "--kind", "talents", "--yes")
    assert (done.code, demo.bytes) == (1, before)
    assert (
        "« talents.csv » : 1 numéro est déjà dans Candidatures (3712146). C’est l’export d’un autre formulaire : "
        "importez-le sans « --kind ». Rien n’est importé." in lines(done)[-1]
    )


def test_likely_columns_are_asked_for_and_written_in_their_own_section(demo, tmp_path):
    headers = {**HEADERS_OF_TALENTS, "metier": "Votre métier"}
    export = write(tmp_path, "talents.csv", headers, ADA, EMMY)
    refused = demo.run("import", export, "--kind", "talents")
    assert (refused.code, "[import.talents.fields]" in lines(refused)[-1]) == (1, True)
    before = demo.config.read_text(encoding="utf-8")
    kept = demo.run("import", export, "--kind", "talents", "--write-mapping")
    assert kept.code == 0
    added = '"Votre métier"'
    after = demo.config.read_text(encoding="utf-8")
    assert after.replace(f", {added}", "") == before
    assert demo.run("import", export, "--kind", "talents").code == 0
    assert column(demo, "Talents", "Métier")[-2:] == ["Data scientist"] * 2


@pytest.mark.slow
def test_answers_are_kept_with_what_becomes_of_them(demo, talents, wishes):
    demo.run("import", talents, "--kind", "talents")
    before = people(demo.workbook)
    done = demo.run("import", wishes, "--kind", "wishes", "--format", "json")
    assert done.code == 0, done.err
    assert [(record["answer"], record["candidate"], record["wishes"]) for record in done.records] == [
        ("7001", "5001", "3712146"),
        ("7003", None, "3712146"),
        ("7002", "5001", "3712146"),
    ]
    assert f"{demo.workbook} : 3 réponses ajoutées." in lines(done)
    assert any(line.startswith("• Vœux reçus, C4 : La réponse 7003 ne va à aucune candidature") for line in lines(done))
    assert people(demo.workbook) == before
    assert [row["Suite"].split(".")[0] for row in table(demo, "Vœux reçus")] == [
        "Compte", "Ne va à aucune candidature\u202f: ne compte pas", "Donnée après la clôture\u202f: ne compte pas",
    ]  # fmt: skip
    written = demo.bytes
    again = demo.run("import", wishes, "--kind", "wishes")
    assert f"{demo.workbook} : aucune réponse ajoutée ; 3 réponses déjà connues." in lines(again)
    assert (again.out, demo.bytes) == ("Aucune réponse nouvelle.\n", written)


@pytest.mark.slow
def test_a_sync_says_in_anomalies_what_people_have_to_look_at_and_the_next_writes_nothing(demo, talents, wishes):
    demo.run("import", talents, "--kind", "talents")
    demo.run("import", wishes, "--kind", "wishes")
    assert demo.run("sync").code == 0
    codes = [
        anomaly["code"]
        for anomaly in demo.run("check", "--format", "json").records
        if anomaly["code"].startswith("voeu")
    ]
    assert sorted(codes) == [
        "voeu_non_laureat", "voeux_inconnus", "voeux_recus_tardifs", "voeux_sans_preselection",
    ]  # fmt: skip
    before = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == before


def test_a_dry_run_of_answers_writes_nothing(demo, talents, wishes):
    demo.run("import", talents, "--kind", "talents")
    before = demo.bytes
    told = demo.run("import", wishes, "--kind", "wishes", "--dry-run", "--format", "json").records
    assert {record["tab"] for record in told} == {"Vœux reçus", "Journal"}
    assert demo.bytes == before


@pytest.mark.slow
def test_an_import_of_answers_is_undone(demo, talents, wishes):
    demo.run("import", talents, "--kind", "talents")
    demo.run("import", wishes, "--kind", "wishes")
    done = demo.run("import", "--undo", "--kind", "wishes", "--format", "json")
    assert [(record["dossier"], record["row"], record["action"]) for record in done.records] == [
        ("7001", 3, "supprimée"), ("7003", 4, "supprimée"), ("7002", 5, "supprimée"),
    ]  # fmt: skip
    assert table(demo, "Vœux reçus") == []
    assert demo.run("sync").code == 0
    assert table(demo, "Vœux reçus") == []


def test_an_export_without_an_answer_says_so_and_wrong_uses_too(demo, talents, wishes):
    assert demo.run("import", wishes, "--kind", "wishes", "--fill").code == 2
    wrong = demo.run("import", wishes, "--kind", "voeux")
    assert (wrong.code, "les valeurs possibles sont projects, talents, wishes" in wrong.err) == (2, True)


def test_a_call_without_that_tab_says_what_to_do(demo, talents):
    demo.use_tabs("suivi", "livrables", "parametres")
    done = demo.run("import", talents, "--kind", "talents")
    assert (done.code, "workbook.people_tabs" in done.err) == (1, True)


@pytest.mark.slow
def test_what_people_typed_of_a_candidate_is_never_replaced(demo, talents, wishes):
    demo.run("import", talents, "--kind", "talents")
    cell = Robot(demo).tab("Talents").cell("Vœu 1", "5001", by="N° de candidature")
    type_in(demo.workbook, "Talents", cell, "3723358")
    done = demo.run("import", wishes, "--kind", "wishes")
    assert any(f"• Talents, {cell} : Les vœux saisis ici (3723358, rien, rien)" in line for line in lines(done))
    assert demo.run("sync").code == 0
    assert column(demo, "Talents", "Vœu 1")[-2:] == ["3723358", None]
    [first, *_] = table(demo, "Vœux reçus")
    assert first["Suite"] == "Les vœux saisis dans Talents, différents, comptent à sa place."


@pytest.mark.slow
def test_candidates_of_an_import_that_was_undone_are_missed_by_nobody(demo, tmp_path):
    there = len(column(demo, "Talents", "N° de candidature"))
    many = [{**ADA, "candidature": str(5100 + place), "email": f"a{place}@x.example"} for place in range(there + 12)]
    assert demo.run("import", talents_file(tmp_path, *many), "--kind", "talents").code == 0
    assert demo.run("sync").code == 0
    assert demo.run("import", "--undo", "--kind", "talents").code == 0
    assert demo.run("sync").code == 0


def test_a_total_under_the_candidates_of_an_export(demo, tmp_path):
    total = {"candidature": "Total : 1", "etat": "En instruction"}
    done = demo.run("import", talents_file(tmp_path, ADA, total), "--kind", "talents", "--dry-run", "--format", "json")
    assert done.code == 0, done.err
    assert "ligne_sans_dossier" not in done.out
    assert "Total" not in done.out
    assert "n’est pas un numéro" in done.err
