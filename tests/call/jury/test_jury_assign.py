"""`jury assign` on a campaign: one write, the same at once again, nothing of people's; what sync keeps of it."""

import json

import pytest

from eig_sheets.storage.last_run import LastRun
from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import eig
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

TAB = "Affectations"


def pairs(campaign):
    return [(row["N° de dossier"], row["E-mail du juré"], row["Statut"]) for row in Robot(campaign).tab(TAB).rows]


def assigned(campaign, *options):
    done = campaign.run("jury", "assign", "--format", "json", *options)
    return done, json.loads(done.out)


@pytest.fixture
def ahead(demo):
    """The demo before anybody noted: the rows of `Évaluations` are gone."""
    table = Robot(demo).tab("Évaluations")
    for _ in table.rows:
        edit(demo.workbook, "delete_row", tab="Évaluations", at=table.top + 1)
    demo.state.save_last_run(LastRun())  # else the fuse holds the lost rows against the next sync
    return demo


@pytest.mark.slow
def test_it_writes_the_tab_then_nothing_and_sync_keeps_it(demo):
    before = people(demo.workbook)
    done, record = assigned(demo)
    assert done.code == 0, done.err
    assert (record["optimal"], record["gap"], record["relaxed"], record["waived"]) == (True, 0, [], [])
    words = {(True, False): "conservé", (False, True): "verrouillé", (False, False): "affecté"}
    told = [(pair["dossier"], pair["juror"], words[pair["kept"], pair["locked"]]) for pair in record["pairs"]]
    assert pairs(demo) == told
    assert sum(record["loads"].values()) == len(told)
    assert before.lost(people(demo.workbook)) == []
    saved = demo.bytes
    assert assigned(demo)[0].code == 0
    assert assigned(demo, "--adjust")[0].code == 0
    assert demo.bytes == saved
    assert demo.run("sync").code == 0
    assert pairs(demo) == told
    saved = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == saved
    assert Robot(demo).tab("Journal").rows[-1] is not None


@pytest.mark.slow
def test_the_order_of_the_rows_changes_no_answer_of_any_search(ahead):
    commands = (("jury", "assign", "--dry-run"), ("select",))
    before = [ahead.run(*command, "--format", "json").object for command in commands]
    edit(ahead.workbook, "sort", tab="Candidatures", by="Nom du projet")
    edit(ahead.workbook, "sort", tab="Jury", by="Nom", descending=True)
    after = [ahead.run(*command, "--format", "json").object for command in commands]
    for answer in (*before, *after):
        answer.pop("changes", None)
        answer.pop("doubts")  # their cells moved with the rows
    assert after == before
    assert all(row["optimal"] for row in before)


@pytest.mark.slow
def test_what_is_expected_is_what_was_assigned(demo):
    _, record = assigned(demo)
    expected = {}
    for pair in record["pairs"]:
        expected[pair["dossier"]] = expected.get(pair["dossier"], 0) + 1
    ranked = demo.run("rank", "--format", "json").records
    read = [dossier for dossier in ranked if dossier["unranked_reason"] in (None, "sans_evaluation")]
    assert {dossier["dossier"]: dossier["reviews_expected"] for dossier in read} == expected


@pytest.mark.slow
def test_a_dry_run_writes_nothing_and_tells_each_cell(demo):
    saved = demo.bytes
    done, record = assigned(demo, "--dry-run")
    assert (done.code, demo.bytes) == (0, saved)
    cells = [change for change in record["changes"] if change["tab"] == TAB]
    assert {change["new"] for change in cells} >= {pair["juror"] for pair in record["pairs"]}
    assert "Affectations" in demo.run("jury", "assign", "--dry-run").out


@pytest.mark.slow
def test_people_who_edit_the_tab_are_told_and_it_is_put_back(demo):
    assigned(demo)
    before = pairs(demo)
    row = Robot(demo).tab(TAB).rows[0]["row"]
    column = [*Robot(demo).tab(TAB).headers].index("E-mail du juré")
    type_in(demo.workbook, TAB, f"{'ABCDEFG'[column]}{row}", "moi@exemple.invalid")
    edit(demo.workbook, "delete_row", tab=TAB, at=int(str(row)) + 3)
    assert demo.run("sync").code == 0
    assert pairs(demo) == before
    told = [change for change in demo.run("sync", "--dry-run", "--format", "json").records if change["tab"] == TAB]
    assert told == []
    anomalies = [row for row in Robot(demo).tab("Anomalies").rows if row["Onglet"] == TAB]
    assert any("moi@exemple.invalid" in str(anomaly) for anomaly in anomalies)


