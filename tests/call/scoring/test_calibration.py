"""`rank --calibration`: simulated campaigns of the workbook's own call."""

from itertools import pairwise

import pytest

from eig_sheets import sample
from eig_sheets.call.scoring.calibration import performance
from eig_sheets.call.scoring.calibration.performance import EDGES
from tests.call.scoring.test_sensitivity import PLACES
from tests.effort import slow
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

KEYS = [
    "situation", "dossiers", "places", "campaigns",
    "hits", "hits_error", "raw_hits", "raw_hits_error", "chance_hits",
    "common", "common_error", "raw_common", "raw_common_error", "coverage_90", "coverage_90_error",
    "unlikely_count", "unlikely_said", "unlikely_came_true", "unlikely_came_true_error", "calibration_gap", "bins",
]  # fmt: skip
SITUATIONS = ["modele", "parties_decalees", "plafond", "jure_au_hasard"]


@pytest.fixture
def tight(demo, monkeypatch):
    """The demo with fewer places than projects, and one pair of campaigns in each situation."""
    demo.set_config("target = 20", f"target = {PLACES}")
    monkeypatch.setattr(performance, "MOST_PAIRS", 1)
    monkeypatch.setattr(performance, "LEAST_PAIRS", 1)
    return demo


def plain(text):
    return text.replace("\u202f", " ")


@pytest.mark.slow
def test_each_situation_has_an_entry(tight):
    situations = tight.run("rank", "--calibration", "--format", "json").records
    assert [list(record) for record in situations] == [KEYS] * 4
    assert [record["situation"] for record in situations] == SITUATIONS
    for record in situations:
        assert (record["dossiers"], record["places"], record["campaigns"]) == (26, PLACES, 2)
        assert record["chance_hits"] == round(PLACES**2 / 26, 3)
        assert record["chance_hits"] < record["hits"] <= PLACES
        assert record["common"] == int(record["common"])  # one pair of juries
        assert 0.5 < record["coverage_90"] <= 1
        assert record["hits_error"] is None  # one pair says nothing of its own error
        assert [(each["low"], each["high"]) for each in record["bins"]] == list(pairwise(EDGES))
        assert sum(each["count"] for each in record["bins"]) == 2 * 26
        assert record["unlikely_count"] == record["bins"][1]["count"]


@pytest.mark.slow
def test_people_read_a_table_then_what_a_president_may_answer(tight):
    done = tight.run("rank", "--calibration")
    assert done.code == 0
    header, _, *lines = plain(done.out).splitlines()
    assert header.split("  ")[0] == "Si…"
    assert [line.split("  ")[0] for line in lines] == [
        "le modèle est juste",
        "des parties du jury s’écartent de ±2 points",
        "un quart des notes est au maximum",
        "un juré note au hasard",
    ]
    sentences = plain(done.err).splitlines()
    assert sentences[0].startswith(f"Si le modèle est juste : sur {PLACES} places, ")
    assert sentences[1].startswith("Si le jury avait été tiré autrement, pour les mêmes dossiers : ")
    assert sentences[4].startswith("2 campagnes simulées par situation : ")
    assert sentences[5].startswith("2 lignes laissées de côté dans Candidatures")


@pytest.mark.slow
def test_the_whole_simulation_is_sure_of_its_numbers(demo):
    demo.set_config("target = 20", f"target = {PLACES}")
    fitted, *_ = demo.run("rank", "--calibration", "--format", "csv").rows
    assert fitted["campaigns"] == "80"
    assert 0.86 < float(fitted["coverage_90"]) < 0.98
    assert float(fitted["coverage_90_error"]) < 0.02
    assert float(fitted["hits_error"]) < 0.2
    assert float(fitted["hits"]) >= float(fitted["raw_hits"]) - 0.2


@pytest.mark.parametrize(("target", "amount"), [(26, "Autant"), *slow((40, "Plus"))])
def test_as_many_places_as_projects_or_more(demo, target, amount):
    demo.set_config("target = 20", f"target = {target}")
    done = demo.run("rank", "--calibration", "--format", "json")
    assert (done.code, done.records) == (0, [])
    counts = f"(26 dossiers classés, {target} places)"
    assert plain(done.own) == (
        f"{amount} de places que de projets {counts} : chacun a la sienne, il n’y a rien à simuler.\n"
    )


@pytest.mark.slow
def test_nothing_evaluated(tmp_path):
    sample.write_config(tmp_path)
    campaign = Campaign(tmp_path)
    assert campaign.run("init").code == 0
    done = campaign.run("rank", "--calibration")
    assert (done.code, done.out) == (0, "Aucune simulation.\n")
    assert plain(done.err) == (
        "Pas de classement corrigé, donc rien à simuler : aucune évaluation complète d’un dossier classé.\n"
    )


@pytest.mark.parametrize("other", [["--jurors"], ["--explain", "3713503"], ["--sensitivity"]])
def test_it_goes_with_no_other_view(demo, other):
    done = demo.run("rank", "--calibration", *other)
    assert (done.code, done.out) == (2, "")
    assert f"{other[0]} et --calibration ne vont pas ensemble" in done.err
