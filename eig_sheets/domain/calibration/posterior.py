"""The exact posterior given two ratios of standard deviations: everything is Gaussian, and σ is only a scale.

With ρ = τ/σ and κ = ω/σ, the effects β (level, jurors, groups) and the quality θ of each dossier have, given σ:

    e_i = 1 / (n_i + 1/ρ²);  M = XᵀX + diag(0, 1/κ², …) − Σ_i e_i u_i u_iᵀ
    β̂ = M⁻¹ (Xᵀr − Σ_i e_i R_i u_i);  Cov β = σ² M⁻¹
    θ_i | β ~ N(e_i (R_i − u_iᵀ β), σ² e_i)

u_i being the incidence of dossier i on the effects and R_i the sum of its centred notes. The level has a flat prior.
Only M is factorised, and not once more for σ: the likelihood of σ needs its determinant and the residual `rest`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.calibration.design import Block, Design, Floats

_NUMBERS_AT_ONCE = 1_000_000
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
        return float(_shrinkage(block.n, np.array(self.dossier)))

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


def weigh(design: Design, dossier: Floats, juror: Floats) -> list[Node]:
    """The nodes where τ/σ = `dossier` and ω/σ = `juror` (nodes,), in lots that fit in memory."""
    lot = max(1, _NUMBERS_AT_ONCE // (design.effects + 2) ** 2)
    starts = range(0, len(dossier), lot)
    return [
        node for start in starts for node in _weigh(design, dossier[start : start + lot], juror[start : start + lot])
    ]


def _weigh(design: Design, dossier: Floats, juror: Floats) -> Iterator[Node]:
    diagonal = np.diagonal(_factors(design, dossier, juror), axis1=1, axis2=2)
    log_determinant = 2 * np.log(diagonal[:, :-1]).sum(axis=1) + 2 * design.effects * np.log(juror)
    for block in design.blocks:
        log_determinant += len(block.dossiers) * np.log1p(block.n * dossier**2)
    rest = np.maximum(0.0, diagonal[:, -1] ** 2 - _SPARE)
    columns = (dossier, juror, rest, -log_determinant / 2)
    return map(Node, *(column.tolist() for column in columns))


def solve(design: Design, node: Node) -> Solution:
    """The posterior at a node; apart from `weigh`, because the factors of a whole grid would not fit in memory."""
    [bordered] = _factors(design, np.array([node.dossier]), np.array([node.juror]))
    factor, half = bordered[:-1, :-1], bordered[-1, :-1]
    effects: Floats = np.linalg.solve(factor.T, half).astype(float, copy=False)
    return Solution(node.dossier, effects, factor)


def _factors(design: Design, dossier: Floats, juror: Floats) -> Floats:
    """The Cholesky factors (nodes, …, …) of M bordered by the right-hand side h and by rᵀr − Σ e_i R_i².

    The last row is L⁻¹h, then the root of the residual sum of squares (with a spare): one factorisation gives all.
    """
    size = design.effects + 1
    bordered = np.empty((len(dossier), size + 1, size + 1))
    bordered[:, :size, :size] = design.square
    bordered[:, size, :size] = design.product
    bordered[:, size, size] = design.total + _SPARE
    for block in design.blocks:
        shrinkage = _shrinkage(block.n, dossier)[:, None]
        bordered[:, :size, :size] -= shrinkage[:, :, None] * block.together
        bordered[:, size, :size] -= shrinkage * block.sums_by_effect
        bordered[:, size, size] -= shrinkage[:, 0] * float((block.sums**2).sum())
    bordered[:, range(1, size), range(1, size)] += juror[:, None] ** -2
    factors: Floats = np.linalg.cholesky(bordered).astype(float, copy=False)  # which reads the lower half alone
    return factors


def _shrinkage(n: int, dossier: Floats) -> Floats:
    shrinkage: Floats = 1 / (n + dossier**-2.0)
    return shrinkage
