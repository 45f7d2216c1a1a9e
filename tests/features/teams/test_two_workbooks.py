"""Teams when candidates have a workbook of their own: proposed there, from the projects of the other."""

import json

import pytest

from tests.columns import cell_of
from tests.effort import slow
from tests.in_memory import keep, storage_at
from tests.team_call import PROJECTS, REVIEWS, TALENTS
from tests.two_workbooks import REVEALED, Pair, stored, write_settings
from tests.workbook.snapshots import JURORS

TAB = "Équipes proposées"


@pytest.fixture
def pair(tmp_path):
    write_settings(tmp_path / "appel")
    made = Pair(tmp_path / "appel")
    settings = made.settings
    keep(
        made.workbook, stored(settings, {"candidatures": PROJECTS, "jury": JURORS, "evaluations": [], "parametres": []})
    )
    people = {"talents": TALENTS, "jury": JURORS, "evaluations_talents": REVIEWS}
    keep(made.talents, stored(settings.for_talents(), people))
    assert made.run("--today", REVEALED, "init").code == 0
    return made


@pytest.mark.slow
@pytest.mark.parametrize("which", [(), *slow((("--talents",),))])
def test_teams_are_proposed_in_the_candidates_workbook(pair, which):
    saves = storage_at(pair.workbook).saves
    done = pair.run("--today", REVEALED, *which, "teams", "propose", "--format", "json")
    assert done.code == 0, done.err
    teams = {one["dossier"]: [each["candidate"] for each in one["talents"]] for one in json.loads(done.out)["teams"]}
    assert teams == {"101": ["T1", "T2"], "102": ["T3", "T4"]}
    assert (pair.tab(pair.workbook, TAB), storage_at(pair.workbook).saves) == (None, saves)
    rows = pair.tab(pair.talents, TAB).rows
    assert [(one["Nom du projet"], one["Candidat"]) for one in rows][:2] == [
        ("Projet 101", "Prénom-T1 Nom-T1"),
        ("Projet 101", "Prénom-T2 Nom-T2"),
    ]
    assert pair.sync().code == 0
    assert [one["N° de candidature"] for one in pair.tab(pair.talents, TAB).rows] == [
        one["N° de candidature"] for one in rows
    ]
    before = pair.saves
    assert pair.sync().code == 0
    assert pair.saves == before


@pytest.mark.slow
def test_a_project_that_is_no_laureate_any_more_is_told_there(pair):
    pair.run("--today", REVEALED, "teams", "propose")
    pair.type_in(pair.workbook, "candidatures", "decision", 1, "Désisté")
    assert pair.sync().code == 0
    told = [one for one in pair.tab(pair.talents, "Anomalies").rows if "l’équipe ne tient plus" in str(one)]
    assert [one["Onglet"] for one in told] == [TAB, TAB]
    assert "équipe ne tient plus" not in str(pair.tab(pair.workbook, "Anomalies").rows)


@pytest.mark.parametrize("options", [(), ("--talents",)], ids=["from the projects'", "from the candidates'"])
def test_a_metier_that_is_a_slip_in_the_projects_workbook_is_named(pair, options):
    pair.type_in(pair.workbook, "candidatures", "profils", 0, "Déevloppeur")
    done = pair.run("--today", REVEALED, *options, "teams", "propose", "--dry-run")
    assert f"Candidatures!{cell_of('candidatures', 'profils', 2)}" in done.err
