"""The grid of integration over the three standard deviations, adapted to where the posterior has its mass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Design, Floats
from eig_sheets.domain.calibration.posterior import Node, likelihood_nodes

PRIOR_SHARE = 0.4
"""The standard deviations are uniform between 0 and this share of the range of the notes: (0, 2) on 1 to 6 in Heyard
et al. 2022."""

_FINEST = 200
"""Standard deviations under the prior's bound over this (0.03 of a note out of 20, on 1 to 4) count as 0."""

_LOWEST_RATIO = 1 / 50
_SEARCH, _NODES = 7, (13, 13, 21)  # of each ratio to find the box; of log τ/σ, log ω/σ, log σ within it
_NEGLIGIBLE = 1e-4  # of the largest weight: nodes and cells of less are left out
_STOP_RATIO = 0.9
_MAX_ITERATIONS = 16
_MAX_DEVIATIONS = 5  # standard deviations of log σ
_EXTRA_SIGMA_POWERS = 5  # of σ in the posterior, besides those of the evaluations

Side = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """The nodes whose weight is not negligible: `nodes` for each pair of ratios, and the weight of each σ with it.

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


def build_grid(design: Design, note_range: float) -> Grid:
    """The grid for a design; `note_range` is the difference of the highest and the lowest note out of 20.

    Equal steps in the logarithms: a midpoint rule, with the Jacobian in the density. The box is narrowed to where the
    posterior is until that narrows it no more, so that the nodes are all used however many evaluations there are; on a
    smooth density that vanishes at both ends, a midpoint rule is then nearly exact (0.001 of a rank on the example of
    Heyard et al., beside a grid of 41 × 41 × 129).
    """
    bound = PRIOR_SHARE * note_range
    *sides, of_sigma = _search_box(design, bound)
    ratios = [_midpoints(*side, count) for side, count in zip(sides, _NODES, strict=False)]
    sigma = _midpoints(*of_sigma, _NODES[2])
    nodes = _nodes(design, ratios)
    logs = np.array([node.log_density(design, np.exp(sigma)) for node in nodes])
    within = (
        _share_within_prior(ratios[0], sigma, bound)[:, None, :]
        * _share_within_prior(ratios[1], sigma, bound)[None, :, :]
    )
    weights = _relative_weights(logs, within.reshape(logs.shape))
    weights = np.where(weights > _NEGLIGIBLE * weights.max(), weights, 0.0)
    used = np.flatnonzero(weights.sum(axis=1))
    return Grid(tuple(nodes[place] for place in used), np.exp(sigma), weights[used] / weights.sum())


def _search_box(design: Design, bound: float) -> tuple[Side, Side, Side]:
    """The sides of the box that holds the posterior, in logarithms: of τ/σ, of ω/σ, of σ.

    Searched along the best σ of each pair of ratios, so that a narrow ridge between σ and a ratio is not lost.
    """
    sides: list[Side] = [(np.log(_LOWEST_RATIO), np.log(_FINEST))] * 2
    for _ in range(_MAX_ITERATIONS):
        before, (weights, sigma) = sides, _profile_weights(design, sides, bound)
        sides = [_narrowed_side(side, weights.sum(axis=1 - axis)) for axis, side in enumerate(before)]
        if all(_length(after) >= _STOP_RATIO * _length(side) for after, side in zip(sides, before, strict=True)):
            break
    weights, sigma = _profile_weights(design, sides, bound)
    matters = np.log(sigma[weights > _NEGLIGIBLE])
    around = _MAX_DEVIATIONS / np.sqrt(2 * max(design.count - _EXTRA_SIGMA_POWERS, 1))
    of_sigma = max(np.log(bound / _FINEST), matters.min() - around), min(np.log(bound), matters.max() + around)
    return sides[0], sides[1], of_sigma


def _profile_weights(design: Design, sides: Sequence[Side], bound: float) -> tuple[Floats, Floats]:
    """The profile of the posterior: the weights of pairs of ratios (τ/σ, ω/σ) at their best σ, and these σ."""
    nodes = _nodes(design, [_midpoints(*side, _SEARCH) for side in sides])
    sigma = np.array([_mode_of_sigma(design, node, bound) for node in nodes])
    logs = np.array([node.log_density(design, best) for node, best in zip(nodes, sigma, strict=True)])
    weights = _relative_weights(logs, np.ones_like(logs))
    return weights.reshape(_SEARCH, _SEARCH), sigma.reshape(_SEARCH, _SEARCH)


def _nodes(design: Design, ratios: Sequence[Floats]) -> list[Node]:
    dossier, juror = np.meshgrid(*ratios, indexing="ij")
    return likelihood_nodes(design, np.exp(dossier.ravel()), np.exp(juror.ravel()))


def _mode_of_sigma(design: Design, node: Node, bound: float) -> float:
    """The σ of the highest density at a node, within the prior's bounds."""
    most = bound / max(node.dossier, node.juror, 1.0)
    free = design.count - _EXTRA_SIGMA_POWERS
    best = np.sqrt(node.residual / free) if free > 0 else most
    return float(min(max(best, bound / _FINEST), most))


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
