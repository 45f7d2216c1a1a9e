"""`restore`: a computed tab goes back in its place, people's cells come beside, and nothing that is there is lost."""

from __future__ import annotations

import pytest

from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import people, type_in

pytestmark = pytest.mark.in_memory


def rows(campaign, tab):
    return [{key: value for key, value in row.items() if key != "row"} for row in Robot(campaign).tab(tab).rows]


def score(campaign, value):
    type_in(campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 5), value)


def names(campaign):
    return [tab.name for tab in campaign.read().tabs]


@pytest.fixture
def two_runs(demo):
    """A campaign with two runs: between them, a juror changed a score."""
    score(demo, 1)
    assert demo.run("sync").code == 0
    demo_first = rows(demo, "Classement"), rows(demo, "Candidatures")
    score(demo, 4)
    assert demo.run("sync").code == 0
    return demo, *demo_first


@pytest.mark.slow
def test_a_computed_tab_goes_back_in_its_place_until_the_next_sync(two_runs):
    demo, ranking, dossiers = two_runs
    before, last, tabs = people(demo.workbook), rows(demo, "Classement"), names(demo)
    assert last != ranking
    done = demo.run("restore", "classement", "--run", "1")
    assert (done.code, "jusqu’à" in done.err or "remettra à jour" in done.err) == (0, True)
    assert rows(demo, "Classement") == ranking
    assert [row["Rang"] for row in rows(demo, "Candidatures")] == [row["Rang"] for row in dossiers]
    assert names(demo) == tabs
    assert before.lost(people(demo.workbook)) == []
    again = demo.run("restore", "Classement", "--run", "1")
    assert "est déjà tel" in again.err.replace("\u202f", " ")
    assert demo.run("sync").code == 0
    assert rows(demo, "Classement") == last
    typed = [row for row in rows(demo, "Anomalies") if row["Code"] == "saisie_dans_onglet_robot"]
    assert typed == []
    assert "Rien n’a changé" in demo.run("sync").err


@pytest.mark.slow
def test_people_s_cells_come_beside_and_nothing_is_written_over(two_runs):
    demo, *_ = two_runs
    before = people(demo.workbook)
    for name in ("Évaluations – exécution 1", "Évaluations – exécution 1 (2)"):
        done = demo.run("restore", "Évaluations", "--run", "1")
        assert (done.code, name in done.err) == (0, True)
        restored = Robot(demo).tab(name)
        assert restored.row(5)["Pertinence du besoin"] == 1
        now = rows(demo, "Évaluations")
        assert [row["E-mail du juré"] for row in restored.rows] == [row["E-mail du juré"] for row in now]
    assert before.lost(people(demo.workbook)) == []
    assert demo.run("sync").code == 0
    assert "Rien n’a changé" in demo.run("sync").err
    assert names(demo)[-2:] == ["Évaluations – exécution 1", "Évaluations – exécution 1 (2)"]


@pytest.mark.slow
def test_a_register_of_the_robot_s_is_never_put_back(two_runs):
    demo, *_ = two_runs
    before = rows(demo, "Envois")
    assert demo.run("restore", "Envois", "--run", "1").code == 0
    assert rows(demo, "Envois") == before
    copied = rows(demo, "Envois – exécution 1")
    assert 0 < len(copied) <= len(before)


@pytest.mark.slow
def test_a_dry_run_writes_nothing(two_runs):
    demo, *_ = two_runs
    before = demo.bytes
    done = demo.run("restore", "Jury", "--run", "2", "--dry-run", "--format", "json")
    assert {record["tab"] for record in done.records} == {"Jury – exécution 2", "Journal"}
    assert demo.bytes == before


def test_what_was_not_kept_is_said(two_runs):
    demo, *_ = two_runs
    for arguments, said in (
        (("Classement", "--run", "9"), "Aucune copie du classeur n’est gardée de l’exécution 9"),
        (("Bidon", "--run", "1"), "n’avait pas d’onglet"),
    ):
        done = demo.run("restore", *arguments)
        assert (done.code, said in done.err.replace("\u202f", " ")) == (1, True)


@pytest.mark.slow
@pytest.mark.on_a_file
def test_on_a_file(two_runs):
    demo, ranking, _ = two_runs
    assert demo.run("restore", "Classement", "--run", "1").code == 0
    assert rows(demo, "Classement") == ranking
    assert demo.run("restore", "Évaluations", "--run", "1").code == 0
    assert Robot(demo).tab("Évaluations – exécution 1").row(5)["Pertinence du besoin"] == 1
    assert demo.run("sync").code == 0
    assert "Rien n’a changé" in demo.run("sync").err
