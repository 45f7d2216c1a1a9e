"""Doubt is never a no: what cannot be read changes nothing in silence, and the command itself names the cell (G13)."""

import json
import shutil
from collections import Counter

import pytest

from eig_sheets import loading
from eig_sheets.spreadsheet.model.cells import CellError, a1
from tests.columns import cell_of
from tests.in_memory import storage_at
from tests.nightly import Robot
from tests.people_cells import people
from tests.spreadsheet.memory_desk import edit, put

pytestmark = pytest.mark.in_memory

REF = CellError("#REF!")


def cell(demo, tab, header, key, by=""):
    return Robot(demo).tab(tab).cell(header, key, by)


def spoil(demo, tab, header, key, value, by=""):
    """Put a value in a cell; its name, as people say it."""
    where = cell(demo, tab, header, key, by)
    put(storage_at(demo.workbook), tab, where, value)
    return f"{tab}!{where}"


def rename(demo, tab, header, new):
    edit(storage_at(demo.workbook), "rename_header", tab=tab, **{"from": header, "to": new})


def assigned(demo, *options):
    done = demo.run("jury", "assign", "--dry-run", "--format", "json", *options)
    assert done.out, done.err
    return done, {(pair["dossier"], pair["juror"]) for pair in done.object["pairs"]}


def juror(demo, number=1):
    """A juror of the demonstration: name and address."""
    row = Robot(demo).tab("Jury").rows[number]
    return row["Nom"], row["E-mail"]


def asked_of(demo, address):
    """The dossiers of a juror in `Évaluations`, where people gave them."""
    return {row["N° de dossier"] for row in Robot(demo).tab("Évaluations").rows if row["E-mail du juré"] == address}


def recorded(demo):
    return {(row["N° de dossier"], row["E-mail du juré"]) for row in Robot(demo).tab("Affectations").rows}


def states(demo):
    return {row["Id"]: row["État"] for row in Robot(demo).tab("Envois").rows}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "value"),
    [("Déports", REF), ("Déports", "371759O"), ("Organisation", REF)],
)
def test_recusals_that_cannot_be_read_give_nothing_new_and_the_command_names_the_cell(demo, header, value):
    name, address = juror(demo)
    before = demo.run("rank", "--format", "json")
    where = spoil(demo, "Jury", header, name, value)
    done, pairs = assigned(demo)
    assert {number for number, juror in pairs if juror == address} <= asked_of(demo, address)
    assert where in done.err
    assert f"{where.split('!')[1]}" in [doubt["cell"] for doubt in done.object["doubts"] if doubt["tab"] == "Jury"]
    ballots = demo.run("jury", "ballots", "--to", demo.folder / "pages", "--format", "json")
    assert address not in [ballot["juror"] for ballot in ballots.object["ballots"]]
    assert where in ballots.err
    after = demo.run("rank", "--format", "json")
    assert after.records == before.records  # what was noted in good faith counts
    assert where in after.err


@pytest.mark.slow
def test_any_word_in_deport_steps_aside_until_a_person_decides(demo):
    row = next(record for record in Robot(demo).tab("Évaluations").rows if record["Pertinence du besoin"] is not None)
    number, address = row["N° de dossier"], row["E-mail du juré"]
    where = a1(row["row"], Robot(demo).tab("Évaluations").headers["Déport"])
    put(storage_at(demo.workbook), "Évaluations", where, "Oui, je connais le porteur")
    done, pairs = assigned(demo, "--adjust")
    assert (number, address) not in pairs
    assert f"Évaluations!{where}" in done.err
    assert f"Évaluations!{where}" in demo.run("rank").err
    page = demo.run("report", "--for", address, "--to", demo.folder / "page.html")
    assert page.code == 0, page.err
    project = next(row for row in Robot(demo).tab("Candidatures").rows if row["N° de dossier"] == number)
    assert project["Nom du projet"] not in (demo.folder / "page.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "typo", [lambda typed: typed.replace("@", " at "), lambda typed: typed[0] + typed[2:], lambda _: REF]
)
def test_a_slip_in_the_address_of_a_juror_withdraws_nothing(demo, typo):
    demo.run("sync")
    demo.run("jury", "assign")
    name, address = juror(demo)
    assigned_before = recorded(demo)
    ranking = demo.run("rank", "--format", "json").records
    where = spoil(demo, "Jury", "E-mail", name, typo(address))
    for options in ((), ("--adjust",)):
        done, pairs = assigned(demo, *options)
        theirs = {pair for pair in assigned_before if pair[1] == address}
        assert {pair for pair in pairs if pair[1] == address} == theirs
        assert where in done.err
    ballots = demo.run("jury", "ballots", "--to", demo.folder / "pages", "--format", "json")
    assert address not in [ballot["juror"] for ballot in ballots.object["ballots"]]
    assert where in ballots.err
    after = demo.run("rank", "--format", "json")
    assert after.records == ranking
    assert where in after.err


