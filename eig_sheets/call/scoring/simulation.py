"""The simulation of a campaign, in French: how good its ranking would be with other dossiers and another jury."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from eig_sheets.call.scoring.calibration.performance import Estimate, Performance, Simulation, campaign_pairs, simulate
from eig_sheets.call.scoring.calibration.simulated_campaigns import Situation
from eig_sheets.call.scoring.explain_rank import uncorrected
from eig_sheets.call.scoring.scores import SCORES, included_votes, note_range
from eig_sheets.call.scoring.words import everyone_fits_text
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.text.french import listed, number, plural, typographic

SITUATIONS: Final = {
    Situation.FITTED: "le modèle est juste",
    Situation.PARTS: "des parties du jury s’écartent de ±2 points",
    Situation.CEILING: "un quart des notes est au maximum",
    Situation.RANDOM_JUROR: "un juré note au hasard",
}
"""What is supposed in each situation, after « si »."""


def reason_for_none(results: Results, places: int) -> str:
    """The reason why there is nothing to simulate, in French; '' when there is something."""
    calibration, ranked = results.of(SCORES).calibration, len(results.of(SCORES).calibration.dossiers)
    if calibration.reason is not None:
        return typographic(f"Pas de classement corrigé, donc rien à simuler : {uncorrected(calibration)}.")
    if ranked <= places:
        counts = f"{plural(ranked, 'dossier classé', 'dossiers classés')}, {plural(places, 'place')}"
        fits = everyone_fits_text(ranked, places).capitalize()
        return typographic(f"{fits} ({counts}) : chacun a la sienne, il n’y a rien à simuler.")
    return ""


def pairs_of(results: Results) -> int:
    """How many pairs of campaigns are simulated in each situation."""
    reviews = results.of(SCORES).calibration.jurors["reviews"]
    return campaign_pairs(int(reviews.sum()), len(reviews))


def simulation_of(reading: Reading, results: Results, pairs: int) -> Simulation:
    """The simulation of this campaign, which has no `reason_for_none`."""
    calibration, campaign = results.of(SCORES).calibration, reading.campaign
    if calibration.spreads is None:
        raise ValueError("a simulation draws from the spreads of a corrected ranking")
    return simulate(
        included_votes(results.of(SCORES).evaluated),
        calibration.dossiers.index,
        campaign.campaign.target,
        note_range(campaign),
        calibration.spreads,
        panels(reading),
        pairs,
    )


def summary(simulation: Simulation) -> tuple[str, ...]:
    """The conclusions that a president may quote, a sentence or two each."""
    return tuple(map(typographic, _summary(simulation)))


def _summary(simulation: Simulation) -> Iterator[str]:
    fitted, places = simulation.by_situation[Situation.FITTED], simulation.places
    best = f"aux {places} meilleurs dossiers" if places > 1 else "au meilleur dossier"
    yield (
        f"Si le modèle est juste : sur {plural(places, 'place')}, {_places(fitted.corrected)} en moyenne vont {best} "
        f"par le rang attendu, {_places(fitted.raw)} par la note ; un tirage au sort en donnerait "
        f"{number(simulation.by_chance, 1)}."
    )
    yield (
        "Si le jury avait été tiré autrement, pour les mêmes dossiers : "
        f"{_places(fitted.corrected_common)} de ces {places} places iraient aux mêmes par le rang attendu, "
        f"{_places(fitted.raw_common)} par la note."
    )
    yield f"L’intervalle à 90 % contient le vrai rang {_times(fitted.coverage)}. {_unlikely(fitted)}"
    yield _worst(simulation)
    yield _precision([*simulation.by_situation.values()])


def _unlikely(performance: Performance) -> str:
    unlikely = performance.unlikely
    if not unlikely.count:
        return "Rien n’a été dit probable de 2 à 10 %."
    said = f"Ce qui est dit probable de 2 à 10 % ({number(100 * unlikely.said, 0)} % en moyenne)"
    return f"{said} arrive {_times(unlikely.came_true)}."


def _worst(simulation: Simulation) -> str:
    """The least good number of each kind among the situations that break the model."""
    broken = {
        situation: performance
        for situation, performance in simulation.by_situation.items()
        if situation is not Situation.FITTED
    }

    def least(measure: Callable[[Performance], float]) -> tuple[Performance, str]:
        worst = min(broken, key=lambda situation: measure(broken[situation]))
        return broken[worst], f"si {SITUATIONS[worst]}"

    hits, why_hits = least(lambda performance: performance.corrected.value)
    coverage, why_coverage = least(lambda performance: performance.coverage.value)
    text = (
        f"S’il est faux, au pire de trois essais : {_places(hits.corrected)} places bien données ({why_hits}) ; "
        f"intervalle juste {_times(coverage.coverage)} ({why_coverage})"
    )
    if not any(performance.unlikely.count for performance in broken.values()):
        return f"{text}."
    unlikely, why_unlikely = least(
        lambda performance: -performance.unlikely.came_true.value if performance.unlikely.count else 0
    )
    return f"{text} ; ce qui est dit de 2 à 10 % arrive {_times(unlikely.unlikely.came_true)} ({why_unlikely})."


def _precision(performances: Sequence[Performance]) -> str:
    hits = max(
        estimate.error
        for performance in performances
        for estimate in (performance.corrected, performance.raw, performance.corrected_common, performance.raw_common)
    )
    errors = [
        f"{number(hits, 1)} place",
        f"{points(max(performance.coverage.error for performance in performances))} pour l’intervalle",
    ]
    came_true = [performance.unlikely.came_true.error for performance in performances if performance.unlikely.count]
    errors += [f"{points(max(came_true))} pour ce qui est dit de 2 à 10 %"] if came_true else []
    return (
        f"{plural(performances[0].campaigns, 'campagne simulée', 'campagnes simulées')} par situation : mêmes lecteurs "
        "pour chaque dossier, mêmes groupes ; qualités, sévérités et désaccords tirés de nouveau, d’après les "
        f"écarts-types estimés. Erreurs types, au plus : {listed(errors)}."
    )


def _places(estimate: Estimate) -> str:
    return number(estimate.value, 1)


def _times(estimate: Estimate) -> str:
    return f"{number(100 * estimate.value, 0)} fois sur 100"


def points(share: float) -> str:
    """A difference of shares in French: 0.0274 → 2,7 points."""
    return f"{number(100 * share, 1)} point{'s' if 100 * share >= 2 else ''}"
