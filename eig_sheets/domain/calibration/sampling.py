"""Draws of the ranks from the posterior, the same on any machine and with any release of numpy.

The bits come from PCG64, whose stream numpy promises never to change (NEP 19 promises nothing of the Generator's
normals); normals are made of them here. Each draw has its mirror image around the posterior mean (antithetic draws):
means of ranks lose most of their noise, and the two halves are drawn from the same posterior.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from eig_sheets.domain.calibration.design import Design, Floats
from eig_sheets.domain.calibration.grid import Grid
from eig_sheets.domain.calibration.posterior import Solution, added, solve

Ranks = npt.NDArray[np.int32]

_MOST, _FEWEST = 4096, 512
_RANKS = 4_000_000
_AT_ONCE = 1_000_000
_UNIT = 2.0**-53
_WHOLE = 2**40


def draw_ranks(design: Design, grid: Grid, seed: int) -> Ranks:
    """Drawn ranks (draws, dossiers), 1 the best: 4,096 draws, fewer when there are over a thousand dossiers."""
    dossiers = len(design.numbers)
    half = max(_FEWEST, min(_MOST, _RANKS // dossiers)) // 2
    ranks = np.empty((2 * half, dossiers), dtype=np.int32)
    bits, lot, done = np.random.PCG64(seed), max(1, _AT_ONCE // (dossiers + design.effects)), 0
    for node, sigmas in zip(grid.nodes, _chosen(grid, half), strict=True):
        if not len(sigmas):
            continue
        solution = solve(design, node)
        quality = solution.quality(design)
        for start in range(0, len(sigmas), lot):
            deviation = _deviations(solution, sigmas[start : start + lot], design, bits)
            end = done + len(deviation)
            ranks[done:end] = _ranked(quality + deviation)
            ranks[half + done : half + end] = _ranked(quality - deviation)
            done = end
    return ranks


def _chosen(grid: Grid, count: int) -> Iterator[Floats]:
    """For each node, the σ of its draws, in proportion of the weights: `count` in all.

    Systematic: the middles of `count` equal parts of [0, 1], on the cumulated weights. Those are cut to whole numbers
    of 2⁻⁴⁰, so that the last bits of a sum move no node.
    """
    cumulated = np.cumsum(np.rint(grid.weights.ravel() * _WHOLE).astype(np.int64))
    points = (2 * np.arange(count, dtype=np.int64) + 1) * int(cumulated[-1]) // (2 * count)
    pairs, places = np.divmod(np.searchsorted(cumulated, points, side="right"), len(grid.sigmas))
    for pair in range(len(grid.nodes)):
        yield grid.sigmas[places[pairs == pair]]


def _deviations(solution: Solution, sigma: Floats, design: Design, bits: np.random.PCG64) -> Floats:
    """How far each quality is drawn from its mean (draws, dossiers), one draw for each σ: effects, then the rest."""
    size = len(solution.effects)
    normals = standard_normals(bits, len(sigma) * (size + len(design.numbers))).reshape(len(sigma), -1)
    of_juror = np.linalg.solve(solution.factor.T, normals[:, :size].T).T @ design.of_juror.T
    deviation = normals[:, size:]
    for block in design.blocks:
        shrinkage = solution.shrinkage(block)
        deviation[:, block.dossiers] *= np.sqrt(shrinkage)
        deviation[:, block.dossiers] -= shrinkage * added(of_juror, block)
    return deviation * sigma[:, None]


def standard_normals(bits: np.random.PCG64, count: int) -> Floats:
    """Independent standard normals (count,), by Box and Muller's transform of 53 bits each."""
    half = (count + 1) // 2
    uniform = ((bits.random_raw(2 * half) >> np.uint64(11)).astype(float) + 0.5) * _UNIT
    radius, angle = np.sqrt(-2 * np.log(uniform[:half])), 2 * np.pi * uniform[half:]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])[:count]


def _ranked(quality: Floats) -> Ranks:
    """The rank of each dossier in each draw (draws, dossiers)."""
    order = np.argsort(-quality, axis=1)
    ranks = np.empty(quality.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, quality.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
    return ranks
