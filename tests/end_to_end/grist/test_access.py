"""Who reads and changes what in a document that is closed, each with their own key."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.end_to_end.grist.support import Team
from tests.grist_server import ALONE, COLLEAGUE, JUROR, OFFICER, ROBOT, STRANGER

pytestmark = pytest.mark.slow


@pytest.fixture
def closed(team: Team) -> Team:
    """A document with an officer, a colleague of the team, a juror who has rows, and a stranger who may edit it."""
    if JUROR not in team.server.keys:
        pytest.skip(ALONE)
    listed(team, JUROR)
    team.name(officers=OFFICER.upper(), team=COLLEAGUE)
    done = team.run("jury", "ballots")
    assert done.code == 0, done.err
    return team


def listed(team: Team, address: str) -> None:
    jury = team.table("Jury")
    labels = {column.label: column.id for column in jury.columns}
    team.act(["AddRecord", jury.id, None, {labels["Nom"]: "Jo Nouvelle", labels["E-mail"]: address}])


def column(team: Team, title: str, label: str) -> str:
    return next(one.id for one in team.table(title).columns if one.label == label)


def seen(team: Team, title: str, who: str) -> list[dict[str, Any]] | int:
    """The cells of the rows that somebody sees of a table, or the status of the refusal."""
    answer = requests.get(
        f"{team.server.url}/api/docs/{team.document}/tables/{team.table(title).id}/records",
        headers={"Authorization": f"Bearer {team.server.keys[who]}"}, timeout=60,
    )  # fmt: skip
    return [one["fields"] for one in answer.json()["records"]] if answer.status_code == 200 else answer.status_code


def refused(team: Team, who: str, *actions: list[Any]) -> str:
    """What Grist says when somebody may not do this."""
    answer = requests.post(
        f"{team.server.url}/api/docs/{team.document}/apply", json=[*actions],
        headers={"Authorization": f"Bearer {team.server.keys[who]}"}, timeout=60,
    )  # fmt: skip
    assert answer.status_code != 200, answer.text
    return answer.text


TABLES = ("Candidatures", "Classement", "Évaluations", "Jury", "E-mails à envoyer", "Envois")


def test_who_is_named_reads_and_nobody_else(closed: Team):
    for title in TABLES:
        for who in (OFFICER, COLLEAGUE):
            assert isinstance(seen(closed, title, who), list), (title, who)
        assert seen(closed, title, STRANGER) == 403, title
        if title != "Évaluations":
            assert seen(closed, title, JUROR) == 403, title
    mine = seen(closed, "Évaluations", JUROR)
    address = column(closed, "Évaluations", "E-mail du juré")
    assert isinstance(mine, list)
    assert {row[address] for row in mine} == {JUROR}


@pytest.mark.parametrize("damage", [" {}", "{}\n", "\u00a0{}", "mailto:{}", "Jo <{}>", "{}; b@example.org", "{}\u200b"])
def test_a_damaged_address_opens_nothing(closed: Team, damage):
    jury = closed.table("Jury")
    email = column(closed, "Jury", "E-mail")
    row = jury.row_ids[jury.cells[email].index(JUROR)]
    closed.act(["UpdateRecord", jury.id, row, {email: damage.format(JUROR)}])
    assert seen(closed, "Évaluations", JUROR) == 403  # before the robot has looked again, too
    assert closed.run("sync").code in (0, 1)
    for title in TABLES:
        found = seen(closed, title, JUROR)
        assert found == 403 or title == "Évaluations", title
        address = column(closed, "Évaluations", "E-mail du juré")
        assert found == 403 or {one[address] for one in found} == {JUROR}


def test_a_juror_who_left_reads_nothing_at_once(closed: Team):
    jury = closed.table("Jury")
    row = jury.row_ids[jury.cells[column(closed, "Jury", "E-mail")].index(JUROR)]
    closed.act(["RemoveRecord", jury.id, row])
    assert {title: seen(closed, title, JUROR) for title in TABLES} == dict.fromkeys(TABLES, 403)
    assert closed.run("sync").code == 0
    assert {title: seen(closed, title, JUROR) for title in TABLES} == dict.fromkeys(TABLES, 403)


def test_an_officer_decides_and_others_do_not(closed: Team):
    dossiers, decision = closed.table("Candidatures"), column(closed, "Candidatures", "Décision")
    row = dossiers.row_ids[0]
    closed.act(["UpdateRecord", dossiers.id, row, {decision: "Liste d’attente"}], who=OFFICER)
    for who in (COLLEAGUE, JUROR, STRANGER):
        refused(closed, who, ["UpdateRecord", dossiers.id, row, {decision: "Lauréat"}])
        refused(closed, who, ["AddRecord", dossiers.id, None, {decision: "Lauréat"}])
        refused(closed, who, ["RemoveRecord", dossiers.id, row])
        refused(closed, who, ["ModifyColumn", dossiers.id, decision, {"isFormula": True, "formula": "'Lauréat'"}])
    refused(closed, OFFICER, ["ModifyColumn", dossiers.id, decision, {"isFormula": True, "formula": "'Lauréat'"}])
    project = column(closed, "Candidatures", "Nom du projet")
    closed.act(["UpdateRecord", dossiers.id, row, {project: "Corrigé"}], who=COLLEAGUE)


def test_the_robot_s_tables_are_the_robot_s(closed: Team):
    sent = closed.table("Envois")
    for who in (OFFICER, COLLEAGUE, JUROR, STRANGER):
        refused(closed, who, ["ModifyColumn", sent.id, sent.columns[0].id, {"isFormula": True, "formula": "''"}])
        refused(closed, who, ["RenameTable", "EIG_Executions", "Autre"])
        refused(closed, who, ["UpdateRecord", "EIG_Acces", 1, {"qualite": "responsable"}])
        refused(closed, who, ["AddRecord", "EIG_Acces", None, {"adresse": who, "qualite": "responsable"}])


def test_a_juror_notes_and_changes_no_number(closed: Team):
    table = closed.table("Évaluations")
    number, address = (column(closed, "Évaluations", label) for label in ("N° de dossier", "E-mail du juré"))
    row = table.row_ids[table.cells[address].index(JUROR)]
    comment = column(closed, "Évaluations", "Commentaire")
    closed.act(["UpdateRecord", table.id, row, {comment: "Bien"}], who=JUROR)
    refused(closed, JUROR, ["UpdateRecord", table.id, row, {number: "4512301"}])
    refused(closed, JUROR, ["UpdateRecord", table.id, row, {address: STRANGER}])
    refused(closed, JUROR, ["AddRecord", table.id, None, {number: "4512301", address: JUROR}])
    refused(closed, JUROR, ["RemoveRecord", table.id, row])


def test_rules_that_are_changed_are_put_back_and_said(closed: Team):
    rules = closed.now.rules
    closed.act(["RemoveRecord", "_grist_ACLRules", next(one.row_id for one in rules if "ne lit rien" in one.memo)])
    codes = {one["code"] for one in closed.run("check", "--format", "json").records}
    assert "acces_altere" in codes
    assert closed.run("sync").code in (0, 1)
    assert "acces_altere" not in {one["code"] for one in closed.run("check", "--format", "json").records}
    assert seen(closed, "Classement", STRANGER) == 403


def test_an_account_in_no_list_is_an_anomaly(closed: Team):
    closed.act(["UpdateRecord", "EIG_Acces", 1, {"qualite": "equipe"}])
    assert "compte_inconnu" in {one["code"] for one in closed.run("check", "--format", "json").records}


def test_a_second_sync_writes_nothing(closed: Team):
    assert closed.run("sync").code in (0, 1)
    version = closed.now_version
    assert closed.run("sync").code in (0, 1)
    assert closed.now_version - version <= 2  # the heartbeat


def test_an_open_document_invites_nobody_until_init(closed: Team):
    [access] = [row for row, said in zip(*marks(closed), strict=True) if str(said).startswith("acces ")]
    closed.act(["RemoveRecord", "EIG_Robot", access])
    assert "acces_ouvert" in {one["code"] for one in closed.run("check", "--format", "json").records}
    refusal = closed.run("jury", "ballots")
    assert (refusal.code, "n’est pas fermé" in refusal.err) == (1, True), refusal.err
    closing = closed.run("init")
    assert (closing.code, "Le lisent" in closing.err) == (0, True), closing.err
    assert "acces_ouvert" not in {one["code"] for one in closed.run("check", "--format", "json").records}
    assert seen(closed, "Classement", STRANGER) == 403


def marks(team: Team) -> tuple[list[int], list[str]]:
    rows = team.server.ask(f"docs/{team.document}/sql?q=SELECT id, repere FROM EIG_Robot")["records"]
    return [row["fields"]["id"] for row in rows], [row["fields"]["repere"] for row in rows]


def test_another_account_of_an_owner_takes_the_robot_s_place(closed: Team):
    body = {"delta": {"users": {STRANGER: "owners"}}}
    closed.server.ask(f"docs/{closed.document}/access", body, method="PATCH")
    closed.type_in("Évaluations", 80, "Définition", 1)
    done = closed.run("sync", env={"EIG_SHEETS_GRIST_KEY": closed.server.keys[STRANGER]})
    assert done.code == 0, done.err
    assert [row.address for row in closed.now.readers.rows if row.role == "robot"] == [STRANGER]
    refused(closed, OFFICER, ["UpdateRecord", closed.table("Classement").id, 1, {"manualSort": 9}])


def test_an_engine_that_a_refused_action_left_sick_is_reloaded(closed: Team):
    refused(closed, JUROR, ["AddRecord", "_grist_Tables", None, {"tableId": "Fuite"}])
    rows = closed.table("Candidatures").row_ids
    comment = {column(closed, "Candidatures", "Commentaire"): "X"}
    said = refused(closed, ROBOT, ["UpdateRecord", closed.table("Candidatures").id, rows[0], comment])
    assert "Sandbox" in said
    done = closed.run("sync")
    assert done.code in (0, 1), done.err
    closed.type_in("Évaluations", 80, "Définition", 1)
    assert closed.run("sync").code == 0
