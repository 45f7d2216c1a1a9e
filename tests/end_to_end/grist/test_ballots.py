"""`jury ballots` in a Grist document: jurors write there, each in rows of their own, of dossiers that may be theirs."""

from __future__ import annotations

import json

import pytest

from tests.end_to_end.grist.support import Team
from tests.grist_server import JUROR


def given(team: Team, *options: str) -> dict[str, int]:
    """How many rows each juror was given."""
    outcome = team.run("jury", "ballots", "--format", "json", *options)
    assert outcome.code == 0, outcome.err
    return {one["juror"]: one["rows"] for one in json.loads(outcome.out)["ballots"]}


def pairs(team: Team) -> list[tuple[str, str]]:
    tab = next(tab for tab in team.read().tabs if tab.name == "Évaluations")
    numero, juror = (tab.rows[0].index(label) for label in ("N° de dossier", "E-mail du juré"))
    return [(str(row[numero]), str(row[juror])) for row in tab.rows[1:] if row[numero] is not None]


@pytest.mark.slow
def test_a_juror_gets_the_rows_that_they_lack_and_sees_these_alone(team: Team):
    if JUROR not in team.server.keys:
        pytest.skip(f"{JUROR} is no user of this server")
    before = pairs(team)
    body = {"delta": {"users": {JUROR: "editors"}}}
    team.server.ask(f"docs/{team.document}/access", body, method="PATCH")
    jurors = team.table("Jury")
    labels = {column.label: column.id for column in jurors.columns}
    recused = before[0][0]
    cells = {labels["Nom"]: "Jo Nouvelle", labels["E-mail"]: JUROR, labels["Déports"]: recused}
    team.act(["AddRecord", jurors.id, None, cells])
    version = team.now_version
    planned = given(team, "--dry-run")
    assert (planned[JUROR] > 0, team.now_version) == (True, version)
    assert given(team) == planned
    after = pairs(team)
    assert after[: len(before)] == before
    mine = [numero for numero, juror in after if juror == JUROR]
    assert (len(mine), recused in mine, len({*mine})) == (planned[JUROR], False, planned[JUROR])
    assert set(given(team).values()) == {0}
    table = team.table("Évaluations")
    address = next(column.id for column in table.columns if column.label == "E-mail du juré")
    seen = team.server.ask(f"docs/{team.document}/tables/{table.id}/records", who=JUROR)["records"]
    assert {record["fields"][address] for record in seen} == {JUROR}
    assert len(seen) == planned[JUROR]
