"""`jury collect`: what jurors' pages say reaches the robot's tabs once, and the rules read it."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl
import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.spreadsheet.model.cells import Uncomputed
from tests.call.jury.pages.pages import file_of
from tests.call.jury.returned import MORNING, Mailbox, declaration, free_pairs, page, scores
from tests.columns import CRITERIA, cell_of
from tests.in_memory import storage_at
from tests.nightly import Table
from tests.people_cells import people, type_in
from tests.spreadsheet.memory_desk import put

pytestmark = pytest.mark.in_memory

NOTES, DECLARATIONS = "Notes reçues", "Déclarations reçues"


@pytest.fixture
def mailbox(tmp_path) -> Mailbox:
    return Mailbox(tmp_path / "pages")


def reading_of(campaign):
    return read(campaign.read(), loading.load(campaign.config))


@pytest.fixture
def pair(demo):
    """A juror, and two dossiers that they may note and of which nothing is typed."""
    by_juror: dict[str, list[str]] = {}
    for juror, numero in free_pairs(reading_of(demo)):
        by_juror.setdefault(juror, []).append(numero)
    return next((juror, *numbers[:2]) for juror, numbers in by_juror.items() if len(numbers) > 1)


def notes(campaign) -> list[dict[str, object]]:
    tab = campaign.read().tab(NOTES)
    return Table(tab).rows if tab else []


def collected(campaign, mailbox, *arguments):
    done = campaign.run("jury", "collect", mailbox.folder, "--format", "json", *arguments)
    assert done.out, done.err
    return json.loads(done.out)


def reviews(campaign, numero) -> int:
    return next(
        dossier["reviews"]
        for dossier in campaign.run("rank", "--format", "json").records
        if dossier["dossier"] == numero
    )


@pytest.mark.slow
def test_notes_of_a_page_count_once_and_are_collected_once(demo, mailbox, pair):
    juror, first, second = pair
    before, mine = people(demo.workbook), reviews(demo, first)
    said = {first: scores(3.5, "NSP", "3,5", avis="Favorable", commentaire="Utile", communicable="oui"), second: {}}
    mailbox.put("n’importe quoi.xlsx", page(juror.upper(), said))
    shown = collected(demo, mailbox)
    assert {key: shown["pages"][0][key] for key in ("juror", "new", "changed", "same", "left", "problems")} == {
        "juror": juror, "new": 1, "changed": 0, "same": 0, "left": 0, "problems": [],
    }  # fmt: skip
    (row,) = notes(demo)
    assert (row["N° de dossier"], row["E-mail du juré"], row["Fichier"]) == (first, juror, "n’importe quoi.xlsx")
    assert [row[criterion.label] for criterion in loading.load(demo.config).criteria][:3] == [3.5, "NSP", "3,5"]
    assert row["Évalué le"] == MORNING
    assert reviews(demo, first) == mine + 1
    demo.run("sync")
    saved = demo.bytes
    assert collected(demo, mailbox)["pages"][0]["same"] == 1
    assert demo.run("sync").code == 0
    assert demo.bytes == saved
    assert before.lost(people(demo.workbook)) == []


@pytest.mark.slow
def test_notes_of_who_steps_aside_on_the_same_page_are_told_with_the_file_the_dossier_and_the_juror(
    demo, mailbox, pair
):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {numero: scores(3, deport="oui") for numero in (first, second)}))
    done = demo.run("jury", "collect", mailbox.folder)
    told = [line for line in done.err.replace("\u202f", " ").splitlines() if "s’est déporté" in line]
    said = f"{juror} s’est déporté, mais la ligne contient des notes : elles ne comptent pas."
    assert [line.split(" Demandez")[0] for line in told] == [
        f"• a.xlsx, dossier {numero} : {said}" for numero in (first, second)
    ]
    assert len(collected(demo, mailbox)["pages"][0]["problems"]) == 2


@pytest.mark.slow
def test_a_note_that_is_a_formula_without_a_value_is_named_without_its_text(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(Uncomputed("AVERAGE(3,4)"), 3)}))
    (told,) = collected(demo, mailbox)["pages"][0]["problems"]
    label = loading.load(demo.config).criteria[0].label
    said = f"a.xlsx, dossier {first} : La formule de « {label} » n’a encore été calculée par aucun tableur."
    assert told.replace("\u202f", " ").startswith(said)


@pytest.mark.slow
def test_an_explanation_names_the_cells_of_the_page_that_was_received(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    collected(demo, mailbox)
    lines = demo.run("rank", "--explain", first, "--format", "json").records
    row = notes(demo)[0]["row"]
    note = next(line for line in lines if str(line["what"]).endswith(juror))
    assert note["value"] == 15
    assert note["cells"] == f"{NOTES}!C{row}:G{row}"
    mean = next(line for line in lines if line["what"] == "Note /20 du dossier")
    assert "Évaluations!" in mean["cells"]
    assert NOTES in mean["cells"]


@pytest.mark.slow
def test_the_latest_version_counts_and_the_number_of_versions_shows(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(2)}), MORNING)
    collected(demo, mailbox)
    mailbox.put("a (2).xlsx", page(juror, {first: scores(4)}), MORNING + timedelta(days=1))
    mailbox.put("vieux.xlsx", page(juror, {first: scores(1)}), MORNING - timedelta(days=1))
    assert [record["changed"] for record in collected(demo, mailbox)["pages"]] == [1, 0, 0]
    (row,) = notes(demo)
    assert (row["Versions"], row["Fichier"]) == (3, "a (2).xlsx")
    assert row[loading.load(demo.config).criteria[0].label] == 4


@pytest.mark.slow
def test_a_page_that_is_gone_keeps_its_notes(demo, mailbox, pair):
    juror, first, second = pair
    path = mailbox.put("a.xlsx", page(juror, {first: scores(2)}))
    mailbox.put("b.xlsx", page(juror, {second: scores(2)}))
    collected(demo, mailbox)
    path.unlink()
    collected(demo, mailbox)
    demo.run("sync")
    assert {row["N° de dossier"] for row in notes(demo)} == {first, second}


@pytest.mark.slow
def test_a_late_version_and_two_of_one_moment_are_said_and_do_not_count(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(2), second: scores(2)}, version=""))
    mailbox.put("b.xlsx", page(juror, {second: scores(3)}, version=""))
    mailbox.put("c.xlsx", page(juror, {first: scores(4)}, version=""), datetime(2021, 5, 6))
    mailbox.put("d.xlsx", page(juror, {first: scores(2)}, version=""), datetime(2021, 5, 5, 23, 59, 59))
    said = collected(demo, mailbox)
    assert any("après la clôture" in record for record in said["pages"][2]["problems"])
    rows = {row["N° de dossier"]: row for row in notes(demo)}
    assert {row["Fichier"] for row in rows.values()} == {"a.xlsx"}
    assert "b.xlsx" in str(rows[second]["Autre version du même moment"])
    assert "c.xlsx" in str(rows[first]["Version tardive"])
    codes = {anomaly["code"] for anomaly in demo.run("check", "--format", "json").records if anomaly["tab"] == NOTES}
    assert codes == {"version_tardive", "versions_simultanees"}


@pytest.mark.slow
def test_what_is_typed_by_hand_counts_and_both_places_are_named(demo, mailbox):
    frame = reading_of(demo).valid_rows("evaluations")
    typed = frame[frame[[*CRITERIA]].notna().all(axis=1)].iloc[0]
    mine = {name: float(typed[name]) for name in CRITERIA}
    mine |= {"avis": typed["avis"], "coup_de_coeur": "oui" if typed["coup_de_coeur"] is True else None}
    count = reviews(demo, typed["numero"])
    mailbox.put("a.xlsx", page(typed["jure"], {typed["numero"]: mine}))
    collected(demo, mailbox)
    assert reviews(demo, typed["numero"]) == count
    assert not [
        anomaly
        for anomaly in demo.run("check", "--format", "json").records
        if anomaly["code"] == "note_recue_differente"
    ]
    other = {**mine, CRITERIA[1]: 4.0 if mine[CRITERIA[1]] != 4 else 3.0}
    mailbox.put("a.xlsx", page(typed["jure"], {typed["numero"]: other}), MORNING + timedelta(hours=1))
    collected(demo, mailbox)
    (anomaly,) = [
        anomaly
        for anomaly in demo.run("check", "--format", "json").records
        if anomaly["code"] == "note_recue_differente"
    ]
    assert anomaly["cell"] == cell_of("evaluations", CRITERIA[1], int(typed["row"]))
    assert f"{NOTES}!D{notes(demo)[0]['row']}" in anomaly["message"]
    assert reviews(demo, typed["numero"]) == count


@pytest.mark.slow
def test_who_steps_aside_on_a_page_does_not_count_by_what_was_typed_before(demo, mailbox):
    """A later interest: neither the notes of the page count, nor those that somebody typed."""
    frame = reading_of(demo).valid_rows("evaluations")
    typed = frame[frame[[*CRITERIA]].notna().all(axis=1)].iloc[0]
    juror, numero, count = typed["jure"], typed["numero"], reviews(demo, typed["numero"])
    mailbox.put("a.xlsx", page(juror, {numero: scores(4, deport="oui")}))
    collected(demo, mailbox)
    assert reviews(demo, numero) == count - 1
    found = [one for one in demo.run("check", "--format", "json").records if one["code"] == "deport_recu_note_saisie"]
    assert [one["cell"] for one in found] == [cell_of("evaluations", CRITERIA[0], int(typed["row"]))]
    assert (numero, juror) in recusals_of(reading_of(demo))


@pytest.mark.slow
def test_a_note_that_cannot_be_read_names_its_page_and_ends_once_it_is_typed(demo, mailbox):
    frame = reading_of(demo).valid_rows("evaluations")
    typed = frame[frame[[*CRITERIA]].notna().all(axis=1)].iloc[0]
    juror, numero, row = typed["jure"], typed["numero"], int(typed["row"])
    texts = {name: cell_of("evaluations", name, row) for name in (*CRITERIA, "avis")}
    for cell in texts.values():
        type_in(demo.workbook, "Évaluations", cell, None)
    mailbox.put("grille.xlsx", page(juror, {numero: scores(7, "bof", 3)}))
    mailbox.put("le.xlsx", page(juror, {numero: {}}))
    problems = {record["file"]: record["problems"] for record in collected(demo, mailbox)["pages"]}
    assert problems["le.xlsx"] == []
    assert [problem.replace("\u202f", " ").split(" : ")[0] for problem in problems["grille.xlsx"]] == [
        f"grille.xlsx, dossier {numero}"
    ] * 2
    for name in CRITERIA:
        type_in(demo.workbook, "Évaluations", texts[name], 3)
    told = {
        anomaly["code"] for anomaly in demo.run("check", "--format", "json").records if anomaly["dossier"] == numero
    }
    assert told & {"note_recue_differente", "note_hors_echelle", "note_illisible"} == {"note_recue_differente"}


@pytest.mark.slow
def test_a_pair_that_a_page_notes_is_kept_by_the_assignment(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: {}}))
    collected(demo, mailbox)
    pairs = json.loads(demo.run("jury", "assign", "--dry-run", "--format", "json").out)["pairs"]
    mine = {record["dossier"]: record["kept"] for record in pairs if record["juror"] == juror}
    assert mine[first] is True
    assert not mine.get(second)


@pytest.mark.slow
def test_a_row_of_evaluations_that_waits_does_not_hide_the_page(demo, mailbox, pair):
    juror, first, _ = pair
    row = int(reading_of(demo).tables["evaluations"].frame["row"].max()) + 1
    for field, value in (("numero", first), ("jure", juror), ("commentaire", "à lire")):
        put(storage_at(demo.workbook), "Évaluations", cell_of("evaluations", field, row), value)
    before = reviews(demo, first)
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    collected(demo, mailbox)
    assert reviews(demo, first) == before + 1


@pytest.mark.slow
def test_an_edit_of_the_tab_is_not_counted_then_put_back_and_said(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores(3)}))
    collected(demo, mailbox)
    demo.run("sync")
    before, count = notes(demo), reviews(demo, first)
    row = before[0]["row"] if before[0]["N° de dossier"] == first else before[1]["row"]
    put(storage_at(demo.workbook), NOTES, f"C{row}", 1.0)
    assert reviews(demo, first) == count - 1
    assert "note_recue_modifiee" in {anomaly["code"] for anomaly in demo.run("check", "--format", "json").records}
    demo.run("sync")
    assert notes(demo) == before
    assert reviews(demo, first) == count
    assert "saisie_dans_onglet_robot" in {row["Code"] for row in Table(demo.read().tab("Anomalies")).rows}


@pytest.mark.slow
def test_a_line_edited_where_nobody_knows_what_it_said_waits_for_the_machine_that_does(demo, mailbox, pair, tmp_path):
    juror, first, second = pair
    elsewhere = {"EIG_SHEETS_STATE": str(tmp_path / "another machine")}
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores(3)}))
    collected(demo, mailbox)
    demo.run("sync")
    before, count = notes(demo), reviews(demo, first)
    row = next(record["row"] for record in before if record["N° de dossier"] == first)
    put(storage_at(demo.workbook), NOTES, f"C{row}", 1.0)
    demo.run("sync", env=elsewhere)
    assert len(notes(demo)) == 2
    assert reviews(demo, first) == count - 1
    saved = demo.bytes
    demo.run("sync", env=elsewhere)
    assert demo.bytes == saved
    demo.run("sync")
    assert [{**row, "row": 0} for row in notes(demo)] == [{**row, "row": 0} for row in before]
    demo.run("sync", env=elsewhere)  # now it has seen what the line said
    known = notes(demo)
    put(storage_at(demo.workbook), NOTES, f"C{row}", 1.0)
    demo.run("sync", env=elsewhere)
    assert notes(demo) == known


@pytest.mark.slow
def test_a_declaration_sets_its_juror_aside_and_its_availability_is_read(demo, mailbox, pair):
    juror, first, second = pair
    sent = declaration(juror, {first: "oui", second: ""}, availability="04/05/2021 09:00–12:00", declared="oui")
    mailbox.put("d.xlsx", sent)
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores(3)}))
    said = collected(demo, mailbox)
    assert [row["N° de dossier"] for row in notes(demo)] == [second]
    assert any(first in record and "déporté" in record for record in said["pages"][0]["problems"])
    jury = reading_of(demo).valid_rows("jury").set_index("email").loc[juror]
    assert first in jury["deports"]
    assert jury["disponibilites"] == "les 4 et 5 mai"
    (anomaly,) = [
        anomaly
        for anomaly in demo.run("check", "--format", "json").records
        if anomaly["code"] == "declaration_differente"
    ]
    assert anomaly["cell"] == cell_of("jury", "disponibilites", int(jury["row"]))
    put(storage_at(demo.workbook), "Jury", anomaly["cell"], None)
    assert "04/05/2021 09:00–12:00" in [*reading_of(demo).valid_rows("jury")["disponibilites"]]
    (row,) = Table(demo.read().tab(DECLARATIONS)).rows
    assert (row["Déports"], row["Déclaration d’intérêts"]) == (first, "oui")


@pytest.mark.slow
def test_what_is_not_theirs_is_said_and_never_counted(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("autre appel.xlsx", page(juror, {first: scores(3)}, campaign="EIG4"))
    mailbox.put("inconnu.xlsx", page("personne@exemple.invalid", {first: scores(3)}))
    mailbox.put("inventé.xlsx", page(juror, {"999999": scores(3)}))
    mailbox.put_bytes("abîmé.xlsx", b"PK\x03\x04 not a workbook")
    mailbox.put_bytes("~$ouvert.xlsx", b"")
    shown = {record["file"]: record for record in collected(demo, mailbox)["pages"]}
    assert set(shown) == {"autre appel.xlsx", "inconnu.xlsx", "inventé.xlsx", "abîmé.xlsx"}
    assert all(record["new"] == 0 and len(record["problems"]) == 1 for record in shown.values())
    assert "EIG4" in shown["autre appel.xlsx"]["problems"][0]
    assert "personne@exemple.invalid" in shown["inconnu.xlsx"]["problems"][0]
    assert "999999" in shown["inventé.xlsx"]["problems"][0]
    told = demo.run("jury", "collect", mailbox.folder)
    assert ([line.split()[-1] for line in told.out.splitlines()[-4:]], told.out.count("999999")) == (["1"] * 4, 0)
    assert told.err.count("999999") == 1
    assert notes(demo) == []
    demo.run("sync")
    listed = [row for row in Table(demo.read().tab("Anomalies")).rows if row["Code"] == "page_de_jure"]
    assert len(listed) == 4


@pytest.mark.slow
def test_notes_of_who_withdrew_are_said_and_never_counted(demo, mailbox, pair):
    juror, first, second = pair
    rows = reading_of(demo).valid_rows("candidatures").set_index("numero")["row"]
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "decision", int(rows[first])), "Désisté")
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores(2)}))
    (said,) = collected(demo, mailbox)["pages"]
    assert [first in problem and "désisté" in problem for problem in said["problems"]] == [True]
    assert [row["N° de dossier"] for row in notes(demo)] == [second]


@pytest.mark.slow
def test_notes_of_a_dossier_of_another_juror_are_said_and_never_counted(demo, mailbox):
    assert demo.run("jury", "assign").code == 0
    assigned = {(row["E-mail du juré"], row["N° de dossier"]) for row in Table(demo.read().tab("Affectations")).rows}
    juror, numero = next(record for record in free_pairs(reading_of(demo)) if record not in assigned)
    before = reviews(demo, numero)
    mailbox.put("a.xlsx", page(juror, {numero: scores(3)}))
    (said,) = collected(demo, mailbox)["pages"]
    assert [numero in problem and "affecté" in problem for problem in said["problems"]] == [True]
    assert (notes(demo), reviews(demo, numero)) == ([], before)


@pytest.mark.slow
@pytest.mark.parametrize("word", ["oui", "Oui, je connais le porteur"])
def test_a_deport_of_a_dossier_of_another_juror_is_collected_even_when_it_is_not_clear(demo, mailbox, word):
    assert demo.run("jury", "assign").code == 0
    assigned = {(row["E-mail du juré"], row["N° de dossier"]) for row in Table(demo.read().tab("Affectations")).rows}
    juror, numero = next(record for record in free_pairs(reading_of(demo)) if record not in assigned)
    mailbox.put("a.xlsx", page(juror, {numero: {"deport": word}}))
    (said,) = collected(demo, mailbox)["pages"]
    assert [problem for problem in said["problems"] if "affecté" in problem] == []
    assert [(row["N° de dossier"], row["Déport"]) for row in notes(demo)] == [(numero, word)]


def test_nothing_to_read_is_a_refusal_and_nothing_is_written(demo, mailbox):
    before = demo.bytes
    mailbox.folder.mkdir()
    assert demo.run("jury", "collect", mailbox.folder).code == 1
    assert demo.run("jury", "collect", mailbox.folder / "absent").code == 1
    mailbox.put_bytes("abîmé.xlsx", b"PK\x03\x04 not a workbook")
    assert demo.run("jury", "collect", mailbox.folder).code == 1
    assert demo.bytes == before


@pytest.mark.parametrize("name", ["anna.ods", "anna.XLS", "anna.csv", "anna.numbers"])
def test_a_page_in_another_format_is_named_and_never_passed_over(demo, mailbox, pair, name):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    mailbox.put_bytes(name, b"other bytes")
    told = {record["file"]: record["problems"] for record in collected(demo, mailbox)["pages"]}
    assert told.keys() == {"a.xlsx", name}
    assert name in told[name][0]


def archive(*names):
    """A zip file of files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        for name in names:
            whole.writestr(name, b"<x/>")
    return made.getvalue()