@pytest.mark.slow
def test_a_number_that_changed_places_with_its_neighbour_is_named(demo):
    demo.run("sync")
    project = Robot(demo).tab("Candidatures").rows[5]
    number, name = project["N° de dossier"], project["Nom du projet"]
    spoil(demo, "Candidatures", "Nom du projet", number, number)
    where = spoil(demo, "Candidatures", "N° de dossier", number, name)
    for command in (("rank", "--format", "json"), ("cofinancing", "--format", "json"), ("emails", "draft")):
        assert where in demo.run(*command).err, command


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "value", "commands"),
    [
        ("SIRET", "1300252650001E", [("cofinancing",)]),
        ("N° de programme budgétaire", "sans objet", [("cofinancing",), ("emails", "check")]),
        ("Nombre d’EIG demandés", 61250, [("rank",), ("jury", "assign", "--dry-run")]),
    ],
)
def test_what_cannot_be_so_is_named_by_what_rests_on_it(demo, header, value, commands):
    number = next(r["N° de dossier"] for r in Robot(demo).tab("Candidatures").rows if r["Décision"] == "Lauréat")
    where = spoil(demo, "Candidatures", header, number, value)
    for command in commands:
        assert where in demo.run(*command).err, command


def test_a_juror_alone_in_a_group_is_named_by_the_assignment(demo):
    where = spoil(demo, "Jury", "Groupe", juror(demo)[0], "un autre")
    assert where in demo.run("jury", "assign", "--dry-run").err


@pytest.mark.slow
def test_a_row_that_is_set_aside_under_another_id_is_named(demo):
    demo.run("sync")
    row = Robot(demo).tab("E-mails à envoyer").rows[1]
    spoil(demo, "E-mails à envoyer", "Ne pas envoyer", row["Id"], True)
    where = spoil(demo, "E-mails à envoyer", "Id", row["Id"], f"{row['Id']} (à revoir)")
    assert where in demo.run("emails", "list").err


@pytest.mark.slow
def test_an_evaluation_that_is_taken_back_whole_is_no_accident(demo):
    demo.run("sync")
    row = next(r for r in Robot(demo).tab("Évaluations").rows if r["Engagement"] and not r["Déport"])
    for label in loading.load(demo.config).labels.values():
        spoil(demo, "Évaluations", label, row["row"], None, "row")
    assert "cellule_videe" not in demo.run("check", "--format", "json").out


@pytest.mark.slow
def test_a_description_that_cannot_be_read_is_no_other_version(demo):
    demo.run("sync")
    rename(demo, "Candidatures", "Résumé", "Résumé (copie)")
    assert "version_anterieure" not in demo.run("check", "--format", "json").out


@pytest.mark.slow
def test_an_address_that_did_change_is_accepted_with_force(demo):
    demo.run("sync")
    name, address = juror(demo)
    spoil(demo, "Jury", "E-mail", name, address[0] + address[2:])
    assert demo.run("sync", "--force").code == 0
    assert "cle_changee" not in [anomaly["code"] for anomaly in demo.run("check", "--format", "json").records]


def test_a_number_that_was_mistyped_is_one_line(demo):
    """Its evaluations, its rank and its readers named a number that is nowhere, with another remedy each."""
    demo.run("sync")
    before = codes_of(demo)
    spoil(demo, "Candidatures", "N° de dossier", "3723358", "3723385")
    assert codes_of(demo) - before == Counter(["cle_changee"])


def codes_of(demo):
    """How many anomalies of each code `check` lists."""
    return Counter(anomaly["code"] for anomaly in demo.run("check", "--format", "json").records)


