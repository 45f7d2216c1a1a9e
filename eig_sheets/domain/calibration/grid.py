"""The grid of the three standard deviations, laid where the posterior is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Design, Floats
from eig_sheets.domain.calibration.posterior import Node, weigh

PRIOR_SHARE = 0.4
"""The standard deviations are uniform between 0 and this share of the range of the notes: (0, 2) on 1 to 6 in Heyard
et al. 2022."""

_FINEST = 200
"""No standard deviation is told from 0 below the prior's bound over this (0.03 of a note out of 20, on 1 to 4)."""

_LOWEST_RATIO = 1 / 50
_SEARCH, _NODES = 7, (13, 13, 21)  # of each ratio to find the box; of log τ/σ, log ω/σ, log σ within it
_KEPT = 1e-4  # of the heaviest: lighter nodes and cells do not matter
_SHRINKS = 0.9
_ROUNDS = 16
_FARTHEST = 5  # standard deviations of log σ
_POWERS = 5  # of σ in the posterior, besides those of the evaluations

Side = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """The nodes that matter: `nodes` for each pair of ratios, and the weight of each σ beside it.

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


def lay(design: Design, note_range: float) -> Grid:
    """The grid for a design; `note_range` is the difference of the highest and the lowest note out of 20.

    Equal steps in the logarithms: a midpoint rule, with the Jacobian in the density. The box is narrowed to where the
    posterior is until that narrows it no more, so that the nodes are all used however many evaluations there are; on a
    smooth density that vanishes at both ends, a midpoint rule is then nearly exact (0.001 of a rank on the example of
    Heyard et al., beside a grid of 41 × 41 × 129).
    """
    bound = PRIOR_SHARE * note_range
    *sides, of_sigma = _where_it_matters(design, bound)
    ratios = [_midpoints(*side, count) for side, count in zip(sides, _NODES, strict=False)]
    sigma = _midpoints(*of_sigma, _NODES[2])
    nodes = _nodes(design, ratios)
    logs = np.array([node.log_density(design, np.exp(sigma)) for node in nodes])
    within = _within(ratios[0], sigma, bound)[:, None, :] * _within(ratios[1], sigma, bound)[None, :, :]
    weights = _relative(logs, within.reshape(logs.shape))
    weights = np.where(weights > _KEPT * weights.max(), weights, 0.0)
    kept = np.flatnonzero(weights.sum(axis=1))
    return Grid(tuple(nodes[place] for place in kept), np.exp(sigma), weights[kept] / weights.sum())


def _where_it_matters(design: Design, bound: float) -> tuple[Side, Side, Side]:
    """The sides of the box, in logarithms: of τ/σ, of ω/σ, of σ.

    Searched along the best σ of each pair of ratios, so that a narrow ridge between σ and a ratio is not lost.
    """
    sides: list[Side] = [(np.log(_LOWEST_RATIO), np.log(_FINEST))] * 2
    for _ in range(_ROUNDS):
        before, (weights, sigma) = sides, _along_best_sigma(design, sides, bound)
        sides = [_narrowed(side, weights.sum(axis=1 - axis)) for axis, side in enumerate(before)]
        if all(_length(after) >= _SHRINKS * _length(side) for after, side in zip(sides, before, strict=True)):
            break
    weights, sigma = _along_best_sigma(design, sides, bound)
    matters = np.log(sigma[weights > _KEPT])
    around = _FARTHEST / np.sqrt(2 * max(design.count - _POWERS, 1))
    of_sigma = max(np.log(bound / _FINEST), matters.min() - around), min(np.log(bound), matters.max() + around)
    return sides[0], sides[1], of_sigma


def _along_best_sigma(design: Design, sides: Sequence[Side], bound: float) -> tuple[Floats, Floats]:
    """The weights of pairs of ratios (τ/σ, ω/σ) at their best σ, and these σ."""
    nodes = _nodes(design, [_midpoints(*side, _SEARCH) for side in sides])
    sigma = np.array([_best_sigma(design, node, bound) for node in nodes])
    logs = np.array([one.log_density(design, best) for one, best in zip(nodes, sigma, strict=True)])
    weights = _relative(logs, np.ones_like(logs))
    return weights.reshape(_SEARCH, _SEARCH), sigma.reshape(_SEARCH, _SEARCH)


def _nodes(design: Design, ratios: Sequence[Floats]) -> list[Node]:
    dossier, juror = np.meshgrid(*ratios, indexing="ij")
    return weigh(design, np.exp(dossier.ravel()), np.exp(juror.ravel()))


def _best_sigma(design: Design, node: Node, bound: float) -> float:
    """The σ of the highest density at a node, within the prior's bounds."""
    most = bound / max(node.dossier, node.juror, 1.0)
    free = design.count - _POWERS
    best = np.sqrt(node.rest / free) if free > 0 else most
    return float(min(max(best, bound / _FINEST), most))


def _midpoints(low: float, high: float, count: int) -> Floats:
    step = (high - low) / count
    middles: Floats = low + step * (np.arange(count, dtype=float) + 0.5)
    return middles


def _within(ratio: Floats, sigma: Floats, bound: float) -> Floats:
    """How much of each cell (ratios, sigmas) has ratio × σ under the bound, all in logarithms: between 0 and 1."""
    room = (np.log(bound) - ratio[:, None] - sigma[None, :]) / (ratio[1] - ratio[0])
    share: Floats = np.clip(room + 0.5, 0, 1)
    return share


def _relative(logs: Floats, within: Floats) -> Floats:
    """The weights of these log densities, of which `within` is let in: 1 is the heaviest, or close to it."""
    highest = logs[within > 0].max()
    weights: Floats = np.where(within > 0, within * np.exp(np.minimum(logs - highest, 0)), 0)
    return weights


def _narrowed(side: Side, weights: Floats) -> Side:
    """The side between the first and the last cell that matter, and one cell more at each end."""
    low, high = side
    step = (high - low) / len(weights)
    matter = np.flatnonzero(weights > _KEPT * weights.max())
    return max(low, low + step * (int(matter[0]) - 1)), min(high, low + step * (int(matter[-1]) + 2))


def _length(side: Side) -> float:
    return side[1] - side[0]
