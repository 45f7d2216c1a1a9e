"""`jury assign --explain`: what it prints, that it writes nothing, and what it refuses."""

import json

import pytest

from tests.call.jury.small_jury import made, unscored
from tests.columns import cell_of
from tests.nightly import Robot
from tests.program import Campaign
from tests.team_call import called, campaign_of
from tests.two_workbooks import REVEALED
from tests.workbook.snapshots import dossier, juror

pytestmark = pytest.mark.in_memory

NUMBERS = ("101", "102", "103")


def said(text):
    return text.replace("\u202f", " ")


@pytest.fixture
def jury(tmp_path):
    jurors = [juror(name, deports="101" if name == "cid" else None) for name in ("ada", "bob", "cid", "dov")]
    dossiers = [*map(dossier, NUMBERS), dossier("104", decision="Désisté")]
    campaign = made(Campaign(tmp_path / "appel"), dossiers, jurors, [unscored("101", "ada")])
    campaign.set_config("[jury]\nreads = 4", "[jury]\nreads = 2")
    return campaign


def explain(campaign, number, *options):
    return campaign.run("jury", "assign", "--explain", number, *options)


@pytest.mark.slow
def test_it_says_why_each_juror_reads_or_not_and_writes_nothing(jury):
    proposed = explain(jury, "101", "--format", "json")
    assert (proposed.code, proposed.object["recorded"]) == (0, False)
    assert jury.run("jury", "assign").code == 0
    saved = jury.bytes
    done = explain(jury, "101", "--format", "json")
    assert (done.code, done.err, jury.bytes) == (0, "", saved)
    explanation = done.object
    assert explanation.keys() == {"dossier", "recorded", "asked", "source", "readers", "others"}
    assert (explanation["dossier"], explanation["recorded"], explanation["asked"]) == ("101", True, 2)
    assert explanation["readers"] == proposed.object["readers"]
    assert explanation["readers"][0] == {"juror": "ada@jury.example", "reasons": ["une ligne d’Évaluations le demande"]}
    assert {"juror": "cid@jury.example", "reason": "se déporte"} in explanation["others"]
    assert {line["juror"] for key in ("readers", "others") for line in explanation[key]} == {
        f"{name}@jury.example" for name in ("ada", "bob", "cid", "dov")
    }


@pytest.mark.slow
def test_as_a_table_jurors_have_names_and_cells(jury):
    assert jury.run("jury", "assign").code == 0
    lines = [said(line) for line in explain(jury, "101").out.splitlines()]
    assert lines[0].split() == ["Quoi", "Valeur", "Calcul", "Cellules", "Source"]
    assert lines[2].startswith("Lecteurs demandés   2")
    assert "2 lecteurs dans Affectations" in lines[2]
    assert "jury.reads (" in lines[2]
    [ada] = [line for line in lines if " Ada " in line]
    assert ada.split()[:2] == ["Lecteur", "Ada"]
    [row] = Robot(jury).tab("Évaluations").rows
    assert f"Évaluations!{cell_of('evaluations', 'jure', row['row'])}" in ada
    assert [" ".join(line.split()) for line in lines if "Cid" in line] == ["Ne lit pas Cid se déporte"]
    rows = explain(jury, "101", "--format", "csv").rows
    assert [row["what"] for row in rows] == ["Lecteurs demandés", "Lecteur", "Lecteur", "Ne lit pas", "Ne lit pas"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("1010", "Le dossier « 1010 » n’est pas dans le classeur."),
        ("104", "Le jury ne note pas le dossier 104 : « eig-sheets rank --explain 104 » dit pourquoi."),
    ],
)
def test_a_dossier_that_nobody_reads_is_refused(jury, number, sentence):
    done = explain(jury, number)
    assert (done.code, done.out) == (1, "")
    assert sentence in said(done.err)


@pytest.mark.parametrize("other", [["--adjust"], ["--dry-run"], ["--rows", "all"]])
def test_an_explanation_goes_with_nothing_else(jury, other):
    saved = jury.bytes
    assert (explain(jury, "101", *other).code, jury.bytes) == (2, saved)


def test_what_cannot_be_met_is_said(jury):
    jury.set_config("[jury]\nreads = 2", "[jury]\nreads = 4")
    done = explain(jury, "101")
    assert done.code == 0
    assert "Tout ne peut pas être tenu : « eig-sheets jury assign --dry-run » dit" in said(done.err)


def test_without_jury_it_says_what_to_fill(tmp_path):
    empty = made(Campaign(tmp_path / "appel"), [dossier("101")], [])
    done = explain(empty, "101")
    assert (done.code, done.out) == (1, "")
    assert "remplissez l’onglet Jury" in done.err


def test_of_a_candidate(tmp_path):
    campaign = campaign_of(tmp_path, called())
    command = ("--today", REVEALED, "--talents", "jury", "assign", "--explain")
    done = campaign.run(*command, "T1", "--format", "json")
    assert done.code == 0, done.err
    explanation = json.loads(done.out)
    assert (explanation["candidate"], explanation["asked"]) == ("T1", 3)
    assert explanation["readers"][0]["reasons"] == ["a déjà noté ce candidat"]
    unknown = campaign.run(*command, "T55")
    assert unknown.code == 1
    assert "La candidature « T55 » n’est pas dans l’onglet « Talents »" in said(unknown.err)