@pytest.mark.slow
def test_a_renamed_header_keeps_what_rests_on_it_and_names_the_new_one(demo):
    assert demo.run("emails", "draft").code == 0
    demo.run("sync")
    before, mine = states(demo), people(demo.workbook)
    rename(demo, "Candidatures", "Décision", "Choix du comité")
    done = demo.run("sync")
    assert done.code == 0, done.err
    after = states(demo)
    assert [key for key in before if after[key] == "Obsolète" != before[key]] == []
    decided = [key for key in before if key.startswith(("laureat-", "non_retenu-", "liste_attente-"))]
    assert decided
    assert {after[key] for key in decided if before[key] != "Envoyé"} <= {"Bloqué", before[decided[0]]}
    listed = [
        anomaly
        for anomaly in json.loads(demo.run("check", "--format", "json").out)
        if anomaly["code"] == "colonne_disparue"
    ]
    assert [(record["severity"], record["tab"]) for record in listed] == [("bloquant", "Candidatures")]
    assert "Choix du comité" in listed[0]["message"]
    assert "colonne_disparue" in str(demo.run("select", "--format", "json").object["doubts"])
    saved = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == saved  # and the next night writes nothing
    rename(demo, "Candidatures", "Choix du comité", "Décision")
    demo.run("sync")
    assert states(demo) == before
    assert mine.lost(people(demo.workbook)) == []


@pytest.mark.slow
def test_messages_name_the_column_of_recusals_that_is_gone(demo):
    demo.run("sync")
    rename(demo, "Jury", "Organisation", "Structure")
    for command in (("emails", "list"), ("emails", "draft", "--dry-run")):
        assert "«\u202fOrganisation\u202f»\u202f: à corriger" in demo.run(*command).err


@pytest.mark.slow
def test_the_page_names_the_column_of_comments_that_is_gone(demo, tmp_path):
    demo.run("sync")
    rename(demo, "Évaluations", "Commentaire", "Avis libre")
    done = demo.run("report", "--to", tmp_path / "page.html")
    assert done.code == 0
    assert "«\u202fCommentaire\u202f»\u202f: à corriger" in done.err


@pytest.mark.slow
def test_a_message_on_what_is_missing_waits_for_a_column_that_is_gone(demo):
    """Else it would be written again without what nobody can see any more."""
    day = ("--today", "2021-04-15")
    assert demo.run(*day, "emails", "draft").code == 0
    rename(demo, "Candidatures", "Fiche détaillée", "Fiche")
    done = demo.run(*day, "emails", "list", "--format", "json")
    asking = [record for record in done.records if record["template"] == "pieces_manquantes"]
    assert {record["state"] for record in asking} == {"Bloqué"}
    assert "«\u202fFiche détaillée\u202f»\u202f: à corriger" in done.err


@pytest.mark.slow
def test_a_column_that_was_deleted_on_purpose_is_accepted_with_force(demo):
    demo.run("sync")
    rename(demo, "Candidatures", "Décision", "Ancienne colonne")
    assert demo.run("sync").code == 0
    assert demo.run("sync", "--force").code == 0
    codes = [anomaly["code"] for anomaly in demo.run("check", "--format", "json").records]
    assert "colonne_disparue" not in codes


