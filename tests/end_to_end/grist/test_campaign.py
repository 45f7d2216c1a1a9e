"""The demonstration on a real Grist server: the same results as on a file, and people's access to it."""

from __future__ import annotations

import pytest
import requests

from tests.end_to_end.grist.faulty_proxy import FaultyProxy
from tests.end_to_end.grist.support import Team, without_places
from tests.features.modules import modules_of_features
from tests.grist_server import JUROR, OFFICER, ROBOT
from tests.program import eig

RANKS = ("rank", "--format", "json")


@pytest.mark.parametrize("command", [RANKS, pytest.param(("cofinancing", "--format", "json"), marks=pytest.mark.slow)])
def test_the_results_are_those_of_the_same_campaign_on_a_file(command, finished_team, demo):
    assert without_places(finished_team.run(*command).out) == without_places(demo.run(*command).out)


def test_a_second_run_writes_nothing(finished_team):
    version = finished_team.now.version
    assert "Rien ne manque" in finished_team.run("init").err
    done = finished_team.run("sync")
    assert (done.code, finished_team.now.version) == (0, version)
    assert "Rien n’a changé" in done.err


def test_a_sync_reads_once_writes_once_and_keeps_the_widths_that_people_set(team: Team):
    ranking = team.table("Classement")
    fields = [row for section in ranking.sections for row, _ in section.fields.values()]
    widths = {"width": [301 + place for place, _ in enumerate(fields)]}
    team.act(["BulkUpdateRecord", "_grist_Views_section_field", fields, widths])
    team.type_in("Évaluations", 80, "Définition", 1)
    with FaultyProxy(team.server.url) as proxy:
        done = team.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert proxy.calls == ["GET download", "GET access", "POST apply"]
    now = team.table("Classement")
    assert now.cells != ranking.cells
    assert [width for section in now.sections for _, width in section.fields.values()] == widths["width"]


@pytest.mark.slow
def test_a_score_changes_the_ranking_and_the_column_beside_the_dossiers(team: Team):
    before = shown_ranks(team)
    for row, number in enumerate(team.column("Évaluations", "N° de dossier")):
        if number == "3713503":
            team.type_in("Évaluations", row, "Définition", 1)
    assert team.run("sync").code == 0
    ranks = {one["dossier"]: one["rank"] for one in team.run(*RANKS).records}
    assert shown_ranks(team) == {dossier: rank for dossier, rank in ranks.items() if rank is not None}
    assert shown_ranks(team) != before


def shown_ranks(team: Team) -> dict[str, float]:
    tab = team.read().tab("Candidatures")
    assert tab is not None
    headers = [str(header) for header in tab.rows[0]]
    number, rank = headers.index("N° de dossier"), headers.index("Rang")
    return {row[number]: row[rank] for row in tab.rows[1:] if row and isinstance(row[rank], float)}


@pytest.mark.slow
@pytest.mark.parametrize("who", [OFFICER, JUROR])
def test_people_cannot_write_in_the_robot_s_tables(who, team: Team):
    if who not in team.server.keys:
        pytest.skip("This server has no other accounts.")
    table = team.table("Classement")
    action = ["UpdateRecord", table.id, table.row_ids[0], {table.columns[0].id: 1}]
    answer = requests.post(
        f"{team.server.url}/api/docs/{team.document}/apply", json=[action], timeout=60,
        headers={"Authorization": f"Bearer {team.server.keys[who]}"},
    )  # fmt: skip
    assert (answer.status_code, "access rules" in answer.text) == (403, True)


@pytest.mark.slow
def test_a_juror_reads_and_writes_their_own_evaluations_alone(team: Team):
    if JUROR not in team.server.keys:
        pytest.skip("This server has no other accounts.")
    document = team.now
    jury, scored = (next(one for one in document.tables if one.title == title) for title in ("Jury", "Évaluations"))
    juror = jury.cells["Jury_E_mail"][0]
    addresses = zip(scored.row_ids, scored.cells["Evaluations_E_mail_du_jure"], strict=True)
    rows = [row_id for row_id, address in addresses if address == juror]
    team.act(
        ["UpdateRecord", jury.id, jury.row_ids[0], {"Jury_E_mail": JUROR}],
        ["BulkUpdateRecord", scored.id, rows, {"Evaluations_E_mail_du_jure": [JUROR] * len(rows)}],
    )
    assert team.run("sync").code in (0, 1)
    seen = team.server.ask(f"docs/{team.document}/tables/Evaluations/records", who=JUROR)["records"]
    assert {record["fields"]["Evaluations_E_mail_du_jure"] for record in seen} == {JUROR}
    team.act(["UpdateRecord", "Evaluations", seen[0]["id"], {"Evaluations_Definition": 2}], who=JUROR)
    for refused in (
        ["UpdateRecord", "Evaluations", seen[0]["id"], {"Evaluations_E_mail_du_jure": juror}],
        ["AddRecord", "Evaluations", None, {"Evaluations_E_mail_du_jure": juror, "Evaluations_Definition": 4}],
        ["RemoveRecord", "Evaluations", seen[0]["id"]],
    ):
        with pytest.raises(AssertionError, match="access rules"):
            team.act(refused, who=JUROR)
    with pytest.raises(AssertionError, match="access rules"):
        team.act(["AddVisibleColumn", "Evaluations", "mine", {"type": "Text"}], who=JUROR)
    for table in ("Candidatures", "Classement", "Jury"):
        with pytest.raises(AssertionError, match="access rules"):
            team.server.ask(f"docs/{team.document}/tables/{table}/records", who=JUROR)


@pytest.mark.slow
def test_the_demonstration_says_to_open_a_browser(team: Team):
    done = eig("demo", team.folder, env={"EIG_SHEETS_GRIST_KEY": team.server.keys[ROBOT]})
    assert done.code == 0, done.err
    assert "dans votre navigateur" in done.err
    assert "enregistrez, fermez" not in done.err


@pytest.mark.slow
def test_the_jury_of_a_demonstration_is_at_work(grist, tmp_path):
    env = {"EIG_SHEETS_GRIST_KEY": grist.keys[ROBOT]}
    folder = tmp_path / "demo"
    done = eig("demo", "--grist", f"{grist.url}/o/docs", folder, env=env)
    assert done.code == 0, done.err
    own = ("--config", folder / "config" / "campaign.toml", "--today", "2021-05-06")
    quiet = (command for module in modules_of_features("demonstration") for command in module.QUIET)
    for command in (("sync",), ("jury", "collect", folder / "grilles"), *quiet):
        again = eig(*own, *command, "--dry-run", "--format", "json", env=env)
        changes = again.records if command == ("sync",) else again.object["changes"]
        assert (again.code, changes) == (0, []), again.err
