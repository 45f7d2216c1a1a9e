"""The grilles of the candidates' jury: what each juror sees, what comes back of them, and what is refused."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.features.talents.notes import NAME
from tests.in_memory import keep
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.team_call import CRITERIA, PROJECTS, TALENTS, called, campaign_of, heard, talent
from tests.two_workbooks import REVEALED, Pair, stored, write_settings
from tests.workbook.snapshots import JURORS, juror

pytestmark = pytest.mark.in_memory

DAY = ("--today", REVEALED)
PEOPLE = (
    *TALENTS[:3],
    talent(
        "T4", "Data scientist", "102", prenom="Maxence", nom="Orval", cv="https://example.org/cv.pdf", experience=4.0
    ),
)
FILES = ("grille-candidats-anna.xlsx", "grille-candidats-bob.xlsx", "grille-candidats-chloe.xlsx")


@pytest.fixture
def campaign(tmp_path):
    """One workbook: nobody noted, and Anna stands aside from T4."""
    jurors = [juror("anna", deports="T4"), *JURORS[1:]]
    snapshot = called(PEOPLE, reviews=[heard("T1", 12, name="bob")])
    tabs = {tab.name: tab for tab in snapshot.tabs}
    header = tabs["Jury"].rows[0].index("Déports")
    tabs["Jury"].rows[1][header] = jurors[0]["deports"]
    made = campaign_of(tmp_path, snapshot)
    assert made.run(*DAY, "init").code == 0
    return made


def made_pages(campaign, *options) -> Path:
    """The folder of the pages of all jurors."""
    folder = campaign.folder / "grilles"
    done = campaign.run(*DAY, "--talents", "jury", "ballots", "--to", folder, *options)
    assert done.code == 0, done.err
    return folder


def texts(path: Path) -> set[str]:
    """Every text of a page, hidden ones too."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {str(cell) for tab in book for row in tab.iter_rows(values_only=True) for cell in row if cell is not None}


def fill(path: Path, candidate: str, moment: str = "2021-06-08T09:00:00Z", **answers: object) -> None:
    """What a juror types of a candidate, and saves at that moment."""
    book = openpyxl.load_workbook(path)
    tab = book["Grille"]
    for row in tab.iter_rows(min_row=2):
        number, field = row[2].value, row[3].value
        if str(number) == candidate and field in answers:
            row[0 if field == "commentaire" else 1].value = answers[field]
    book.save(path)
    _saved_at(path, moment)


