"""Rules that people wrote before the robot came: they stay, and open nothing to who is not named."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.end_to_end.grist.support import Team
from tests.grist_server import COLLEAGUE, JUROR, OFFICER, GristServer
from tests.program import copied_config

EDITORS = "user.Access in [EDITOR, OWNER]"
COLUMNS = ("Decision", "Preselection")


def resource(number: int, table: str, columns: str) -> list[Any]:
    return ["AddRecord", "_grist_ACLResources", -number, {"tableId": table, "colIds": columns}]


def rule(number: int, formula: str, permissions: str, memo: str) -> list[Any]:
    cells = {"resource": -number, "aclFormula": formula, "permissionsText": permissions, "memo": memo}
    return ["AddRecord", "_grist_ACLRules", None, cells]


THEIRS = [
    resource(1, "*", "*"), rule(1, EDITORS, "all", "Les éditeurs"), rule(1, "", "none", "Personne d’autre"),
    resource(2, "Candidatures", ",".join(COLUMNS)), rule(2, "user.Email == 'chef@example.org'", "+U", "Le chef"),
    resource(3, "Classement", "*"), rule(3, EDITORS, "+U", "Tout corriger"), rule(3, "", "+R", "Lire"),
    resource(4, "Evaluations", "*"), rule(4, "", "+R", "Tout lire"),
]  # fmt: skip


@pytest.fixture
def ruled(grist: GristServer, tmp_path) -> Team:
    """A document whose tables and rules a team made by hand, before `init`."""
    copied_config(tmp_path / "campaign" / "config")
    team = Team(tmp_path / "campaign", grist, grist.new_document())
    text = team.config.read_text(encoding="utf-8")
    team.config.write_text(text.replace("officers = []", f'officers = ["{OFFICER}"]'), encoding="utf-8")
    made = [
        ("Candidatures", ["N° de dossier", "Projet", "Décision", "Présélection"], ["Ndossier", "Projet", *COLUMNS]),
        ("Evaluations", [], []),
        ("Classement", [], []),
    ]
    for table, labels, ids in made:
        columns = [
            {"id": id_, "label": label, "type": "Text", "isFormula": False}
            for label, id_ in zip(labels, ids, strict=True)
        ]
        blank = [{"id": letter, "isFormula": True} for letter in "ABC"]
        team.act(["AddTable", table, columns or blank])
    section = next(one.raw_section for one in team.now.tables if one.id == "Evaluations")
    team.act(["UpdateRecord", "_grist_Views_section", section, {"title": "Évaluations"}], *THEIRS)
    return team


@pytest.mark.slow
def test_rules_that_people_wrote_stay_and_open_nothing(ruled: Team):
    theirs = [(rule.table, rule.columns, rule.formula, rule.permissions, rule.memo) for rule in ruled.now.rules]
    done = ruled.run("init")
    assert done.code == 0, done.err
    assert ruled.run("sync").code == 0
    rules = ruled.now.rules
    after = [(rule.table, rule.columns, rule.formula, rule.permissions, rule.memo) for rule in rules]
    assert [found for found in after if found in theirs] == theirs
    first = {rule.resource: rule for rule in reversed(rules) if rule.table}
    assert {rule.memo.startswith("eig-sheets") for rule in first.values()} == {True}
    for who in (COLLEAGUE, JUROR):
        for table in ("Candidatures", "Classement", "Evaluations"):
            assert status(ruled, table, who) == 403, (table, who)
    for table in ("Candidatures", "Classement", "Evaluations"):
        assert status(ruled, table, OFFICER) == 200
    codes = {one["code"] for one in ruled.run("check", "--format", "json").records}
    assert not codes & {"acces_ouvert", "acces_altere"}
    assert "Rien ne manque" in ruled.run("init").err


def status(team: Team, table: str, who: str) -> int:
    url = f"{team.server.url}/api/docs/{team.document}/tables/{table}/records"
    return requests.get(url, headers={"Authorization": f"Bearer {team.server.keys[who]}"}, timeout=60).status_code
