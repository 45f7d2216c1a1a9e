"""What a president may answer, in exact words, from performances whose numbers are given."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from eig_sheets.call.scoring.calibration.performance import EDGES, Bin, Estimate, Performance, Simulation
from eig_sheets.call.scoring.calibration.simulated_campaigns import Situation
from eig_sheets.call.scoring.simulation import reason_for_none, summary
from tests.call.report.support import collective, corrected, disjoint

NONE = Estimate(math.nan, math.nan)


def performed(hits, coverage, came_true, said=0.055):
    """100 campaigns; the errors of a tenth of a place, half a point, 2.3 points."""
    estimates = [Estimate(value, 0.1) for value in (hits, hits - 0.4, hits - 1, hits - 1.2)]
    bins = [Bin(low, high, 0, math.nan, NONE) for low, high in pairwise(EDGES)]
    if came_true is not None:
        bins[1] = Bin(0.02, 0.1, 150, said, Estimate(came_true, 0.023))
    return Performance(100, *estimates, Estimate(coverage, 0.005), tuple(bins))


SIMULATION = Simulation(
    20,
    30,
    {
        Situation.FITTED: performed(17.4, 0.941, 0.049),
        Situation.PARTS: performed(17.0, 0.884, 0.061),
        Situation.CEILING: performed(17.2, 0.93, 0.112),
        Situation.RANDOM_JUROR: performed(16.96, 0.92, 0.06),
    },
)


def said(simulation):
    return [sentence.replace("\u202f", " ") for sentence in summary(simulation)]


ANSWERS = (
    (
        "Si le modèle est juste : sur 20 places, 17,4 en moyenne vont aux 20 meilleurs dossiers par le rang "
        "attendu, 17,0 par la note ; un tirage au sort en donnerait 13,3."
    ),
    (
        "Si le jury avait été tiré autrement, pour les mêmes dossiers : 16,4 de ces 20 places iraient aux mêmes "
        "par le rang attendu, 16,2 par la note."
    ),
    (
        "L’intervalle à 90 % contient le vrai rang 94 fois sur 100. Ce qui est dit probable de 2 à 10 % (6 % en "
        "moyenne) arrive 5 fois sur 100."
    ),
    (
        "S’il est faux, au pire de trois essais : 17,0 places bien données (si un juré note au hasard) ; "
        "intervalle juste 88 fois sur 100 (si des parties du jury s’écartent de ±2 points) ; ce qui est dit de 2 "
        "à 10 % arrive 11 fois sur 100 (si un quart des notes est au maximum)."
    ),
    (
        "100 campagnes simulées par situation : mêmes lecteurs pour chaque dossier, mêmes groupes ; qualités, "
        "sévérités et désaccords tirés de nouveau, d’après les écarts-types estimés. Erreurs types, au plus : 0,1"
        " place, 0,5 point pour l’intervalle et 2,3 points pour ce qui est dit de 2 à 10 %."
    ),
)


def test_what_a_president_may_answer():
    assert said(SIMULATION) == [*ANSWERS]


def test_one_place():
    assert said(replace(SIMULATION, places=1))[0].startswith(
        "Si le modèle est juste : sur 1 place, 17,4 en moyenne vont au meilleur dossier par le rang attendu"
    )


def test_nothing_that_was_said_unlikely():
    quiet = {situation: performed(17.4, 0.94, None) for situation in Situation}
    sentences = said(replace(SIMULATION, by_situation=quiet))
    assert sentences[2].endswith("Rien n’a été dit probable de 2 à 10 %.")
    assert sentences[3].endswith("intervalle juste 94 fois sur 100 (si des parties du jury s’écartent de ±2 points).")
    assert "2 à 10 %" not in sentences[4]


@pytest.mark.parametrize("situation", [Situation.PARTS, Situation.CEILING, Situation.RANDOM_JUROR])
def test_the_worst_is_that_of_the_models_that_are_broken(situation):
    """The fitted model is not among them, even where it does worse."""
    performances = {other: performed(16.0 if other is situation else 17.0, 0.9, 0.05) for other in Situation}
    performances[Situation.FITTED] = performed(2.0, 0.2, 0.9)
    worst = said(replace(SIMULATION, by_situation=performances))[3]
    assert worst.startswith("S’il est faux, au pire de trois essais : 16,0 places bien données")
    assert "intervalle juste 90 fois sur 100" in worst
    assert "arrive 5 fois sur 100" in worst


@pytest.mark.parametrize(
    ("case", "start"),
    [
        (collective, "une seule évaluation par dossier"),
        (disjoint, "des jurés n’ont aucun dossier en commun avec les autres"),
    ],
)
def test_without_a_corrected_ranking_there_is_nothing_to_simulate(case, start):
    reason = reason_for_none(case().results, 2).replace("\u202f", " ")
    assert reason.startswith(f"Pas de classement corrigé, donc rien à simuler : {start}")
    assert reason.endswith(".")


def test_with_a_corrected_ranking_and_fewer_places_there_is():
    results = corrected(12).results
    assert reason_for_none(results, 11) == ""
    assert reason_for_none(results, 12).startswith("Autant de places que de projets (12 dossiers classés, 12 places)")
    assert reason_for_none(results, 13).startswith("Plus de places que de projets")
