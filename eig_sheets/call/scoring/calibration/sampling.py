"""Draws of the ranks from the posterior, the same on any machine and with any release of numpy, and their statistics.

The bits come from PCG64, whose stream numpy promises never to change (NEP 19 promises nothing of the Generator's
normals); normals are made of them here. Each draw has its mirror image around the posterior mean (antithetic draws):
means of ranks lose most of their noise, and the two halves are drawn from the same posterior.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eig_sheets.call.scoring.calibration.design import Design, Floats, Places
from eig_sheets.call.scoring.calibration.grid import Grid, upper_tail
from eig_sheets.call.scoring.calibration.posterior import Solution, solve, sum_over_jurors
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS

Ranks = npt.NDArray[np.int32]

_MAX_DRAWS, _MIN_DRAWS = 131_072, 512
_MAX_RANKS = 3_000_000
_FEW, _MOST_OF_FEW = 32_768, 1_500_000
_BATCH_SIZE = 1_000_000
_UNIFORM_STEP = 2.0**-53
_WEIGHT_SCALE = 2**40

RANK_DECIMALS, PROBABILITY_DECIMALS, NOTE_DECIMALS, MASS_DECIMALS = 2, 4, 3, 2
"""Published decimals, far above the last bits of any machine; finer differences mean nothing."""

_TWENTIETHS = {"interval_50": (5, 15), "interval_90": (1, 19)}


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws from the posterior: `ranks` (draws, dossiers), 1 the best, and `selected` (dossiers,), P(rank ≤ places).

    That probability counts no draws: given the jurors' effects and the qualities of all others, that of a dossier is
    Gaussian, and so is its chance to be above the last place that they leave (Rao and Blackwell). It is then averaged
    over the draws: on 30 dossiers it moves by some 0.001 from one stream of bits to another, ten times less than a
    count.
    """

    ranks: Ranks
    selected: Floats


