"""What people do to tables and columns, the robot's own included: it takes nothing of theirs, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from tests.end_to_end.grist.support import Team
from tests.end_to_end.grist.test_campaign import shown_ranks
from tests.grist_server import JUROR, GristServer
from tests.program import copied_config

OURS = [["AddRecord", "Mes_notes", None, {"a": "mon travail"}]]


def made(title: str) -> list[object]:
    return ["AddTable", title, [{"id": "a", "type": "Text", "isFormula": False}]]


@pytest.mark.slow
def test_a_new_table_that_has_the_number_of_a_deleted_one_of_the_robot_s_is_people_s(team: Team):
    last = max(team.now.tables, key=lambda table: table.ref)
    assert last.ref in {mark.ref for mark in team.now.marks if mark.robot}
    team.act(["RemoveTable", last.id], made("Mes notes"), *OURS)
    assert team.table("Mes notes").ref == last.ref
    team.type_in("Évaluations", 80, "Définition", 1)
    assert team.run("sync").code == 0
    assert team.table("Mes notes").cells["a"] == ("mon travail",)
    assert team.table(last.title).row_ids


@pytest.mark.slow
def test_a_table_of_people_with_the_title_of_the_robot_s_stays_theirs(team: Team):
    team.act(made("Classement"), ["AddRecord", "Classement2", None, {"a": "mon travail"}])
    page = next(table.page for table in team.now.tables if table.id == "Classement2")
    assert page is not None
    team.act(["UpdateRecord", "_grist_Pages", page.row_id, {"pagePos": 0.1}])
    team.type_in("Évaluations", 80, "Définition", 1)
    done = team.run("sync")
    assert done.code == 0, done.err
    assert team.table("Classement (Classement2)").cells["a"] == ("mon travail",)


@pytest.mark.slow
def test_numbers_that_init_adds_to_rows_of_people_s_are_blank_and_decide_nothing(grist: GristServer, tmp_path: Path):
    copied_config(tmp_path / "config")
    team = Team(tmp_path, grist, grist.new_document())
    columns = [{"id": id_, "label": label, "type": "Text"} for id_, label in (("n", "N° de dossier"), ("p", "Projet"))]
    team.act(["AddTable", "Candidatures", columns])
    team.act(["BulkAddRecord", "Candidatures", [None, None], {"n": ["1001", "1002"], "p": ["Phare", "Bouée"]}])
    assert team.run("init").code == 0
    table = team.table("Candidatures")
    amount = next(column for column in table.columns if column.label == "Nombre d’EIG demandés")
    assert (amount.type, amount.is_formula, table.cells[amount.id]) == ("Numeric", False, (None, None))
    assert team.run("sync").code == 0
    assert [one["message"] for one in team.run("check", "--format", "json").records if one["dossier"]] == []
    team.type_in("Candidatures", 0, amount.label, 3)
    team.act(["AddRecord", "Candidatures", None, {"n": "1003"}])
    assert team.table("Candidatures").cells[amount.id] == (3, None, None)


@pytest.mark.slow
def test_a_table_of_runs_that_was_deleted_is_made_and_protected_again(team: Team):
    team.act(["RemoveTable", "EIG_Executions"])
    team.type_in("Évaluations", 80, "Définition", 1)
    done = team.run("sync")
    assert (done.code, team.now.run) == (0, 1), done.err
    assert [rule.table for rule in team.now.rules].count("EIG_Executions") == 1


@pytest.mark.slow
@pytest.mark.parametrize("title", ["Classement", "Éligibilité"])
def test_what_a_table_that_people_delete_shows_elsewhere_is_shown_again_by_the_next_run(title, team: Team):
    before = team.read().tab("Candidatures").rows
    team.act(["RemoveTable", team.table(title).id])
    assert team.run("sync").code == 0
    assert team.read().tab("Candidatures").rows == before


RENAMES = {
    "the table of marks": ["RenameTable", "EIG_Robot", "Repères"],
    "a column of marks": ["RenameColumn", "EIG_Robot", "repere", "nom"],
    "the table of runs": ["RenameTable", "EIG_Executions", "Passages"],
    "a column of runs": ["RenameColumn", "EIG_Executions", "jeton", "nom"],
}


@pytest.mark.slow
@pytest.mark.parametrize("what", [*RENAMES])
def test_a_service_table_that_was_renamed_stops_the_run_with_the_remedy(what, team: Team):
    team.act(RENAMES[what])
    version = team.now_version
    done = team.run("sync")
    assert (done.code, team.now_version) == (1, version)
    assert "table de service EIG_" in done.err
    assert "rendez-lui ses noms" in done.err


@pytest.mark.slow
def test_only_the_robot_may_change_what_it_takes_for_its_own(team: Team):
    if JUROR not in team.server.keys:
        pytest.skip("This server has no other accounts.")
    for action in (
        ["UpdateRecord", "EIG_Robot", team.now.marks[0].row_id, {"robot": True}],
        ["RemoveRecord", "EIG_Executions", team.now.run],
    ):
        answer = requests.post(
            f"{team.server.url}/api/docs/{team.document}/apply", json=[action], timeout=60,
            headers={"Authorization": f"Bearer {team.server.keys[JUROR]}"},
        )  # fmt: skip
        assert (answer.status_code, "access rules" in answer.text) == (403, True)


@pytest.mark.slow
def test_a_key_column_of_references_or_numbers_is_read_as_it_is_shown(team: Team):
    dossiers, scored = team.table("Candidatures"), team.table("Évaluations")
    number = next(column for column in dossiers.columns if column.label == "N° de dossier")
    reference = next(column for column in scored.columns if column.label == "N° de dossier")
    rows = dict(zip(dossiers.cells[number.id], dossiers.row_ids, strict=True))
    before = team.run("rank", "--format", "json").out
    known = [rows.get(text, text) for text in scored.cells[reference.id]]
    team.act(
        ["ModifyColumn", scored.id, reference.id, {"type": "Ref:Candidatures", "visibleCol": number.ref}],
        ["SetDisplayFormula", scored.id, None, reference.ref, f"${reference.id}.{number.id}"],
        ["BulkUpdateRecord", scored.id, [*scored.row_ids], {reference.id: known}],
    )
    assert team.run("rank", "--format", "json").out == before
    team.act(["ModifyColumn", dossiers.id, number.id, {"type": "Int"}])
    assert team.run("rank", "--format", "json").out == before


@pytest.mark.slow
def test_a_document_of_an_older_version_is_refused_and_what_the_sentence_says_puts_it_right(team: Team):
    ranks, titled = shown_ranks(team), team.now.tables
    team.act(["RenameColumn", "EIG_Robot", "table_ref", "ref"], ["RemoveColumn", "EIG_Robot", "col_ref"])
    done = team.run("sync")
    assert (done.code, "version plus ancienne de l’outil" in done.err) == (1, True)
    robots = [*schema_of(loading.load(team.config)).robot_tabs.values()]
    tables = ["EIG_Robot", *(table.id for table in titled if table.title in robots)]
    team.act(*(["RemoveTable", table] for table in tables))
    for command in ("init", "sync"):
        done = team.run(command)
        assert done.code == 0, done.err
    assert shown_ranks(team) == ranks