@pytest.mark.slow
def test_a_decision_that_cannot_be_read_is_as_at_the_last_run_and_nothing_leaves(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    number = next(r["N° de dossier"] for r in Robot(demo).tab("Candidatures").rows if r["Décision"] == "Lauréat")
    before = demo.run("rank", "--format", "json").records
    where = spoil(demo, "Candidatures", "Décision", number, REF)
    after = demo.run("rank", "--format", "json")
    assert after.records == before
    assert where in after.err
    demo.run("sync")
    waiting = [row for row in Robot(demo).tab("Envois").rows if row["N° de dossier"] == number]
    assert waiting
    assert {row["État"] for row in waiting} <= {"Bloqué", "Envoyé", "À ajouter"}
    assert any(where in str(row["Précision"]) for row in waiting if row["État"] == "Bloqué")


@pytest.mark.slow
def test_what_was_drafted_waits_where_no_run_is_remembered_either(demo):
    rename(demo, "Candidatures", "Décision", "Décision du jury")
    shutil.rmtree(demo.folder / ".eig-sheets")
    done = demo.run("sync")
    assert done.code == 0, done.err
    of_decisions = [row for row in Robot(demo).tab("Envois").rows if row["Modèle"] in ("laureat", "non_retenu")]
    assert of_decisions
    assert {row["État"] for row in of_decisions} == {"Bloqué"}
    said = {str(row["Précision"]).replace("\u202f", " ") for row in of_decisions}
    assert said == {"La colonne « Décision » n’est plus dans Candidatures : rendez-lui son en-tête."}


@pytest.mark.slow
def test_a_decision_that_was_erased_is_said_for_a_week(demo):
    demo.run("sync")
    number = next(r["N° de dossier"] for r in Robot(demo).tab("Candidatures").rows if r["Décision"] == "Lauréat")
    where = spoil(demo, "Candidatures", "Décision", number, None)
    for _ in range(2):
        told = [
            anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["code"] == "valeur_effacee"
        ]
        assert [f"{record['tab']}!{record['cell']}" for record in told] == [where]
        assert "Lauréat" in told[0]["message"]
        assert demo.run("sync").code == 0


@pytest.mark.slow
def test_check_and_sync_tell_one_list(demo):
    demo.run("sync")
    robot = Robot(demo).tab("Classement")
    put(storage_at(demo.workbook), "Classement", robot.cell("Rang", 3), 99)
    checked = demo.run("check", "--format", "json").records
    assert "saisie_dans_onglet_robot" in [record["code"] for record in checked]
    keys = ("severity", "tab", "cell", "cells", "dossier", "code", "message", "remedy")
    assert {tuple(record) for record in checked} == {keys}
    demo.run("sync")
    listed = [(row["Onglet"], row["Cellule"]) for row in Robot(demo).tab("Anomalies").rows]
    assert listed == [(record["tab"], record["cell"]) for record in checked]


@pytest.mark.slow
def test_a_row_that_a_duplicate_leaves_out_keeps_its_drafts(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    table = Robot(demo).tab("Candidatures")
    drafted = {str(row["N° de dossier"]) for row in Robot(demo).tab("E-mails à envoyer").rows}
    number = next(str(row["N° de dossier"]) for row in table.rows if str(row["N° de dossier"]) in drafted)
    before = states(demo)
    put(
        storage_at(demo.workbook),
        "Candidatures",
        cell_of("candidatures", "numero", len(table.snapshot.rows) + 1),
        number,
    )
    demo.run("sync")
    after = states(demo)
    theirs = [row["Id"] for row in Robot(demo).tab("E-mails à envoyer").rows if str(row["N° de dossier"]) == number]
    assert theirs
    assert [key for key in theirs if after[key] == "Obsolète" != before[key]] == []


@pytest.mark.slow
def test_a_list_of_emails_knows_which_columns_and_numbers_are_gone(demo):
    demo.run("sync")
    number = next(r["N° de dossier"] for r in Robot(demo).tab("Candidatures").rows if r["Décision"] == "Lauréat")
    where = spoil(demo, "Candidatures", "N° de dossier", number, f"{number} (à confirmer)")
    rename(demo, "Candidatures", "N° de programme budgétaire", "Programme")
    listed = demo.run("emails", "list", "--format", "json")
    assert where in listed.err
    assert not any(number in str(record["dossier"]) and record["state"] == "À ajouter" for record in listed.records)
    asking = [record for record in listed.records if record["template"] == "cofinancement_a_completer"]
    assert {record["state"] for record in asking} == {"Bloqué"}
    assert all("N° de programme budgétaire" in str(record) for record in asking)


@pytest.mark.slow
@pytest.mark.parametrize(("header", "value"), [("Type d’administration", "Operateur d’État"), ("Décidé le", REF)])
def test_the_minutes_name_the_cell_that_they_could_not_say(demo, tmp_path, header, value):
    demo.run("sync")
    number = next(r["N° de dossier"] for r in Robot(demo).tab("Candidatures").rows if r["Décision"] == "Lauréat")
    where = spoil(demo, "Candidatures", header, number, value)
    done = demo.run("report", "--minutes", "--to", tmp_path / "pv.docx")
    assert done.code == 0, done.err
    assert where in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tab", "header", "command"),
    [
        ("Candidatures", "Nombre d’EIG demandés", "cofinancing"),
        ("Candidatures", "Décidé le", "cofinancing"),
        ("Évaluations", "Déport", "rank"),
        ("Évaluations", "Engagement", "rank"),
        ("Évaluations", "Avis", "rank"),
    ],
)
def test_a_cell_that_was_filled_and_is_blank_is_said_by_what_rests_on_it(demo, tab, header, command):
    demo.run("sync")
    row = next(r for r in Robot(demo).tab(tab).rows if r[header])
    where = spoil(demo, tab, header, row["row"], None, "row")
    assert where in demo.run(command, "--format", "json").err
    assert demo.run("sync").code == 0
    told = [anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["code"] == "cellule_videe"]
    assert [f"{record['tab']}!{record['cell']}" for record in told] == [where]
    assert demo.run("sync", "--force").code == 0
    assert "cellule_videe" not in demo.run("check", "--format", "json").out


@pytest.mark.slow
@pytest.mark.parametrize("command", [("check",), ("emails", "list"), ("sync", "--dry-run")])
def test_a_key_column_that_is_renamed_is_named_by_every_command(demo, command):
    demo.run("sync")
    rename(demo, "Candidatures", "N° de dossier", "Référence")
    done = demo.run(*command)
    assert done.code == 1
    assert "La colonne obligatoire" in done.out + done.err
