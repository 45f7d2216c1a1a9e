"""Posterior means, standard errors and expected ranks, computed without draws: exact but for the grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eig_sheets.call.scoring.calibration.design import Block, Design, Floats
from eig_sheets.call.scoring.calibration.grid import POINTS, UPPER_TAIL, Grid, interpolated
from eig_sheets.call.scoring.calibration.posterior import Solution, solve, sum_over_jurors

MOST_DOSSIERS = 500
"""With more dossiers than this, pairs are too many: the expected rank is the mean of the drawn ranks."""

_NEGLIGIBLE = 1e-3  # nodes that have less, beside the largest weight, move no rank by a hundredth


@dataclass(frozen=True, slots=True)
class Estimates:
    """Means and standard errors, in points out of 20."""

    means: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Moments:
    """Estimates of each dossier's corrected note, relative to the center of the notes, and of severities."""

    corrected: Estimates
    jurors: Estimates
    groups: Estimates


def moments(design: Design, grid: Grid) -> Moments:
    """The moments of the mixture of Gaussians over the nodes."""
    means, squares, within = np.zeros((3, len(design.numbers) + len(design.jurors) + len(design.groups)))
    for solution, weights in zip(solve(design, grid.nodes), grid.weights, strict=True):
        mean = _means(solution, design)
        means += weights.sum() * mean
        squares += weights.sum() * mean**2
        within += float(weights @ grid.sigmas**2) * _variances(solution, design)
    errors = np.sqrt(np.maximum(squares - means**2, 0) + within)
    ends = np.cumsum([len(design.numbers), len(design.jurors)])
    return Moments(*map(Estimates, np.split(means, ends), np.split(errors, ends)))


def _means(solution: Solution, design: Design) -> Floats:
    level = solution.effects[0]
    severity = level - design.incidence @ solution.effects
    return np.concatenate([level + solution.quality(design), severity, severity @ design.group_shares])


def _variances(solution: Solution, design: Design) -> Floats:
    """Variances over σ². `shared` is M⁻¹ between the level (0) and the total effect of each juror, level included."""
    half = np.linalg.solve(solution.factor, np.vstack([np.eye(1, len(solution.effects)), design.incidence]).T)
    shared: Floats = (half.T @ half).astype(float, copy=False)
    of_dossiers = np.empty(len(design.numbers))
    for block in design.blocks:
        of_dossiers[block.dossiers] = _corrected_variances(shared, solution.shrinkage(block), block)
    between = shared[0, 0] - shared[0, 1:, None] - shared[0, None, 1:] + shared[1:, 1:]
    of_groups = (design.group_shares * (between @ design.group_shares)).sum(axis=0)
    return np.concatenate([of_dossiers, np.diag(between), of_groups])


def _corrected_variances(shared: Floats, shrinkage: float, block: Block) -> Floats:
    """Var(level + quality) of each dossier of a block (rows,): e + Var(level − e × Σ of its jurors)."""
    jurors = block.sets + 1
    with_level = shared[0, jurors].sum(axis=1)
    together = np.zeros(len(jurors))
    for place in range(block.n):
        together += shared[jurors[:, place][:, None], jurors].sum(axis=1)
    variances: Floats = shrinkage + shared[0, 0] - 2 * shrinkage * with_level + shrinkage**2 * together
    return variances[block.set_of]


def expected_ranks(design: Design, grid: Grid) -> Floats:
    """1 + Σ_k≠i P(θ_k > θ_i) for each dossier (dossiers,): 1 is the best. Σ is N(N + 1)/2."""
    better = np.zeros(len(design.numbers))
    matters = grid.marginal > _NEGLIGIBLE * grid.marginal.max()
    weights = grid.weights[matters] / grid.weights[matters].sum()
    nodes = [node for node, used in zip(grid.nodes, matters, strict=True) if used]
    for solution, of_sigmas in zip(solve(design, nodes), weights, strict=True):
        better += _expected_better(solution, of_sigmas, grid.sigmas, design)
    ranks: Floats = better + 0.5  # each dossier is « better » than itself with probability ½
    return ranks


def _expected_better(solution: Solution, weights: Floats, sigmas: Floats, design: Design) -> Floats:
    """Σ_k P(θ_k > θ_i) at one node, k = i included, times its weight.

    Row by row above the diagonal: what is under it is the complement.
    """
    quality, spread = solution.quality(design), _spread(solution, design)
    largest, curve = _probability_curve(weights, sigmas)
    upper = np.triu_indices(len(quality), 1)
    better = np.zeros_like(spread)
    better[upper] = interpolated(curve, (quality[upper[0]] - quality[upper[1]]) / (largest * spread[upper]))
    summed: Floats = better.sum(axis=1) - better.sum(axis=0) + weights.sum() * (np.arange(len(quality)) + 0.5)
    return summed


def _probability_curve(weights: Floats, sigmas: Floats) -> tuple[float, Floats]:
    """The largest σ, and P(difference > 0) for each mean difference in steps of that σ: a mixture over σ."""
    used = weights > _NEGLIGIBLE * weights.max()
    largest = float(sigmas[used].max())
    curve, whole = np.zeros_like(POINTS), weights[used].sum()
    for weight, sigma in zip(weights[used], sigmas[used], strict=True):
        curve += weight / whole * np.interp(POINTS * (largest / sigma), POINTS, UPPER_TAIL)
    return largest, weights.sum() * curve


def _spread(solution: Solution, design: Design) -> Floats:
    """The standard deviation of θ_k − θ_i over σ (dossiers × dossiers); 1 on the diagonal, where it is not used."""
    own = np.empty(len(design.numbers))
    shared = np.empty((len(own), len(solution.effects)))
    juror_values: Floats = np.linalg.solve(solution.factor, design.incidence.T).astype(float, copy=False)
    for block in design.blocks:
        own[block.dossiers] = solution.shrinkage(block)
        shared[block.dossiers] = solution.shrinkage(block) * sum_over_jurors(juror_values, block).T
    product = shared @ shared.T
    alone = own + np.diag(product)
    variance = alone[:, None] + alone[None, :] - 2 * product
    np.fill_diagonal(variance, 1.0)
    spread: Floats = np.sqrt(variance)
    return spread