OTHERS = {
    "fiche.docx": (archive("[Content_Types].xml", "word/document.xml"), "c’est un document, pas une grille"),
    "L'avis de M. Martin ; v2.pdf": (b"%PDF-1.7", "c’est un document, pas une grille"),
    "grilles.zip": (archive("a.xlsx"), "c’est une archive"),
    "sans suffixe": (archive("a.xlsx"), "c’est une archive"),
    "réponse.eml": (b"From: anna@exemple.invalid", "c’est un message"),
    "lisez-moi.txt": (b"no page", "ce n’est pas un classeur .xlsx"),
    "vide": (b"", "ce n’est pas un classeur .xlsx"),
}


@pytest.mark.slow
def test_each_entry_of_the_folder_is_accounted_for(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    mailbox.put("page d’un téléphone", page(juror, {second: scores(2)}))
    for name, (content, _) in OTHERS.items():
        mailbox.put_bytes(name, content)
    (mailbox.folder / "mai").mkdir()
    mailbox.put_bytes("mai/b.xlsx", b"")
    for name in ("~$a.xlsx", ".~lock.a.xlsx#", ".DS_Store", "Thumbs.db"):
        mailbox.put_bytes(name, b"")
    shown = collected(demo, mailbox)
    told = {record["file"]: record for record in shown["pages"]}
    assert {*told, *shown["left"]} == {file.name for file in mailbox.folder.iterdir()}
    assert shown["left"] == [".DS_Store", ".~lock.a.xlsx#", "Thumbs.db", "~$a.xlsx"]
    assert [name for name, record in told.items() if record["read"]] == ["a.xlsx", "page d’un téléphone"]
    assert {row["N° de dossier"] for row in notes(demo)} == {first, second}
    said = {name: [problem.replace("\u202f", " ") for problem in told[name]["problems"]] for name in told}
    assert {name: len(problems) for name, problems in said.items() if problems} == dict.fromkeys([*OTHERS, "mai"], 1)
    for name, (_, what) in OTHERS.items():
        assert what in said[name][0].split(" : ")[1]
    assert said["mai"][0].startswith("mai : c’est un dossier : rien n’y est lu. Mettez-en les fichiers à côté")
    text = demo.run("jury", "collect", mailbox.folder).own.replace("\u202f", " ").replace("\u00a0", " ")
    assert "de 2 pages ; 8 autres fichiers ou dossiers ne sont pas repris." in text
    assert text.count("provisoires") == 1
    assert text.count("• ") == len(OTHERS) + 2
    demo.run("sync")
    listed = [row for row in Table(demo.read().tab("Anomalies")).rows if row["Code"] == "page_de_jure"]
    assert len(listed) == len(OTHERS) + 1
    saved = demo.bytes
    demo.run("sync")
    assert demo.bytes == saved


@pytest.mark.slow
def test_a_page_that_shows_another_juror_s_address_is_held_and_what_was_received_stays(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: {}}))
    collected(demo, mailbox)
    before = notes(demo)
    content = file_of(page(juror, {first: scores(1), second: scores(1)}))
    mailbox.put_bytes("b.xlsx", retyped(content, "A4", "bob@exemple.invalid"), MORNING + timedelta(days=1))
    told = {record["file"]: record for record in collected(demo, mailbox)["pages"]}
    (problem,) = told["b.xlsx"]["problems"]
    assert "b.xlsx, Grille!A4" in problem
    assert "bob@exemple.invalid" in problem
    assert juror in problem
    assert told["b.xlsx"]["read"] is False
    assert notes(demo) == before


