"""The jury of the demonstration at work: dossiers assigned, pages noted, as on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from eig_sheets import loading, sample
from eig_sheets.call.jury.assignments import assignments_of, recorded_assignments
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.sample.sources import settings, table
from tests.call.jury.pages.pages import PARIS, read_file
from tests.columns import CRITERIA
from tests.effort import spread
from tests.nightly import Table
from tests.program import Campaign, Outcome, eig
from tests.sample.support import raw, schema

NOTES = "Notes reçues"
ON_PAGES = ("hanae.belledonne", "malo.kerguelen", "tess.vaucluse")
ADDRESSES = {f"{name}@exemple.invalid" for name in ON_PAGES}
ON_A_PAGE = (*CRITERIA, "coup_de_coeur", "avis", "commentaire")


@dataclass(frozen=True)
class Demonstration(Campaign):
    """The demonstration of one day."""

    day: date = sample.DAY

    def on_its_day(self, *arguments: str | Path) -> Outcome:
        return self.run("--today", self.day.isoformat(), *arguments)

    @property
    def pages(self) -> Path:
        return self.folder / "grilles"

    @property
    def reading(self) -> Reading:
        return read(self.read(), loading.load(self.config))

    def rows(self, tab: str) -> list[dict[str, Any]]:
        stored = self.read().tab(tab)
        return Table(stored).rows if stored else []


def demonstration(folder: Path, day: date) -> Demonstration:
    done = eig("-q", "--today", day.isoformat(), "demo", folder)
    assert (done.code, done.err) == (0, "")
    return Demonstration(folder, day)


@pytest.fixture(scope="module")
def decided(tmp_path_factory) -> Demonstration:
    """That of the day when decisions are taken: not to be changed."""
    return demonstration(tmp_path_factory.mktemp("jury") / "demo", sample.DAY)


def in_the_story(day: date) -> dict[tuple[str, str], dict[str, Any]]:
    """What those who have a page say of each dossier by a day, as the story has it."""
    evaluations = raw("evaluations")
    theirs = evaluations[evaluations["jure"].isin(ADDRESSES)].to_dict("records")
    return {
        (row["jure"], str(row["numero"])): {name: row[name] for name in ON_A_PAGE if row[name] is not None}
        for row in theirs
        if row["evalue_le"].date() <= day
    }


def unchanged(made: Demonstration, *arguments: str | Path) -> bool:
    before = made.bytes
    return (made.on_its_day(*arguments).code, made.bytes) == (0, before)


def ranking(folder: Path) -> list[dict[str, Any]]:
    """All that `rank` says on the day of decisions, but how many reviews are expected."""
    listed = Campaign(folder).run("--today", sample.DAY.isoformat(), "rank", "--format", "json").records
    return [{key: value for key, value in row.items() if key != "reviews_expected"} for row in listed]


def check_pages(made: Demonstration) -> None:
    """Each has its juror's dossiers and what the story says of them, and the workbook has just that."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    pairs = assignments_of(made.reading)
    for path in sorted(made.pages.iterdir()):
        page = read_file(path.read_bytes())
        assert page.problems == ()
        assert [row.numero for row in page.rows] == pairs.loc[pairs["jure"] == page.juror, "numero"].tolist()
        said |= {(page.juror, row.numero): dict(row.values) for row in page.rows if row.values}
        saved = datetime.fromtimestamp(path.stat().st_mtime, PARIS).date()
        assert saved <= made.day or not any(page.juror == juror for juror, _ in said)
    dossiers = made.reading.valid_rows("candidatures")
    gone = {*dossiers.loc[dossiers["decision"] == WITHDRAWN, "numero"]}  # on no page that is made since then
    assert said == {pair: values for pair, values in in_the_story(made.day).items() if pair[1] not in gone}
    notes = made.rows(NOTES)
    assert {(row["E-mail du juré"], row["N° de dossier"]) for row in notes} == {*said}
    assert all(row["Évalué le"].date() <= made.day and row["Évalué le"].time() == time(18, 30) for row in notes)
    assert not ADDRESSES & {*made.reading.tables["evaluations"].frame["jure"]}


def check_tabs(made: Demonstration) -> None:
    """Every pair that is recorded holds."""
    reading = made.reading
    assert len(assignments_of(reading)) == len(recorded_assignments(reading)) > 100


