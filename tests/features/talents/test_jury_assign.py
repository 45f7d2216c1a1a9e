"""`--talents jury assign`: the candidates of the one workbook, or of their own; what syncs keep; what is refused."""

from __future__ import annotations

import json

import pytest

from eig_sheets.features.talents.assigned import NAME
from tests.columns import cell_of
from tests.in_memory import keep, storage_at
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.spreadsheet.xlsx_desk import edit
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called, campaign_of
from tests.two_workbooks import REVEALED, Pair, stored, write_settings
from tests.workbook.snapshots import JURORS

pytestmark = pytest.mark.in_memory

DAY = ("--today", REVEALED)
ASSIGN = (*DAY, "--talents", "jury", "assign")


@pytest.fixture
def campaign(tmp_path):
    """One workbook that has projects and candidates, each of whom two of three jurors note."""
    made = campaign_of(tmp_path, called())
    made.set_config("[jury.talents]\nreads = 3", "[jury.talents]\nreads = 2")
    assert made.run(*DAY, "init").code == 0
    return made


@pytest.fixture
def pair(tmp_path):
    """The same call in two workbooks; the jury of the projects is another."""
    write_settings(tmp_path / "appel")
    made = Pair(tmp_path / "appel")
    projects = {"candidatures": PROJECTS, "jury": JURORS[:1], "evaluations": [], "parametres": []}
    keep(made.workbook, stored(made.settings, projects))
    candidates = {"talents": TALENTS, "jury": JURORS, "evaluations_talents": REVIEWS}
    keep(made.talents, stored(made.settings.for_talents(), candidates))
    assert made.run(*DAY, "init").code == 0
    return made


def pairs(campaign):
    rows = Robot(campaign).tab(NAME).rows
    return [(row["N° de candidature"], row["E-mail du juré"], row["Statut"]) for row in rows]


def assigned(campaign, *options):
    done = campaign.run(*ASSIGN, "--format", "json", *options)
    return done, json.loads(done.out)


@pytest.mark.slow
def test_it_writes_the_tab_then_nothing_and_sync_keeps_it(campaign):
    before = people(campaign.workbook)
    done, record = assigned(campaign)
    assert done.code == 0, done.err
    assert (record["optimal"], record["gap"], record["relaxed"]) == (True, 0, [])
    assert [[*entry] for entry in record["pairs"][:1]] == [["candidate", "juror", "kept", "locked"]]
    words = {(True, False): "conservé", (False, False): "affecté"}
    told = [(entry["candidate"], entry["juror"], words[entry["kept"], entry["locked"]]) for entry in record["pairs"]]
    assert pairs(campaign) == told
    assert {number: status for number, _, status in told if status == "conservé"}.keys() == {
        candidate["candidature"] for candidate in TALENTS
    }
    assert before.lost(people(campaign.workbook)) == []
    assert "6 candidats et 3 jurés : 12 évaluations" in done.err.replace("\u202f", " ")
    saved = campaign.bytes
    assert (assigned(campaign)[0].code, assigned(campaign, "--adjust")[0].code, campaign.bytes) == (0, 0, saved)
    assert campaign.run(*DAY, "sync").code == 0
    assert pairs(campaign) == told
    saved = campaign.bytes
    assert (campaign.run(*DAY, "sync").code, campaign.bytes) == (0, saved)


@pytest.mark.slow
def test_dossiers_are_assigned_apart(campaign):
    campaign.run(*ASSIGN)
    before = pairs(campaign)
    assert campaign.run(*DAY, "jury", "assign", "--dry-run").code == 1  # their three jurors are too few
    assert pairs(campaign) == before
    assert Robot(campaign).read().tab("Affectations") is None


@pytest.mark.slow
def test_a_dry_run_writes_nothing_and_tells_each_cell(campaign):
    saved = campaign.bytes
    done, record = assigned(campaign, "--dry-run")
    assert (done.code, campaign.bytes) == (0, saved)
    cells = [change for change in record["changes"] if change["tab"] == NAME]
    assert {change["new"] for change in cells} >= {entry["juror"] for entry in record["pairs"]}
    table = campaign.run(*ASSIGN).out
    assert "Prénom-T1 Nom-T1" in table