def _saved_at(path: Path, moment: str) -> None:
    """Give the file the moment of saving that its properties tell."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), parts[core])
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def scores(note: float, **others: object) -> dict[str, object]:
    return {**dict.fromkeys(CRITERIA, note), **others}


def collected(campaign, folder: Path, *options: str):
    done = campaign.run(*DAY, "--talents", "jury", "collect", folder, "--format", "json", *options)
    assert done.out, done.err
    return json.loads(done.out)["pages"]


def notes(campaign):
    return Robot(campaign).tab(NAME).rows


def reviews(campaign, candidate: str, project: str | None = None) -> int:
    """The complete evaluations of a candidate: all of them, or those for a project."""
    records = campaign.run(*DAY, "rank", "--talents", "--format", "json").records
    theirs = (record for record in records if record["candidate"] == candidate)
    return next(
        record["reviews"]
        for record in theirs
        if record["group"] == project or (project, record["list"]) == (None, "metier")
    )


@pytest.mark.slow
def test_a_page_has_the_candidates_of_its_juror_and_nothing_of_others(campaign):
    folder = made_pages(campaign)
    assert sorted(path.name for path in folder.iterdir()) == [*FILES]
    anna, bob = (texts(folder / name) for name in FILES[:2])
    assert {"Maxence Orval", "Candidature T4", "CV", "https://example.org/cv.pdf"} <= bob
    assert any(text.startswith("Data scientist, 4") and text.endswith("d’expérience") for text in bob)
    assert "Vœux\u202f: 1. 102 – Projet 102" in bob
    assert "Vos candidats" in bob
    assert any("Du dynamisme, une vision, de l’initiative." in text for text in bob)
    assert not any(secret in " ".join(anna) for secret in ("T4", "Orval", "@talent.example", "bob@", "Déport : "))
    assert "2.4" not in bob  # a note of somebody


@pytest.mark.slow
def test_the_answer_names_the_file_and_the_candidates_of_each_juror(campaign):
    done = campaign.run(*DAY, "--talents", "jury", "ballots", "--to", campaign.folder / "g", "--format", "json")
    records = json.loads(done.out)["ballots"]
    assert [(record["juror"], record["kind"], record["candidates"]) for record in records] == [
        ("anna@jury.example", "candidats", ["T1", "T2", "T3"]),
        *((f"{name}@jury.example", "candidats", ["T1", "T2", "T3", "T4"]) for name in ("bob", "chloe")),
    ]


@pytest.mark.slow
def test_what_is_filled_counts_once_and_is_collected_once(campaign):
    folder, before = made_pages(campaign), people(campaign.workbook)
    fill(folder / FILES[1], "T4", **scores(3.5, numero=102, commentaire="Solide"))
    shown = {page["file"]: page for page in collected(campaign, folder)}
    page = shown[FILES[1]]
    assert (page["kind"], page["new"], page["problems"]) == ("candidats", 1, [])
    (row,) = notes(campaign)
    assert (row["N° de candidature"], row["E-mail du juré"], row["N° de dossier"]) == ("T4", "bob@jury.example", 102.0)
    assert (row["Dynamisme, vision, initiative"], row["Commentaire"]) == (3.5, "Solide")
    assert (reviews(campaign, "T4"), reviews(campaign, "T4", "102")) == (1, 1)
    assert campaign.run(*DAY, "sync").code == 0
    saved = campaign.bytes
    assert [page["new"] for page in collected(campaign, folder)] == [0, 0, 0]
    assert (campaign.run(*DAY, "sync").code, campaign.bytes) == (0, saved)
    assert before.lost(people(campaign.workbook)) == []


@pytest.mark.slow
def test_a_line_that_people_edit_comes_back_and_does_not_count_meanwhile(campaign):
    folder = made_pages(campaign)
    fill(folder / FILES[1], "T4", **scores(3.5))
    collected(campaign, folder)
    tab = Robot(campaign).tab(NAME)
    type_in(campaign.workbook, NAME, tab.cell("Dynamisme, vision, initiative", "T4"), 1.0)
    codes = [anomaly["code"] for anomaly in campaign.run(*DAY, "check", "--format", "json").records]
    assert "note_recue_modifiee" in codes
    assert campaign.run(*DAY, "sync").code == 0
    assert notes(campaign)[0]["Dynamisme, vision, initiative"] == 3.5


@pytest.mark.slow
def test_the_same_typed_and_sent_is_one_evaluation_and_what_differs_is_told(campaign):
    folder = made_pages(campaign)
    same = dict.fromkeys(CRITERIA, 2.4)
    fill(folder / FILES[1], "T1", **same)
    collected(campaign, folder)
    assert reviews(campaign, "T1") == 1
    told = [anomaly["code"] for anomaly in campaign.run(*DAY, "check", "--format", "json").records]
    assert "note_recue_differente" not in told
    fill(folder / FILES[1], "T1", "2021-06-08T10:00:00Z", **{**same, "dynamisme": 4})
    collected(campaign, folder)
    told = campaign.run(*DAY, "check", "--format", "json").records
    [anomaly] = [record for record in told if record["code"] == "note_recue_differente"]
    assert (anomaly["dossier"], anomaly["tab"]) == ("T1", "Évaluations talents")
    records = campaign.run(*DAY, "rank", "--talents", "--format", "json").records
    assert {record["criteria"]["dynamisme"] for record in records if record["candidate"] == "T1"} == {2.4}


@pytest.mark.slow
def test_what_is_not_theirs_or_comes_late_is_told_and_does_not_count(campaign):
    folder = made_pages(campaign)
    fill(folder / FILES[2], "T4", "2021-07-20T09:00:00Z", **scores(4))
    collected(campaign, folder)
    [late] = [anomaly for anomaly in campaign.run(*DAY, "check", "--format", "json").records if anomaly["tab"] == NAME]
    assert (late["code"], "Évaluations talents" in late["remedy"]) == ("version_tardive", True)
    assert "talents.results_before" in late["remedy"]
    assert reviews(campaign, "T4") == 0


@pytest.mark.slow
def test_notes_of_who_was_given_to_others_are_told_and_do_not_count(campaign):
    folder = made_pages(campaign)
    campaign.set_config("[jury.talents]\nreads = 3", "[jury.talents]\nreads = 2")
    assert campaign.run(*DAY, "--talents", "jury", "assign").code == 0
    rows = Robot(campaign).tab("Affectations talents").rows
    theirs = {(row["E-mail du juré"], row["N° de candidature"]) for row in rows}
    jurors = {f"grille-candidats-{name}.xlsx": f"{name}@jury.example" for name in ("bob", "chloe")}
    file, number = next(
        (file, candidate["candidature"])
        for file, juror in jurors.items()
        for candidate in PEOPLE
        if (juror, candidate["candidature"]) not in theirs
    )
    fill(folder / file, number, **scores(4))
    page = next(record for record in collected(campaign, folder) if record["file"] == file)
    assert (page["new"], page["left"]) == (0, 1)
    assert f"le candidat {number} n’est pas affecté à" in page["problems"][0]
    assert "« eig-sheets --talents jury assign --adjust »" in page["problems"][0].replace("\u202f", " ")


@pytest.mark.slow
def test_a_deport_on_a_page_sets_the_juror_aside(campaign):
    folder = made_pages(campaign)
    fill(folder / FILES[2], "T2", deport="oui")
    collected(campaign, folder)
    made_pages(campaign)
    assert "Candidature T2" not in texts(folder / FILES[2])


@pytest.mark.slow
def test_pages_that_are_made_again_keep_what_was_filled(campaign):
    folder = made_pages(campaign)
    fill(folder / FILES[1], "T2", **scores(3))
    row = Robot(campaign).tab("Talents")
    type_in(campaign.workbook, "Talents", row.cell("Nom", "T1"), "Renommée")
    made_pages(campaign)
    assert "Prénom-T1 Renommée" in texts(folder / FILES[1])
    _saved_at(folder / FILES[1], "2021-06-08T10:00:00Z")
    page = next(record for record in collected(campaign, folder) if record["file"] == FILES[1])
    assert page["new"] == 1


@pytest.mark.slow
def test_in_two_workbooks_they_are_of_the_candidates_one(tmp_path):
    write_settings(tmp_path / "appel")
    made = Pair(tmp_path / "appel")
    keep(made.workbook, stored(made.settings, {"candidatures": PROJECTS, "jury": JURORS, "evaluations": []}))
    rows = {"talents": PEOPLE, "jury": JURORS, "evaluations_talents": []}
    keep(made.talents, stored(made.settings.for_talents(), rows))
    assert made.run(*DAY, "init").code == 0
    folder = made_pages(made)
    fill(folder / FILES[1], "T4", **scores(3.5))
    assert sum(page["new"] for page in collected(made, folder)) == 1
    rows = made.tab(made.talents, "Notes reçues").rows
    assert [(row["N° de candidature"], row["E-mail du juré"]) for row in rows] == [("T4", "bob@jury.example")]
    assert made.tab(made.workbook, NAME) is None
    for _ in range(2):
        assert made.sync().code == 0
    before = made.saves
    assert made.sync().code == 0
    assert made.saves == before
    assert reviews(made, "T4") == 1
    done = made.run(*DAY, "jury", "collect", folder, "--format", "json")
    told = " ".join(problem for page in json.loads(done.out)["pages"] for problem in page["problems"])
    assert "eig-sheets --talents jury collect" in told


@pytest.mark.parametrize(
    "command", [("ballots",), ("ballots", "--share"), ("ballots", "--declarations", "--to", "x"), ("collect",)]
)
def test_what_is_not_done_of_candidates_says_what_to_do(campaign, command):
    done = campaign.run("--talents", "jury", *command)
    assert (done.code, "fichiers" in done.err) == (2, True)


@pytest.mark.slow
def test_without_anybody_to_note_nothing_is_written(tmp_path):
    made = campaign_of(tmp_path, called([talent("T1", "Designer", statut="À évaluer")], reviews=[]))
    assert made.run(*DAY, "init").code == 0
    done = made.run(*DAY, "--talents", "jury", "ballots", "--to", tmp_path / "g")
    assert (done.code, "Aucun juré n’a de candidat" in done.err, (tmp_path / "g").exists()) == (1, True, False)
