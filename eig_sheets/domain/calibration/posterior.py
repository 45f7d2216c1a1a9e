"""The exact posterior of the effects given two ratios of standard deviations: Gaussian, with σ as its scale.

With ρ = τ/σ and κ = ω/σ, the effects β (level, jurors, groups) and the quality θ of each dossier have, given σ:

    e_i = 1 / (n_i + 1/ρ²);  M = XᵀX + diag(0, 1/κ², …) − Σ_i e_i u_i u_iᵀ
    β̂ = M⁻¹ (Xᵀr − Σ_i e_i R_i u_i);  Cov β = σ² M⁻¹
    θ_i | β ~ N(e_i (R_i − u_iᵀ β), σ² e_i)

u_i being the incidence of dossier i on the effects and R_i the sum of its centred notes. The level has a flat prior.
Only M is factorised, once for all σ: the likelihood of σ needs its determinant and the residual sum of squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Block, Design, Floats

_BATCH_SIZE = 1_000_000
_OFFSET = 1.0  # added then subtracted: it keeps the matrix definite when the residual is 0


@dataclass(frozen=True, slots=True)
class Node:
    """The likelihood of σ given τ/σ = `dossier` and ω/σ = `juror`.

    `residual` is the residual sum of squares, `constant` the part of the log likelihood that σ does not change.
    """

    dossier: float
    juror: float
    residual: float
    constant: float

    def log_density(self, design: Design, sigma: Floats | float) -> Floats:
        """The log posterior density of (log ρ, log κ, log σ) for each `sigma`, up to a constant.

        The priors are uniform in τ and ω; that of σ is proportional to σ, which stands for two standard deviations,
        of the noise and of a juror's taste for one dossier: one vote a pair cannot tell them apart. The Jacobian is
        ρκσ³.
        """
        prior = np.log(self.dossier * self.juror) + 4 * np.log(sigma)
        density: Floats = self.constant - (design.count - 1) * np.log(sigma) - self.residual / (2 * sigma**2) + prior
        return density


@dataclass(frozen=True, slots=True)
class Solution:
    """The posterior given the ratios of a node: `effects` (effects,) is β̂, `factor` the lower factor of M."""

    dossier: float
    effects: Floats
    factor: Floats

    def shrinkage(self, block: Block) -> float:
        """The e_i of the dossiers of a block."""
        return float(_shrinkage(block.n, np.array(self.dossier)))

    def quality(self, design: Design) -> Floats:
        """θ̂ of each dossier (dossiers,): points out of 20 from the general level."""
        juror_values = design.incidence @ self.effects
        quality = np.empty(len(design.numbers))
        for block in design.blocks:
            quality[block.dossiers] = self.shrinkage(block) * (block.sums - sum_over_jurors(juror_values, block))
        return quality


def sum_over_jurors(juror_values: Floats, block: Block) -> Floats:
    """For each dossier of a block, the sum of its jurors' values; `juror_values` (…, jurors) gives (…, rows).

    Added one juror after the other, so that equal dossiers have equal sums to the bit.
    """
    total: Floats = juror_values[..., block.jurors[:, 0]]
    for place in range(1, block.n):
        total = total + juror_values[..., block.jurors[:, place]]
    return total


def likelihood_nodes(design: Design, dossier: Floats, juror: Floats) -> list[Node]:
    """The nodes where τ/σ = `dossier` and ω/σ = `juror` (nodes,), in batches that fit in memory."""
    batch = max(1, _BATCH_SIZE // (design.effects + 2) ** 2)
    starts = range(0, len(dossier), batch)
    return [
        node
        for start in starts
        for node in _likelihood_nodes(design, dossier[start : start + batch], juror[start : start + batch])
    ]


def _likelihood_nodes(design: Design, dossier: Floats, juror: Floats) -> Iterator[Node]:
    diagonal = np.diagonal(_factors(design, dossier, juror), axis1=1, axis2=2)
    log_determinant = 2 * np.log(diagonal[:, :-1]).sum(axis=1) + 2 * design.effects * np.log(juror)
    for block in design.blocks:
        log_determinant += len(block.dossiers) * np.log1p(block.n * dossier**2)
    residual = np.maximum(0.0, diagonal[:, -1] ** 2 - _OFFSET)
    columns = (dossier, juror, residual, -log_determinant / 2)
    return map(Node, *(column.tolist() for column in columns))


def solve(design: Design, node: Node) -> Solution:
    """The posterior at a node; not kept by `likelihood_nodes`, because the factors of a whole grid are too large."""
    [bordered] = _factors(design, np.array([node.dossier]), np.array([node.juror]))
    factor, half = bordered[:-1, :-1], bordered[-1, :-1]
    effects: Floats = np.linalg.solve(factor.T, half).astype(float, copy=False)
    return Solution(node.dossier, effects, factor)


def _factors(design: Design, dossier: Floats, juror: Floats) -> Floats:
    """The Cholesky factors (nodes, …, …) of M bordered by the right-hand side h and by rᵀr − Σ e_i R_i².

    The last row is L⁻¹h, then the root of the residual sum of squares (with an offset): one factorisation gives all.
    """
    size = design.effects + 1
    bordered = np.empty((len(dossier), size + 1, size + 1))
    bordered[:, :size, :size] = design.gram
    bordered[:, size, :size] = design.right_side
    bordered[:, size, size] = design.sum_of_squares + _OFFSET
    for block in design.blocks:
        shrinkage = _shrinkage(block.n, dossier)[:, None]
        bordered[:, :size, :size] -= shrinkage[:, :, None] * block.gram
        bordered[:, size, :size] -= shrinkage * block.sums_by_effect
        bordered[:, size, size] -= shrinkage[:, 0] * float((block.sums**2).sum())
    bordered[:, range(1, size), range(1, size)] += juror[:, None] ** -2
    factors: Floats = np.linalg.cholesky(bordered).astype(float, copy=False)  # which reads the lower half alone
    return factors


def _shrinkage(n: int, dossier: Floats) -> Floats:
    shrinkage: Floats = 1 / (n + dossier**-2.0)
    return shrinkage