def check_quiet(made: Demonstration) -> None:
    """What was done once is done: each command again writes nothing."""
    assert unchanged(made, "sync")
    assert unchanged(made, "jury", "collect", made.pages)
    ballots = ("jury", "ballots", "--for", next(iter(ADDRESSES)), "--to", made.pages)
    assert made.run(*ballots).code == 0  # the pages that the demonstration made itself are recorded the first time
    assert unchanged(made, *ballots)


def test_those_who_have_a_page_are_jurors():
    assert {*settings("story.toml")["on_pages"]} < {juror["nom"] for juror in table("jurors.csv")}
    assert {*sample.page_answers(schema())} == ADDRESSES


@pytest.mark.parametrize("day", [date(2021, 4, 20), date(2021, 4, 30), date(2021, 5, 6)], ids=str)
def test_pages_and_rows_together_are_the_story(day: date):
    [typed] = [sheet for sheet in sample.sheets(schema(), day=day, on_pages=True) if sheet.id == "evaluations"]
    [whole] = [sheet for sheet in sample.sheets(schema(), day=day) if sheet.id == "evaluations"]
    place = [field.id for field in schema().tab("evaluations").fields].index("jure")
    assert typed.rows == tuple(row for row in whole.rows if row[place] not in ADDRESSES)
    answers = sample.page_answers(schema(), day=day)
    said_on_pages = {
        (juror, numero): said for juror, answer in answers.items() if answer for numero, said in answer.answers.items()
    }
    assert said_on_pages == in_the_story(day)
    assert all(answer is None or answer.saved.date() <= day for answer in answers.values())


@pytest.mark.slow
def test_on_the_day_of_decisions_pages_are_noted_and_collected(decided):
    assert len(in_the_story(decided.day)) == 16
    check_pages(decided)


@pytest.mark.slow
def test_the_tabs_of_the_jury_hold(decided):
    check_tabs(decided)


@pytest.mark.slow
def test_a_second_run_of_each_command_writes_nothing(decided):
    check_quiet(decided)


@pytest.mark.slow
def test_the_ranking_is_that_of_evaluations_that_were_all_typed(decided, finished_demo):
    assert ranking(decided.folder) == ranking(finished_demo)


@pytest.mark.slow
def test_no_pair_changes_with_an_adjustment(decided):
    done = decided.on_its_day("jury", "assign", "--adjust", "--dry-run", "--format", "json").object
    assert {(one["dossier"], one["juror"]) for one in done["pairs"]} == {
        (assignment.numero, assignment.jure) for assignment in recorded_assignments(decided.reading)
    }


OTHER_DAYS = [date(2021, 4, 22), date(2021, 4, 26), date(2021, 4, 30), date(2021, 7, 1), date(2021, 12, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("day", spread(3, OTHER_DAYS), ids=str)
def test_the_jury_at_work_on_any_day(day: date, tmp_path):
    made = demonstration(tmp_path / "demo", day)
    check_pages(made)
    check_tabs(made)
    check_quiet(made)


@pytest.mark.slow
def test_before_the_screening_the_jury_does_not_work(tmp_path):
    made = demonstration(tmp_path / "demo", date(2021, 2, 10))
    assert not made.pages.exists()
    assert [tab for tab in (NOTES, "Affectations") if made.rows(tab)] == []


@pytest.mark.slow
def test_a_page_that_is_changed_today_is_told_to_be_late(tmp_path):
    made = demonstration(tmp_path / "demo", sample.DAY)
    page, before = made.pages / "grille-tess-vaucluse.xlsx", made.rows(NOTES)
    book = openpyxl.load_workbook(page)  # stamps the moment at which it saves
    noted = next(cell for row in book.worksheets[0].iter_rows(max_col=2) for cell in row if cell.value == 3.5)
    noted.value = 1
    book.save(page)
    done = made.on_its_day("jury", "collect", made.pages)
    assert "a changé sa page après la clôture du jury" in done.err
    assert [row["Version tardive"] is not None for row in made.rows(NOTES)].count(True) == 1
    assert [{**row, "Version tardive": None, "Empreinte": None} for row in made.rows(NOTES)] == [
        {**row, "Empreinte": None} for row in before
    ]