@pytest.mark.slow
def test_a_deleted_tab_comes_back(demo):
    assigned(demo)
    before = pairs(demo)
    edit(demo.workbook, "delete_tab", tab=TAB)
    assert demo.run("sync").code == 0
    assert pairs(demo) == before


@pytest.mark.slow
def test_a_recusal_after_the_assignment_is_told_until_it_is_adjusted(ahead):
    assigned(ahead)
    numero, juror, _ = pairs(ahead)[0]
    rows = {row["E-mail"]: row["row"] for row in Robot(ahead).tab("Jury").rows}
    type_in(ahead.workbook, "Jury", cell_of("jury", "deports", rows[juror]), numero)
    for _ in range(2):
        assert ahead.run("sync").code == 0
        told = [
            anomaly
            for anomaly in ahead.run("check", "--format", "json").records
            if anomaly["code"] == "affectation_caduque"
        ]
        assert [(record["dossier"], juror in record["message"]) for record in told] == [(numero, True)]
    before = {pair[:2] for pair in pairs(ahead)}
    done, _ = assigned(ahead, "--adjust")
    after = {pair[:2] for pair in pairs(ahead)}
    assert before - after == {(numero, juror)}
    assert len(after - before) == 1
    assert "1 affectation nouvelle, 1 retirée" in done.err
    told = [
        anomaly
        for anomaly in ahead.run("check", "--format", "json").records
        if anomaly["code"] == "affectation_caduque"
    ]
    assert told == []


@pytest.mark.slow
def test_the_names_of_projects_and_jurors_follow(demo):
    assigned(demo)
    row = Robot(demo).tab(TAB).rows[0]
    dossiers = {row["N° de dossier"]: row["row"] for row in Robot(demo).tab("Candidatures").rows}
    jurors = {row["E-mail"]: row["row"] for row in Robot(demo).tab("Jury").rows}
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "projet", dossiers[row["N° de dossier"]]), "Renommé")
    type_in(demo.workbook, "Jury", cell_of("jury", "nom", jurors[row["E-mail du juré"]]), "Quelqu’un")
    assert demo.run("sync").code == 0
    now = Robot(demo).tab(TAB).rows[0]
    assert (now["Nom du projet"], now["Juré"]) == ("Renommé", "Quelqu’un")
    assert {**now, "Nom du projet": 0, "Juré": 0} == {**row, "Nom du projet": 0, "Juré": 0}


@pytest.mark.slow
def test_a_jury_that_lost_many_rows_stops_it(demo):
    for _ in range(10):
        edit(demo.workbook, "delete_row", tab="Jury", at=Robot(demo).tab("Jury").top + 1)
    saved = demo.bytes
    done = demo.run("jury", "assign")
    assert (done.code, demo.bytes) == (1, saved)
    assert "« Jury »" in done.err.replace("\u202f", " ")


@pytest.mark.slow
def test_rows_are_added_to_the_evaluations_of_who_types_there(ahead):
    _, record = assigned(ahead, "--dry-run")
    juror = record["pairs"][0]["juror"]
    numbers = [pair["dossier"] for pair in record["pairs"] if pair["juror"] == juror]
    done, _ = assigned(ahead, "--rows", juror.upper())
    assert f"{len(numbers)} lignes ajoutées dans Évaluations." in done.err
    rows = Robot(ahead).tab("Évaluations").rows
    assert [(row["N° de dossier"], row["E-mail du juré"]) for row in rows] == [(number, juror) for number in numbers]
    saved = ahead.bytes
    assert assigned(ahead, "--rows", juror)[0].code == 0
    assert ahead.bytes == saved


