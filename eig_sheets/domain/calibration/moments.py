"""The mean and the error of what is told in points: corrected notes, severities. Exact, but for the grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Block, Design, Floats
from eig_sheets.domain.calibration.grid import Grid
from eig_sheets.domain.calibration.posterior import Solution, solve


@dataclass(frozen=True, slots=True)
class Estimates:
    """Means and standard errors, in points out of 20."""

    means: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Moments:
    """Of each dossier the corrected note, from the center of the notes; of each juror and group the severity."""

    corrected: Estimates
    jurors: Estimates
    groups: Estimates


def moments(design: Design, grid: Grid) -> Moments:
    """The moments of the mixture of Gaussians: within a node, and between nodes."""
    means, squares, within = np.zeros((3, len(design.numbers) + len(design.jurors) + len(design.groups)))
    for node, weights in zip(grid.nodes, grid.weights, strict=True):
        solution = solve(design, node)
        mean = _means(solution, design)
        means += weights.sum() * mean
        squares += weights.sum() * mean**2
        within += float(weights @ grid.sigmas**2) * _variances(solution, design)
    errors = np.sqrt(np.maximum(squares - means**2, 0) + within)
    ends = np.cumsum([len(design.numbers), len(design.jurors)])
    return Moments(*map(Estimates, np.split(means, ends), np.split(errors, ends)))


def _means(solution: Solution, design: Design) -> Floats:
    level = solution.effects[0]
    severity = level - design.of_juror @ solution.effects
    return np.concatenate([level + solution.quality(design), severity, severity @ design.members])


def _variances(solution: Solution, design: Design) -> Floats:
    """Over σ². `shared` is M⁻¹ between the level (0) and what each juror adds in all, level included."""
    half = np.linalg.solve(solution.factor, np.vstack([np.eye(1, len(solution.effects)), design.of_juror]).T)
    shared: Floats = (half.T @ half).astype(float, copy=False)
    of_dossiers = np.empty(len(design.numbers))
    for block in design.blocks:
        of_dossiers[block.dossiers] = _of_corrected(shared, solution.shrinkage(block), block)
    between = shared[0, 0] - shared[0, 1:, None] - shared[0, None, 1:] + shared[1:, 1:]
    of_groups = (design.members * (between @ design.members)).sum(axis=0)
    return np.concatenate([of_dossiers, np.diag(between), of_groups])


def _of_corrected(shared: Floats, shrinkage: float, block: Block) -> Floats:
    """Var(level + quality) of each dossier of a block (rows,): e + Var(level − e × Σ of its jurors)."""
    jurors = block.sets + 1
    with_level = shared[0, jurors].sum(axis=1)
    together = np.zeros(len(jurors))
    for place in range(block.n):
        together += shared[jurors[:, place][:, None], jurors].sum(axis=1)
    variances: Floats = shrinkage + shared[0, 0] - 2 * shrinkage * with_level + shrinkage**2 * together
    return variances[block.set_of]
