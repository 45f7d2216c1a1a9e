"""The grid of integration over the standard deviations, where the posterior has its mass; the normal tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from eig_sheets.call.scoring.calibration.design import Design, Floats
from eig_sheets.call.scoring.calibration.posterior import Likelihood, Node, likelihood, sigma_powers

PRIOR_SHARE = 0.4
"""The standard deviations are uniform between 0 and this share of the range of the notes: (0, 2) on 1 to 6 in Heyard
et al. 2022."""

_FINEST = 200
"""Standard deviations under the prior's bound over this (0.03 of a note out of 20, on 1 to 4) count as 0."""

_LOWEST_RATIO = 1 / 50
_SEARCH, _NODES, _SIGMAS = (7, 7, 7), (13, 9, 7), 21
"""How many values to find the box, and within it: of τ/σ and ω/σ without panels; of both, then of π/σ, with panels;
of σ."""

_NEGLIGIBLE = 1e-4  # of the largest weight: nodes and cells of less are left out
_STOP_RATIO = 0.9
_MAX_ITERATIONS = 16
_MAX_DEVIATIONS = 5  # standard deviations of log σ

Side = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """The nodes whose weight is not negligible: `nodes` for each set of ratios, and the weight of each σ with it.

    `weights` is (nodes, sigmas), of sum 1.
    """

    nodes: tuple[Node, ...]
    sigmas: Floats
    weights: Floats

    @property
    def marginal(self) -> Floats:
        """The weight of each node, whatever σ."""
        summed: Floats = self.weights.sum(axis=1)
        return summed

    @property
    def ratios(self) -> tuple[Floats, Floats, Floats]:
        """τ/σ, ω/σ and π/σ of each node (nodes,)."""
        dossier, juror, panel = np.array([(node.dossier, node.juror, node.panel) for node in self.nodes]).T
        return dossier, juror, panel


def build_grid(design: Design, note_range: float) -> Grid:
    """The grid for a design; `note_range` is the difference of the highest and the lowest note out of 20.

    Equal steps in the logarithms: a midpoint rule, with the Jacobian in the density. The box is narrowed to where the
    posterior is until that narrows it no more, so that the nodes are all used however many evaluations there are; on a
    smooth density that vanishes at both ends, a midpoint rule is then nearly exact (0.001 of a rank on the example of
    Heyard et al., beside a grid of 41 × 41 × 129).
    """
    bound = PRIOR_SHARE * note_range
    *sides, of_sigma = _search_box(design, bound)
    ratios = [_midpoints(*side, count) for side, count in zip(sides, _counts(design, _NODES), strict=True)]
    log_sigma = _midpoints(*of_sigma, _SIGMAS)
    likelihoods = _likelihood(design, ratios)
    within = np.ones((1, _SIGMAS))
    for ratio in ratios:
        within = (within[:, None, :] * _share_within_prior(ratio, log_sigma, bound)[None]).reshape(-1, _SIGMAS)
    weights = _relative_weights(likelihoods.log_density(design, log_sigma), within)
    weights = np.where(weights > _NEGLIGIBLE * weights.max(), weights, 0.0)
    used = np.flatnonzero(weights.sum(axis=1))
    return Grid(tuple(likelihoods.nodes[place] for place in used), np.exp(log_sigma), weights[used] / weights.sum())


def _counts(design: Design, counts: tuple[int, int, int]) -> tuple[int, ...]:
    """How many values of each ratio: of π/σ too where there are panels, and then fewer of the others."""
    alone, beside_panels, of_panels = counts
    return (beside_panels, beside_panels, of_panels) if design.panels else (alone, alone)


def _search_box(design: Design, bound: float) -> tuple[Side, ...]:
    """The sides of the box that holds the posterior, in logarithms: of each ratio, then of σ.

    Searched along the best σ of each set of ratios, so that a narrow ridge between σ and a ratio is not lost.
    """
    counts = _counts(design, _SEARCH)
    sides: list[Side] = [(np.log(_LOWEST_RATIO), np.log(_FINEST))] * len(counts)
    for _ in range(_MAX_ITERATIONS):
        before, (weights, log_sigma) = sides, _profile_weights(design, sides, counts, bound)
        margins = [weights.sum(axis=tuple({*range(len(sides))} - {axis})) for axis in range(len(sides))]
        sides = [_narrowed_side(side, margin) for side, margin in zip(before, margins, strict=True)]
        if all(_length(after) >= _STOP_RATIO * _length(side) for after, side in zip(sides, before, strict=True)):
            break
    weights, log_sigma = _profile_weights(design, sides, counts, bound)
    matters = log_sigma[weights > _NEGLIGIBLE]
    around = _MAX_DEVIATIONS / np.sqrt(2 * max(_free(design), 1))
    of_sigma = max(np.log(bound / _FINEST), matters.min() - around), min(np.log(bound), matters.max() + around)
    return (*sides, of_sigma)