@pytest.mark.slow
def test_what_cannot_be_is_told_and_nothing_is_written(ahead):
    ahead.set_config("[jury]\nreads = 4", "[jury]\nreads = 12")
    saved = ahead.bytes
    done, record = assigned(ahead)
    assert (done.code, ahead.bytes) == (1, saved)
    assert record["relaxed"][0].startswith("le maximum de ")
    assert record["relaxed"][-1].startswith("En tout, il faut 312 lectures")
    assert record["pairs"]
    assert "Le moins qu’il faille relâcher" in done.err
    done = ahead.run("jury", "assign", "--dry-run")
    assert (done.code, ahead.bytes) == (1, saved)
    assert done.out.startswith("Dossier")  # the pairs that would be left, as no cell would change


def test_wrong_uses_are_refused_with_the_remedy(demo):
    done = demo.run("jury", "assign", "--rows", "personne@exemple.invalid")
    assert done.code == 1
    assert "« personne@exemple.invalid » n’est pas dans l’onglet Jury." in done.err.replace("\u202f", " ")
    assert demo.run("jury", "assign", "--force").code == 2


@pytest.mark.slow
def test_a_tab_of_people_s_of_that_name_is_not_taken(demo):
    edit(demo.workbook, "rename_tab", tab="Paramètres", to=TAB)
    saved = demo.bytes
    done = demo.run("jury", "assign")
    assert (done.code, demo.bytes) == (1, saved)
    assert "Affectations" in done.err
    assert demo.run("sync").code == 0


@pytest.mark.slow
@pytest.mark.on_a_file
def test_it_is_the_same_on_a_file(demo):
    before = people(demo.workbook)
    done, record = assigned(demo)
    assert done.code == 0, done.err
    assert [pair[:2] for pair in pairs(demo)] == [(entry["dossier"], entry["juror"]) for entry in record["pairs"]]
    assert before.lost(people(demo.workbook)) == []
    saved = demo.bytes
    assert assigned(demo)[0].code == 0
    assert demo.bytes == saved
    assert eig("--config", demo.config, "sync", "--dry-run", "--format", "json").code == 0


CHANGED = "cette répartition change les dossiers de"


@pytest.mark.slow
def test_who_has_a_page_is_named_when_their_dossiers_change(ahead):
    juror = "tess.vaucluse@exemple.invalid"
    assert assigned(ahead)[0].code == 0
    assert ahead.run("jury", "ballots", "--to", ahead.folder / "g", "--for", juror).code == 0
    assert CHANGED not in assigned(ahead)[0].err
    mine = [numero for numero, reader, _ in pairs(ahead) if reader == juror]
    row = next(row["row"] for row in Robot(ahead).tab("Jury").rows if row["E-mail"] == juror)
    type_in(ahead.workbook, "Jury", cell_of("jury", "deports", row), mine[0])
    for options, least in (((), True), (("--adjust",), False)):
        said = assigned(ahead, "--dry-run", *options)[0].err.replace("\u202f", " ")
        assert f"{CHANGED} Tess Vaucluse, dont la grille est déjà faite" in said
        assert "Relancez « eig-sheets jury ballots »" in said
        assert ("--adjust » change le moins possible" in said) is least


@pytest.mark.slow
def test_pages_that_showed_every_dossier_are_told_too(ahead):
    juror = "tess.vaucluse@exemple.invalid"
    assert ahead.run("jury", "ballots", "--to", ahead.folder / "g", "--for", juror).code == 0
    assert f"{CHANGED} Tess Vaucluse, dont" in assigned(ahead, "--dry-run")[0].err.replace("\u202f", " ")


@pytest.mark.slow
def test_a_deport_that_is_withdrawn_gives_a_dossier_back_to_who_had_noted_it(demo):
    assert assigned(demo)[0].code == 0
    before = pairs(demo)
    numero, juror = next((numero, juror) for numero, juror, status in before if status == "conservé")
    row = next(row["row"] for row in Robot(demo).tab("Jury").rows if row["E-mail"] == juror)
    cell = cell_of("jury", "deports", row)
    typed = Robot(demo).tab("Jury").rows[row - Robot(demo).tab("Jury").top - 1]["Déports"]
    type_in(demo.workbook, "Jury", cell, numero)
    assert assigned(demo, "--adjust")[0].code == 0
    assert (numero, juror) not in {pair[:2] for pair in pairs(demo)}
    type_in(demo.workbook, "Jury", cell, typed)
    assert assigned(demo, "--adjust")[0].code == 0
    assert {pair[:2] for pair in pairs(demo)} == {pair[:2] for pair in before}