def retyped(content, cell, value):
    """The file with another value typed in a cell, saved by another program that keeps the rest."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0][cell] = value
    book.properties.modified = MORNING + timedelta(days=1)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.slow
def test_a_juror_has_one_receipt_for_what_their_page_says_now(demo, mailbox, pair):
    juror, first, second = pair

    def states():
        listed = demo.run("emails", "list", "--format", "json").records
        return {
            record["id"]: record["state"]
            for record in listed
            if record["to"] == [juror] and record["template"] == "recu_jure"
        }

    assert states() == {}
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: {}}))
    collected(demo, mailbox)
    demo.run("sync")
    ((once, state),) = states().items()
    assert state == "À valider"
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores("NSP", 2)}), MORNING + timedelta(hours=1))
    collected(demo, mailbox)
    demo.run("sync")
    receipts = states()
    assert receipts.pop(once) == "Obsolète"
    (again,) = receipts
    said = demo.run("emails", "show", again).out.replace("\u202f", " ")
    assert "reçu, vos notes sur 2 dossiers" in said
    assert "NSP" in said
    demo.run("sync")
    assert states().keys() == {once, again}


def test_what_is_no_page_nor_spreadsheet_is_not_kept(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    mailbox.put_bytes("anna.ods", b"perhaps the work of a juror")
    mailbox.put_bytes("fiche.docx", OTHERS["fiche.docx"][0])
    collected(demo, mailbox)
    with closing(sqlite3.connect(next(demo.folder.rglob("grilles.sqlite3")))) as kept:
        assert kept.execute("SELECT count(*) FROM contents").fetchone() == (2,)


@pytest.mark.slow
def test_the_notes_of_who_steps_aside_afterwards_do_not_block_and_are_not_to_be_typed(demo, mailbox, pair):
    juror, first, second = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3), second: scores(2)}))
    collected(demo, mailbox)
    mailbox.put("b.xlsx", declaration(juror, {first: "oui", second: ""}))
    collected(demo, mailbox)
    told = demo.run("check", "--format", "json").records
    (anomaly,) = [record for record in told if record["tab"] == NOTES and record["code"] == "conflit_deport"]
    assert (anomaly["severity"], anomaly["dossier"]) == ("avertissement", first)
    assert "il n’y a rien à faire" in anomaly["remedy"].replace("\u202f", " ")


def test_a_dry_run_tells_every_cell_and_keeps_nothing(demo, mailbox, pair):
    juror, first, _ = pair
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    before = demo.bytes
    told = collected(demo, mailbox, "--dry-run")
    assert {change["tab"] for change in told["changes"]} == {NOTES, "Journal"}
    assert demo.bytes == before
    assert not (demo.folder / ".eig-sheets" / "grilles.sqlite3").exists()
    collected(demo, mailbox)
    after = demo.read().tab(NOTES)
    assert {change["new"] for change in told["changes"] if change["tab"] == NOTES} >= {first, juror, 3}
    assert after is not None


def with_folder(demo):
    """The folder of the pages that a night reads, of which the configuration tells."""
    text = demo.config.read_text(encoding="utf-8").replace("\n[jury]\n", '\n[jury]\nreceived = "reçues"\n')
    demo.config.write_text(text, encoding="utf-8")
    return loading.load(demo.config).home / "reçues"


@pytest.mark.slow
def test_a_dry_run_of_a_night_reads_no_page(demo, pair):
    juror, first, _ = pair
    Mailbox(with_folder(demo)).put("a.xlsx", page(juror, {first: scores(3)}))
    before = demo.bytes
    done = demo.run("sync", "--dry-run")
    assert (done.code, "les pages des jurés qui viennent d’arriver ne sont pas lues" in done.err) == (0, True)
    assert demo.bytes == before
    assert not (demo.folder / ".eig-sheets" / "grilles.sqlite3").exists()


@pytest.mark.slow
def test_every_night_the_folder_of_the_configuration_is_read(demo, pair):
    juror, first, _ = pair
    folder = with_folder(demo)
    done = demo.run("sync")
    assert done.code == 0
    assert any("Collecte" in str(row["Ce qui s’est passé"]) for row in Table(demo.read().tab("Journal")).rows)
    Mailbox(folder).put("a.xlsx", page(juror, {first: scores(3)}))
    count = reviews(demo, first)
    demo.run("sync")
    assert [row["N° de dossier"] for row in notes(demo)] == [first]
    assert reviews(demo, first) == count + 1
    saved = demo.bytes
    demo.run("sync")
    assert demo.bytes == saved


def test_a_tab_of_people_of_that_name_stays_and_is_said(demo, mailbox, pair):
    juror, first, _ = pair
    storage = storage_at(demo.workbook)
    tabs = [*demo.read().tabs]
    jury = next(tab for tab in tabs if tab.name == "Jury")
    storage.save((*tabs, replace(jury, name=NOTES, mark=None)))
    mailbox.put("a.xlsx", page(juror, {first: scores(3)}))
    done = demo.run("jury", "collect", mailbox.folder)
    assert done.code == 1
    assert NOTES in done.err
