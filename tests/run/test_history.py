"""`history`: each run that changed something is there, what changed is told, and its ranking is computed again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from contextlib import closing
from datetime import date

import pytest

from eig_sheets import __version__, loading
from eig_sheets.call.report.minutes.view import minutes_of
from eig_sheets.call.report.sensitivity import digest
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import read
from eig_sheets.storage.history_store import HistoryStore
from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.said_of_people import names_in
from tests.storage.database_texts import text_of

pytestmark = pytest.mark.in_memory


def base_of(campaign):
    return campaign.folder / ".eig-sheets" / "historique.sqlite3"


def altered(campaign, statement, *values):
    with closing(sqlite3.connect(base_of(campaign))) as base:
        base.execute(statement, values)
        base.commit()


def score(campaign, value, row=5):
    type_in(campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", row), value)


def rename_jurors(campaign):
    """Addresses of jurors give way to pseudonyms, everywhere."""
    addresses = {}
    for tab, field, header in (("Jury", "email", "jury"), ("Évaluations", "jure", "evaluations")):
        table = Robot(campaign).tab(tab)
        for row in table.rows:
            address = row[next(name for name in table.headers if "mail" in name.lower())]
            if address:
                addresses.setdefault(address, f"jure-{len(addresses):02}@example.org")
                type_in(campaign.workbook, tab, cell_of(header, field, row["row"]), addresses[address])


@pytest.fixture
def two_runs(demo):
    """A campaign with two runs: between them, a juror changed a score."""
    score(demo, 1)
    assert demo.run("sync").code == 0
    score(demo, 4)
    assert demo.run("sync").code == 0
    return demo


@pytest.mark.slow
def test_each_run_that_changed_something_is_there_once(two_runs):
    assert two_runs.run("sync").code == 0
    records = two_runs.run("history", "--format", "json").records
    assert [[record["run"], record["command"], record["program"]] for record in records] == [
        [1, "sync", __version__],
        [2, "sync", __version__],
    ]
    assert all(record["changes"] > 0 for record in records)
    assert [*records[0]] == ["run", "at", "command", "changes", "program"]


@pytest.mark.slow
def test_people_read_when_each_run_was_in_french(two_runs):
    first = two_runs.run("history", "--format", "json").records[0]["at"]
    assert f"{first[8:10]}/{first[5:7]}/{first[:4]} {first[11:16]}" in two_runs.run("history").out


@pytest.mark.slow
def test_a_run_that_somebody_deleted_is_named(two_runs):
    """By the list, by the changes that go over it, and by who asks for it; what goes when its period ends is not."""
    score(two_runs, 2)
    assert two_runs.run("sync").code == 0
    assert two_runs.run("history").err == ""
    altered(two_runs, "DELETE FROM runs WHERE run = 2")
    for command in (["history"], ["history", "--format", "json"], ["history", "diff"], ["history", "diff", "1", "3"]):
        done = two_runs.run(*command)
        assert done.code == 0
        assert "L’exécution 2 n’est plus dans l’historique" in done.err.replace("\u202f", " ")
    assert "sans avoir été effacée à son échéance" in two_runs.run("history").err
    done = two_runs.run("history", "verify", "2")
    assert done.code == 1
    assert "L’exécution 2 n’est plus dans l’historique" in done.err.replace("\u202f", " ")
    store = HistoryStore(two_runs.folder / ".eig-sheets", str(two_runs.workbook))
    store.erase([1])
    assert "exécution 2 n’est plus" in two_runs.run("history").err
    assert "exécutions 1" not in two_runs.run("history").err
    altered(two_runs, "DELETE FROM runs")
    done = two_runs.run("history", "diff")
    assert (done.code, "Les exécutions 2 à 3 ne sont plus" in done.err.replace("\u202f", " ")) == (1, True)


@pytest.mark.slow
def test_what_changed_is_told_and_whose_row_it_is(two_runs):
    [note, *others] = two_runs.run("history", "diff", "--format", "json").records
    cell = cell_of("evaluations", "pertinence", 5)
    assert (note["kind"], note["from"], note["to"], note["cell"]) == ("note", 1, 4, f"Évaluations!{cell}")
    assert note["juror"] in {row["E-mail du juré"] for row in Robot(two_runs).tab("Évaluations").rows}
    ranks = [row for row in others if row["kind"] == "rang"]
    assert all(rank["from"] != rank["to"] and rank["why"] for rank in ranks)
    assert two_runs.run("history", "diff", "1", "2", "--format", "json").records == [note, *others]


@pytest.mark.slow
def test_the_journal_has_numbers_of_dossiers_and_no_name(two_runs):
    [newest, *_] = Robot(two_runs).tab("Journal").rows
    said = str(newest["Ce qui s’est passé"]).replace("\u202f", " ")
    number = Robot(two_runs).tab("Évaluations").row(5)["N° de dossier"]
    assert f"Depuis l’exécution 1 : 1 note modifiée après la clôture du jury ({number})" in said
    assert names_in(said) == []
    assert "@" not in said


@pytest.mark.slow
def test_a_run_is_computed_again_with_the_digest_that_the_minutes_quote(two_runs):
    reading = read(two_runs.read(), loading.load(two_runs.config))
    results = compute(reading)
    [verified] = two_runs.run("history", "verify", "2", "--format", "json").records
    assert (verified["run"], verified["program"], verified["different"]) == (2, __version__, [])
    assert verified["dossiers"] == len(results.of(SCORES).ranking)
    assert verified["digest"] == digest(results, reading.campaign)
    assert verified["digest"] == minutes_of(reading, results, date(2021, 5, 6)).digest
    [before] = two_runs.run("history", "verify", "1", "--format", "json").records
    assert before["digest"] != verified["digest"]


@pytest.mark.slow
def test_it_verifies_once_jurors_have_pseudonyms_in_the_workbook(two_runs):
    [before] = two_runs.run("history", "verify", "2", "--format", "json").records
    rename_jurors(two_runs)
    assert two_runs.run("history", "verify", "2", "--format", "json").records == [before]
    [note, *_] = two_runs.run("history", "diff", "--format", "json").records
    assert (note["juror"], note["cell"]) == (None, None)


@pytest.mark.slow
def test_another_version_says_so(two_runs):
    content = json.loads(_content(two_runs, 1)) | {"program": "0.0.9"}
    _replace(two_runs, 1, content)
    done = two_runs.run("history", "verify", "1")
    assert done.code == 1
    assert "la version 0.0.9 du programme" in done.err
    assert "Relancez avec la version 0.0.9" in done.err


@pytest.mark.slow
def test_what_another_version_kept_otherwise_stops_no_run_and_is_not_compared(two_runs):
    _replace(two_runs, 2, {"program": "0.0.9", "ranking": []})
    score(two_runs, 2)
    assert two_runs.run("sync").code == 0
    for command in (("diff",), ("diff", "1", "2"), ("verify", "2")):
        done = two_runs.run("history", *command)
        assert (done.code, "version" in done.err) == (1, True), command
    assert two_runs.run("history", "verify", "3").code == 0


@pytest.mark.slow
def test_a_rank_that_does_not_follow_is_seen(two_runs):
    content = json.loads(_content(two_runs, 1))
    content["ranking"][-1]["rank"] = 1
    _replace(two_runs, 1, content)
    done = two_runs.run("history", "verify", "1", "--format", "json")
    assert (done.code, done.records[0]["different"]) == (1, [content["ranking"][-1]["numero"]])


@pytest.mark.slow
def test_a_damaged_record_is_refused_and_hides_no_other(two_runs):
    own = "SELECT digest FROM runs WHERE run = 1 AND workbook = ?"
    altered(two_runs, f"UPDATE contents SET content = x'00' WHERE digest = ({own})", str(two_runs.workbook))
    done = two_runs.run("history", "verify", "1")
    assert (done.code, "ne prouve plus rien" in done.err) == (1, True)
    assert two_runs.run("history", "verify", "2").code == 0


@pytest.mark.slow
def test_what_is_not_there_is_said(two_runs):
    for arguments, said in (
        (("verify", "9"), "n’est pas dans l’historique"),
        (("diff", "2", "1"), "n’est pas avant"),
        (("diff", "1", "7"), "n’est pas dans l’historique"),
    ):
        done = two_runs.run("history", *arguments)
        assert (done.code, said in done.err) == (1, True)


def test_without_any_run(demo):
    before = base_of(demo).read_bytes()  # that of another workbook
    assert demo.run("history").out.startswith("Aucune exécution")
    assert demo.run("history", "diff").code == 1
    assert base_of(demo).read_bytes() == before


@pytest.mark.slow
def test_nothing_in_it_names_anybody(two_runs):
    text = text_of(base_of(two_runs))
    assert len(text) > 10_000
    assert "@" not in text
    assert names_in(text) == []
    known = {str(row["Commentaire"]) for row in Robot(two_runs).tab("Évaluations").rows if row["Commentaire"]}
    assert [comment for comment in known if comment in text] == []


@pytest.mark.slow
def test_a_run_that_was_stopped_before_it_was_recorded_is_recorded_by_the_next_one(two_runs):
    altered(two_runs, "DELETE FROM runs WHERE run = 2")  # as killed between the write and the record
    assert two_runs.run("sync").code == 0
    assert [recorded["run"] for recorded in two_runs.run("history", "--format", "json").records] == [1, 3]
    [note, *_] = two_runs.run("history", "diff", "--format", "json").records
    assert (note["from"], note["to"]) == (1, 4)


@pytest.mark.slow
def test_an_unusable_history_is_said_and_costs_no_result(two_runs):
    content = base_of(two_runs).read_bytes()
    base_of(two_runs).write_bytes(b"x" * len(content))
    score(two_runs, 2)
    done = two_runs.run("sync")
    assert (done.code, "historique.sqlite3 est inutilisable" in done.err) == (1, True)
    assert two_runs.run("sync", "--dry-run", "--format", "json").records == []
    base_of(two_runs).replace(two_runs.folder / "garde")
    assert two_runs.run("sync").code == 0
    copies_go_on_from = 3  # the copies of the workbook know of two runs: no number is given twice
    assert [recorded["run"] for recorded in two_runs.run("history", "--format", "json").records] == [copies_go_on_from]


def _content(campaign, number):
    return HistoryStore(campaign.state.folder, str(campaign.workbook)).content(number)


def _replace(campaign, number, content):
    """Another content in the place of a run's, under its own digest."""
    data = json.dumps(content).encode()
    mark = hashlib.sha256(data).hexdigest()
    altered(campaign, "INSERT INTO contents VALUES (?, ?, ?)", str(campaign.workbook), mark, zlib.compress(data))
    altered(campaign, "UPDATE runs SET digest = ? WHERE run = ?", mark, number)