@pytest.mark.slow
def test_people_who_edit_the_tab_are_told_and_it_is_put_back(campaign):
    assigned(campaign)
    assert campaign.run(*DAY, "sync").code == 0
    before, tab = pairs(campaign), Robot(campaign).tab(NAME)
    type_in(
        campaign.workbook, NAME, tab.cell("E-mail du juré", tab.rows[0]["N° de candidature"]), "moi@exemple.invalid"
    )
    edit(campaign.workbook, "delete_row", tab=NAME, at=tab.top + 4)
    assert campaign.run(*DAY, "sync").code == 0
    assert pairs(campaign) == before
    told = [row for row in Robot(campaign).tab("Anomalies").rows if row["Onglet"] == NAME]
    assert any("moi@exemple.invalid" in str(record) for record in told)


@pytest.mark.slow
def test_what_is_expected_is_told_of_each_candidate(campaign):
    done = campaign.run(*DAY, "rank", "--talents", "--format", "json")
    assert {record["reviews_expected"] for record in done.records} == {None}
    assigned(campaign)
    done = campaign.run(*DAY, "rank", "--talents", "--format", "json")
    assert {record["reviews_expected"] for record in done.records} == {2}


@pytest.mark.slow
def test_rows_are_added_for_who_types(campaign):
    done, record = assigned(campaign, "--rows", "CHLOE@jury.example")
    mine = [entry["candidate"] for entry in record["pairs"] if entry["juror"] == "chloe@jury.example"]
    assert f"{len(mine)} lignes ajoutées dans Évaluations talents." in done.err
    rows = Robot(campaign).tab("Évaluations talents").rows
    assert [row["N° de candidature"] for row in rows if row["E-mail du juré"] == "chloe@jury.example"] == mine
    saved = campaign.bytes
    assert (assigned(campaign, "--rows", "chloe@jury.example")[0].code, campaign.bytes) == (0, saved)


def test_what_cannot_be_is_told_and_nothing_is_written(campaign):
    campaign.set_config("[jury.talents]\nreads = 2", "[jury.talents]\nreads = 4")
    saved = campaign.bytes
    done, record = assigned(campaign)
    assert (done.code, campaign.bytes) == (1, saved)
    assert record["relaxed"][0].replace("\u202f", " ") == (
        "le candidat T1 : 3 évaluations au lieu de 4 (3 lecteurs possibles sans déport)."
    )
    assert "Le moins qu’il faille relâcher" in done.err


@pytest.mark.slow
def test_in_two_workbooks_it_is_of_the_candidates_one_and_their_jury(pair):
    pair.set_config("[jury.talents]\nreads = 3", "[jury.talents]\nreads = 2")
    saves = storage_at(pair.workbook).saves
    done = pair.run(*ASSIGN, "--format", "json")
    assert done.code == 0, done.err
    rows = pair.tab(pair.talents, NAME).rows
    told = {(record["candidate"], record["juror"]) for record in json.loads(done.out)["pairs"]}
    assert {(row["N° de candidature"], row["E-mail du juré"]) for row in rows} == told
    assert (pair.tab(pair.workbook, NAME), storage_at(pair.workbook).saves) == (None, saves)
    for _ in range(2):
        assert pair.sync().code == 0
    before = pair.saves
    assert (pair.sync().code, pair.run(*ASSIGN).code, pair.run(*ASSIGN, "--adjust").code) == (0, 0, 0)
    assert pair.saves == before
    assert {
        candidate["reviews_expected"] for candidate in pair.run("rank", "--talents", "--format", "json").records
    } == {2}


def test_what_is_of_dossiers_alone_says_what_to_do_instead(campaign, pair):
    for made in (campaign, pair):
        done = made.run("--talents", "jury", "status", "--by", "dossier")
        assert (done.code, done.out) == (2, "")
        assert "candidat" in done.err


@pytest.mark.slow
def test_nobody_to_note_and_no_tab_are_refused_with_the_remedy(campaign):
    for row in range(2, 2 + len(TALENTS)):
        tab = Robot(campaign).tab("Talents")
        type_in(campaign.workbook, "Talents", tab.cell("Statut", tab.rows[row - 2]["N° de candidature"]), "Non retenu")
        type_in(campaign.workbook, "Évaluations talents", cell_of("evaluations_talents", "candidature", row), None)
    done = campaign.run(*ASSIGN)
    assert (done.code, "saisissez « Présélectionné »" in done.err.replace("\u202f", " ")) == (1, True)
    campaign.use_tabs("suivi", "livrables", "parametres")
    done = campaign.run(*ASSIGN)
    assert (done.code, "ajoutez-les à workbook.people_tabs" in done.err) == (1, True)