def draw(design: Design, grid: Grid, places: int, stream: int = 0) -> Draws:
    """Draws from the posterior. `stream` numbers the random bits."""
    dossiers = len(design.numbers)
    half = _draw_count(dossiers) // 2
    ranks = np.empty((2 * half, dossiers), dtype=np.int32)
    selected, done = np.zeros(dossiers), 0
    bits, batch = np.random.PCG64(stream), max(1, _BATCH_SIZE // (dossiers + design.effects))
    drawn_from = [pair for pair in zip(grid.nodes, _sigma_draws(grid, half), strict=True) if len(pair[1])]
    solutions = solve(design, [node for node, _ in drawn_from])
    for solution, (_, sigmas) in zip(solutions, drawn_from, strict=True):
        quality, spread = solution.quality(design), solution.spread(design)
        for start in range(0, len(sigmas), batch):
            sigma = sigmas[start : start + batch, None]
            given_jurors, own = _deviations(solution, sigma, design, bits)
            for sign, first in ((1, 0), (-1, half)):  # each draw, and its mirror image
                center = quality + sign * given_jurors
                drawn = center + sign * own
                ranks[first + done : first + done + len(sigma)] = _ranks_of_draws(drawn)
                selected += _chances(drawn, center, spread * sigma, places).sum(axis=0)
            done += len(sigma)
    return Draws(ranks, _adding_up(selected / (2 * half), places))


def _draw_count(dossiers: int) -> int:
    """How many draws: the fewer dossiers, the more each weighs on the others' ranks, and the more it takes."""
    few, many = min(_FEW, _MAX_RANKS // dossiers), min(_MAX_DRAWS, _MOST_OF_FEW // dossiers)
    return max(_MIN_DRAWS, few, many)


def _adding_up(chances: Floats, places: int) -> Floats:
    """Probabilities whose sum is `places`: what the draws leave is shared in proportion to what is unsure of each."""
    unsure = chances * (1 - chances)
    left = min(places, len(chances)) - chances.sum()
    shared: Floats = chances + left * unsure / max(unsure.sum(), 1e-12)
    return shared


def _chances(drawn: Floats, center: Floats, spread: Floats, places: int) -> Floats:
    """P(rank ≤ places) of each dossier (draws, dossiers) given the drawn qualities of all others.

    `center` and `spread` (draws, dossiers) are the mean and standard deviation of each given the jurors' effects. The
    quality to beat is that of place k, among the others: of place k + 1 for who is within k.
    """
    if places >= drawn.shape[1]:
        return np.ones_like(drawn)
    split = drawn.shape[1] - places
    ordered = np.partition(drawn, (split - 1, split), axis=1)
    after, last = ordered[:, split - 1 : split], ordered[:, split : split + 1]
    return upper_tail((np.where(drawn >= last, after, last) - center) / spread)


def _sigma_draws(grid: Grid, count: int) -> Iterator[Floats]:
    """For each node, the σ of its draws, in proportion to the weights: `count` in all.

    Systematic: the middles of `count` equal parts of [0, 1], on the cumulated weights. Those are cut to whole numbers
    of 2⁻⁴⁰, so that the last bits of a sum move no node.
    """
    cumulated = np.cumsum(np.rint(grid.weights.ravel() * _WEIGHT_SCALE).astype(np.int64))
    points = (2 * np.arange(count, dtype=np.int64) + 1) * int(cumulated[-1]) // (2 * count)
    pairs, places = np.divmod(np.searchsorted(cumulated, points, side="right"), len(grid.sigmas))
    for pair in range(len(grid.nodes)):
        yield grid.sigmas[places[pairs == pair]]


def _deviations(solution: Solution, sigma: Floats, design: Design, bits: np.random.PCG64) -> tuple[Floats, Floats]:
    """Drawn deviations of the qualities (draws, dossiers), one draw for each σ (draws, 1).

    Those of their means given the jurors' effects, and their own given these.
    """
    size, count = len(solution.effects), len(sigma)
    normals = standard_normals(bits, count * (size + len(design.numbers))).reshape(count, -1)
    juror_values = np.linalg.solve(solution.factor.T, normals[:, :size].T).T @ design.incidence.T
    given_jurors = np.empty((count, len(design.numbers)))
    for block in design.blocks:
        given_jurors[:, block.dossiers] = -solution.shrinkage(block) * sum_over_jurors(juror_values, block)
    return given_jurors * sigma, normals[:, size:] * solution.spread(design) * sigma


def standard_normals(bits: np.random.PCG64, count: int) -> Floats:
    """Independent standard normals (count,), by Box and Muller's transform of 53 bits each."""
    half = (count + 1) // 2
    drawn = bits.random_raw(2 * half)
    drawn >>= np.uint64(11)
    uniform: Floats = drawn.astype(float)
    uniform += 0.5
    uniform *= _UNIFORM_STEP
    radius, angle = uniform[:half], uniform[half:]
    np.log(radius, out=radius)  # in place: on a million numbers, half of the time would go to new arrays
    radius *= -2
    np.sqrt(radius, out=radius)
    angle *= 2 * np.pi
    normals: Floats = np.empty(2 * half)
    np.multiply(radius, np.cos(angle), out=normals[:half])
    np.multiply(radius, np.sin(angle), out=normals[half:])
    return normals[:count]


def _ranks_of_draws(quality: Floats) -> Ranks:
    """The rank of each dossier in each draw (draws, dossiers)."""
    order = np.argsort(-quality, axis=1)
    ranks = np.empty(quality.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, quality.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
    return ranks


def stable_round(values: Floats, decimals: int) -> Floats:
    """Values rounded twice, to the billionth, then to `decimals`: the same on every machine.

    So a value that is exactly between two others in the model (12.0625, to three decimals) goes the same way on every
    machine, whichever side of it the last bits were. A minus zero is a zero.
    """
    rounded: Floats = np.round(np.round(values, EQUAL_DECIMALS), decimals) + 0.0
    return rounded


class Zone(StrEnum):
    """The side of the funding line on which a dossier surely is, by its probability of selection.

    Heyard et al. 2022 draw the line on the expected rank of the last place, and compare intervals with it: there, the
    last laureate of a unanimous jury is never sure of its place. Ours contradicts no probability beside it.
    """

    IN = "retenu"  # a probability above the bounds
    DELIBERATION = "deliberation"  # between them, both included
    OUT = "non_retenu"  # below


def mean_over_ties(values: Floats, tie_labels: Places) -> Floats:
    """The mean of the values of each dossier's tie (dossiers,)."""
    means: Floats = (np.bincount(tie_labels, weights=values) / np.bincount(tie_labels))[tie_labels]
    return means


def selection_probabilities(draws: Draws, tie_labels: Places) -> Floats:
    """The published P(rank ≤ places) of each dossier (dossiers,); Σ is `places`, before rounding."""
    return stable_round(np.clip(mean_over_ties(draws.selected, tie_labels), 0, 1), PROBABILITY_DECIMALS)


def intervals(ranks: Ranks, tie_labels: Places) -> dict[str, list[tuple[int, int]]]:
    """The 50 % and 90 % intervals [lowest, highest] of each dossier's rank.

    A bound is the smallest rank r such that P(rank ≤ r) is at least ¼, ¾, 5 % or 95 %. Tied dossiers share their draws.
    """
    drawn = _sorted_ranks(ranks)
    twentieths = [twentieth for pair in _TWENTIETHS.values() for twentieth in pair]
    bounds = {twentieth: drawn[:, _quantile_index(twentieth, len(ranks))].copy() for twentieth in twentieths}
    sizes = np.bincount(tie_labels)
    for label in np.flatnonzero(sizes > 1):
        tied = np.flatnonzero(tie_labels == label)
        pooled_draws = np.sort(drawn[tied], axis=None, kind="stable")
        for twentieth, bound in bounds.items():
            bound[tied] = pooled_draws[_quantile_index(twentieth, len(pooled_draws))]
    return {
        name: list(zip(bounds[low].tolist(), bounds[high].tolist(), strict=True))
        for name, (low, high) in _TWENTIETHS.items()
    }


def masses(ranks: Ranks, tie_labels: Places, bounds: list[tuple[int, int]]) -> Floats:
    """The probability that the rank of each dossier is in its interval, bounds included (dossiers,).

    Ranks are whole: an interval at 50 % holds 50 % at the least, and often 60 to 64 %.
    """
    low, high = np.array(bounds, dtype=ranks.dtype).T
    inside: Floats = ((ranks >= low) & (ranks <= high)).mean(axis=0)
    return stable_round(mean_over_ties(inside, tie_labels), MASS_DECIMALS)


def _sorted_ranks(ranks: Ranks) -> Ranks | npt.NDArray[np.int16]:
    """The drawn ranks of each dossier (dossiers, draws), sorted: in sixteen bits where they fit, twice as quick."""
    if ranks.shape[1] > np.iinfo(np.int16).max:
        return np.sort(ranks.T, axis=1)
    return np.sort(ranks.T.astype(np.int16), axis=1, kind="stable")  # a radix sort


def _quantile_index(twentieth: int, count: int) -> int:
    return -(-count * twentieth // 20) - 1


def zones(probabilities: Floats, bounds: tuple[float, float], places: int) -> list[Zone | None]:
    """The zone of each dossier, from its published probability of selection.

    With bounds of ¼ and ¾, a dossier is in deliberation when the 50 % interval of its rank straddles the line between
    place k and place k + 1. As many places as dossiers: there is no line, and no zone.
    """
    if places >= len(probabilities):
        return [None] * len(probabilities)
    low, high = bounds
    return [Zone.IN if chance > high else Zone.OUT if chance < low else Zone.DELIBERATION for chance in probabilities]


def line_of(dossiers: int, places: int) -> float | None:
    """The funding line, between place k and place k + 1, as a rank; None with as many places as dossiers."""
    return places + 0.5 if places < dossiers else None
