"""The exact posterior given two ratios of standard deviations: everything is Gaussian, and σ is only a scale.

With ρ = τ/σ and κ = ω/σ, the effects β (level, jurors, groups) and the quality θ of each dossier have, given σ:

    e_i = 1 / (n_i + 1/ρ²);  M = XᵀX + diag(0, 1/κ², …) − Σ_i e_i u_i u_iᵀ
    β̂ = M⁻¹ (Xᵀr − Σ_i e_i R_i u_i);  Cov β = σ² M⁻¹
    θ_i | β ~ N(e_i (R_i − u_iᵀ β), σ² e_i)

u_i being the incidence of dossier i on the effects and R_i the sum of its centred notes. The level has a flat prior.
Only M is factorised, and not once more for σ: the likelihood of σ needs its determinant and the residual `rest`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Block, Design, Floats

_SPARE = 1.0  # what keeps a matrix definite when nothing is left to explain


@dataclass(frozen=True, slots=True)
class Node:
    """The likelihood of σ given τ/σ = `dossier` and ω/σ = `juror`.

    `rest` is the residual sum of squares, `constant` the part of the log likelihood that σ does not change.
    """

    dossier: float
    juror: float
    rest: float
    constant: float

    def log_density(self, design: Design, sigma: Floats | float) -> Floats:
        """The log posterior density of (log ρ, log κ, log σ) for each `sigma`, up to a constant.

        The priors are uniform in τ and ω; that of σ is proportional to σ, which stands for two standard deviations,
        of the noise and of a juror's taste for one dossier: one vote a pair cannot tell them apart. The Jacobian is
        ρκσ³.
        """
        prior = np.log(self.dossier * self.juror) + 4 * np.log(sigma)
        density: Floats = self.constant - (design.count - 1) * np.log(sigma) - self.rest / (2 * sigma**2) + prior
        return density


@dataclass(frozen=True, slots=True)
class Solution:
    """The posterior given the ratios of a node: `effects` (effects,) is β̂, `factor` the lower factor of M."""

    dossier: float
    effects: Floats
    factor: Floats

    def shrinkage(self, block: Block) -> float:
        """The e_i of the dossiers of a block."""
        return _shrinkage(block.n, self.dossier)

    def quality(self, design: Design) -> Floats:
        """θ̂ of each dossier (dossiers,): points out of 20 from the general level."""
        of_juror = design.of_juror @ self.effects
        quality = np.empty(len(design.numbers))
        for block in design.blocks:
            quality[block.dossiers] = self.shrinkage(block) * (block.sums - added(of_juror, block))
        return quality


def added(of_juror: Floats, block: Block) -> Floats:
    """For each dossier of a block, the sum of its jurors' values; `of_juror` (…, jurors) gives (…, rows).

    Added one juror after the other, so that equal dossiers have equal sums to the bit.
    """
    total: Floats = of_juror[..., block.jurors[:, 0]]
    for place in range(1, block.n):
        total = total + of_juror[..., block.jurors[:, place]]
    return total


def weigh(design: Design, dossier: float, juror: float) -> Node:
    """The node where τ/σ = `dossier` and ω/σ = `juror`."""
    diagonal = np.diag(_factor(design, dossier, juror))
    log_determinant = 2 * np.log(diagonal[:-1]).sum() + 2 * design.effects * np.log(juror)
    for block in design.blocks:
        log_determinant += len(block.dossiers) * np.log1p(block.n * dossier**2)
    return Node(dossier, juror, max(0.0, float(diagonal[-1] ** 2) - _SPARE), float(-log_determinant / 2))


def solve(design: Design, node: Node) -> Solution:
    """The posterior at a node; apart from `weigh`, because the factors of a whole grid would not fit in memory."""
    bordered = _factor(design, node.dossier, node.juror)
    factor, half = bordered[:-1, :-1], bordered[-1, :-1]
    effects: Floats = np.linalg.solve(factor.T, half).astype(float, copy=False)
    return Solution(node.dossier, effects, factor)


def _factor(design: Design, dossier: float, juror: float) -> Floats:
    """The Cholesky factor of M bordered by the right-hand side h and by rᵀr − Σ e_i R_i².

    Its last row is L⁻¹h, then the root of the residual sum of squares (with a spare): one factorisation gives all.
    """
    size = design.effects + 1
    bordered = np.empty((size + 1, size + 1))
    matrix, product, total = design.square.copy(), design.product.copy(), design.total + _SPARE
    matrix[np.arange(1, size), np.arange(1, size)] += juror**-2
    for block in design.blocks:
        shrinkage = _shrinkage(block.n, dossier)
        np.subtract(matrix, shrinkage * block.together, out=matrix)
        np.subtract(product, shrinkage * block.sums_by_effect, out=product)
        total -= shrinkage * float((block.sums**2).sum())
    bordered[:size, :size], bordered[size, :size], bordered[:size, size] = matrix, product, product
    bordered[size, size] = total
    factor: Floats = np.linalg.cholesky(bordered).astype(float, copy=False)
    return factor


def _shrinkage(n: int, dossier: float) -> float:
    return 1 / (n + dossier**-2)