def _profile_weights(
    design: Design, sides: Sequence[Side], counts: Sequence[int], bound: float
) -> tuple[Floats, Floats]:
    """The profile of the posterior: the weights of sets of ratios at their best σ, and the logarithm of these σ."""
    likelihoods = _likelihood(design, [_midpoints(*side, count) for side, count in zip(sides, counts, strict=True)])
    log_sigma = np.log(_modes_of_sigma(design, likelihoods, bound))
    weights = _relative_weights(likelihoods.log_density(design, log_sigma[:, None]), np.ones((len(log_sigma), 1)))
    return weights.reshape(*counts), log_sigma.reshape(*counts)


def _likelihood(design: Design, logs: Sequence[Floats]) -> Likelihood:
    """The likelihood at each node of a grid, given the logarithms of the ratios of each side."""
    dossier, juror = np.meshgrid(*logs[:2], indexing="ij")
    panel = np.exp(logs[2]) if design.panels else np.ones(1)
    return likelihood(design, np.exp(dossier.ravel()), np.exp(juror.ravel()), panel)


def _modes_of_sigma(design: Design, likelihoods: Likelihood, bound: float) -> Floats:
    """The σ of the highest density at each node (nodes,), within the prior's bounds."""
    most = bound / np.array([max(node.dossier, node.juror, node.panel, 1.0) for node in likelihoods.nodes])
    free = _free(design)
    best = np.sqrt(likelihoods.residuals / free) if free > 0 else most
    modes: Floats = np.clip(best, bound / _FINEST, most)
    return modes


def _free(design: Design) -> int:
    """The evaluations that are left to tell σ, once the level and the priors have taken their part."""
    return design.count - 1 - sigma_powers(design)


def _midpoints(low: float, high: float, count: int) -> Floats:
    step = (high - low) / count
    middles: Floats = low + step * (np.arange(count, dtype=float) + 0.5)
    return middles


def _share_within_prior(ratio: Floats, sigma: Floats, bound: float) -> Floats:
    """The share (0 to 1) of each cell (ratios, sigmas) where ratio × σ is under the bound; all are logarithms."""
    room = (np.log(bound) - ratio[:, None] - sigma[None, :]) / (ratio[1] - ratio[0])
    share: Floats = np.clip(room + 0.5, 0, 1)
    return share


def _relative_weights(logs: Floats, within: Floats) -> Floats:
    """Weights of cells of these log densities, of which the share `within` counts; the largest is 1 or close to it."""
    highest = logs[within > 0].max()
    weights: Floats = np.where(within > 0, within * np.exp(np.minimum(logs - highest, 0)), 0)
    return weights


def _narrowed_side(side: Side, weights: Floats) -> Side:
    """The side from the first to the last cell whose weight is not negligible, and one cell more at each end."""
    low, high = side
    step = (high - low) / len(weights)
    matter = np.flatnonzero(weights > _NEGLIGIBLE * weights.max())
    return max(low, low + step * (int(matter[0]) - 1)), min(high, low + step * (int(matter[-1]) + 2))


def _length(side: Side) -> float:
    return side[1] - side[0]


_TABLE_END = 8.0  # standard deviations: beyond, a probability is 0 or 1 to the fifteenth decimal
_STEPS = 2048  # a straight line between two steps is within 2e-6 of the curve

POINTS = np.linspace(-_TABLE_END, _TABLE_END, _STEPS + 1)
"""Where the table and any curve beside it are known, in standard deviations."""

UPPER_TAIL = np.array([erfc(-x / sqrt(2)) / 2 for x in (-POINTS).tolist()])
"""P(Z > x) at these points."""


def upper_tail(deviations: Floats) -> Floats:
    """P(Z > x) for each x; `deviations` are overwritten."""
    return interpolated(UPPER_TAIL, deviations)


def interpolated(curve: Floats, deviations: Floats) -> Floats:
    """A curve that is known at POINTS, at any deviations, which are overwritten."""
    deviations *= _STEPS / (2 * _TABLE_END)
    deviations += _STEPS / 2
    np.clip(deviations, 0, _STEPS - 1e-9, out=deviations)
    below = deviations.astype(np.intp)
    deviations -= below
    deviations *= np.diff(curve)[below]
    deviations += curve[below]
    return deviations
