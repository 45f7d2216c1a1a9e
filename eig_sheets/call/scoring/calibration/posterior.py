"""The exact posterior of the effects given the ratios of standard deviations: Gaussian, with σ as its scale.

With ρ = τ/σ, κ = ω/σ and ψ = π/σ, the effects β (level, jurors, panels) and the quality θ of each dossier have,
given σ:

    e_i = 1 / (n_i + 1/ρ²);  M = XᵀX + diag(0, 1/κ², …, 1/ψ², …) − Σ_i e_i u_i u_iᵀ
    β̂ = M⁻¹ (Xᵀr − Σ_i e_i R_i u_i);  Cov β = σ² M⁻¹
    θ_i | β ~ N(e_i (R_i − u_iᵀ β), σ² e_i)

u_i being the incidence of dossier i on the effects and R_i the sum of its centred notes. The level has a flat prior.
Only M is factorised, once for all σ: the likelihood of σ needs its determinant and the residual sum of squares. Its
jurors are eliminated first, once for each (ρ, κ): what is left, of the size of the panels, is factorised for each ψ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from eig_sheets.call.scoring.calibration.design import Block, Design, Floats, Places

_BATCH_SIZE = 1_000_000
_OFFSET = 1.0  # added then subtracted: it keeps the matrix definite when the residual is 0


@dataclass(frozen=True, slots=True)
class Node:
    """The ratios of a node: `dossier` τ/σ, `juror` ω/σ and `panel` π/σ, which is 0 without panels."""

    dossier: float
    juror: float
    panel: float


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The likelihood of σ at each of some nodes (nodes,): residual sums of squares, and what σ does not change."""

    nodes: tuple[Node, ...]
    residuals: Floats
    constants: Floats

    def log_density(self, design: Design, log_sigma: Floats) -> Floats:
        """The log posterior density of the logarithms of the ratios and of σ, up to a constant.

        `log_sigma` is (sigmas,) for all nodes, or (nodes, sigmas); the result (nodes, sigmas). Priors are uniform in τ,
        ω and π; that of σ is proportional to σ, which stands for two standard deviations, of the noise and of a
        juror's taste for one dossier: one vote a pair cannot tell them apart. The Jacobian is ρκσ³, ρκψσ⁴ with panels.
        """
        ratios = np.log([node.dossier * node.juror * (node.panel or 1.0) for node in self.nodes])
        free = design.count - 1 - sigma_powers(design)
        residuals = self.residuals[:, None] / (2 * np.exp(2 * log_sigma))
        density: Floats = (self.constants + ratios)[:, None] - free * log_sigma - residuals
        return density


def sigma_powers(design: Design) -> int:
    """The powers of σ in the prior and the Jacobian."""
    return 5 if design.panels else 4


@dataclass(frozen=True, slots=True)
class Solution:
    """The posterior given the ratios of a node: `effects` (effects,) is β̂, `factor` the lower factor of M."""

    dossier: float
    effects: Floats
    factor: Floats

    def shrinkage(self, block: Block) -> float:
        """The e_i of the dossiers of a block."""
        return _shrinkage_at(block.n, self.dossier)

    def spread(self, design: Design) -> Floats:
        """The standard deviation over σ of the quality of each dossier given the effects (dossiers,)."""
        spread = np.empty(len(design.numbers))
        for block in design.blocks:
            spread[block.dossiers] = np.sqrt(self.shrinkage(block))
        return spread

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


def likelihood(design: Design, dossier: Floats, juror: Floats, panel: Floats) -> Likelihood:
    """The likelihood at the nodes τ/σ = `dossier`, ω/σ = `juror` (pairs,), each with all of π/σ = `panel` (ratios,).

    Nodes go by pair, then by `panel`, which has one ratio, without effect, where there are no panels.
    """
    batch = max(1, _BATCH_SIZE // (design.effects + 2) ** 2)
    starts = range(0, len(dossier), batch)
    parts = [
        _residuals(design, dossier[start : start + batch], juror[start : start + batch], panel) for start in starts
    ]
    residuals, constants = (np.concatenate(part) for part in zip(*parts, strict=True))
    pairs = zip(dossier.tolist(), juror.tolist(), strict=True)
    panels = panel.tolist() if design.panels else [0.0]
    return Likelihood(tuple(Node(*pair, panel_ratio) for pair in pairs for panel_ratio in panels), residuals, constants)


def _residuals(design: Design, dossier: Floats, juror: Floats, panel: Floats) -> tuple[Floats, Floats]:
    """The residual sum of squares and the constant of each node (nodes,), all of `panel` for a pair together."""
    bordered = _bordered(design, dossier)
    jurors, others = _split(design)
    own = bordered[:, jurors[:, None], jurors]
    own[:, range(len(jurors)), range(len(jurors))] += juror[:, None] ** -2
    factors = np.linalg.cholesky(own)
    half = np.linalg.solve(factors, bordered[:, jurors[:, None], others])
    rest = bordered[:, others[:, None], others] - half.transpose(0, 2, 1) @ half
    rest = np.repeat(rest[:, None], len(panel), axis=1)
    of_panels = range(1, 1 + design.panels)
    rest[:, :, of_panels, of_panels] += panel[None, :, None] ** -2
    last = np.diagonal(np.linalg.cholesky(rest), axis1=2, axis2=3)
    log_determinant = 2 * np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1) + 2 * len(jurors) * np.log(juror)
    for block in design.blocks:
        log_determinant += len(block.dossiers) * np.log1p(block.n * dossier**2)
    of_nodes = log_determinant[:, None] + 2 * np.log(last[:, :, :-1]).sum(axis=2) + 2 * design.panels * np.log(panel)
    residuals = np.maximum(0.0, last[:, :, -1] ** 2 - _OFFSET)
    return residuals.ravel(), (-of_nodes / 2).ravel()


def _split(design: Design) -> tuple[Places, Places]:
    """The places of the jurors in the bordered matrix, and those of the level, the panels and the border."""
    jurors = np.arange(1, 1 + len(design.jurors))
    return jurors, np.concatenate([[0], np.arange(1 + len(jurors), design.effects + 2)])


def solve(design: Design, nodes: Sequence[Node]) -> Iterator[Solution]:
    """The posterior at each of some nodes; not kept by `likelihood`: the factors of a whole grid are too large."""
    batch = max(1, _BATCH_SIZE // (design.effects + 2) ** 2)
    for start in range(0, len(nodes), batch):
        yield from _solved(design, nodes[start : start + batch])


def _solved(design: Design, nodes: Sequence[Node]) -> Iterator[Solution]:
    bordered = _bordered(design, np.array([node.dossier for node in nodes]))
    ratios = np.array([(node.juror, node.panel) for node in nodes])
    own = range(1, 1 + design.effects)
    bordered[:, own, own] += np.repeat(ratios, [len(design.jurors), design.panels], axis=1) ** -2.0
    factors = np.linalg.cholesky(bordered)  # which reads the lower half alone
    factor, half = factors[:, :-1, :-1], factors[:, -1, :-1, None]
    effects = np.linalg.solve(factor.transpose(0, 2, 1), half)[..., 0]
    yield from (Solution(node.dossier, *of_node) for node, *of_node in zip(nodes, effects, factor, strict=True))


def _bordered(design: Design, dossier: Floats) -> Floats:
    """M without the precisions, bordered by its right-hand side h and by rᵀr − Σ e_i R_i² (nodes, …, …).

    The last row of its Cholesky factor is L⁻¹h, then the root of the residual sum of squares (with an offset): one
    factorisation gives all.
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
    bordered[:, :size, size] = bordered[:, size, :size]
    return bordered


@lru_cache(maxsize=65_536)  # each block asks for it again and again, at the same nodes
def _shrinkage_at(n: int, dossier: float) -> float:
    return float(_shrinkage(n, np.array(dossier)))


def _shrinkage(n: int, dossier: Floats) -> Floats:
    shrinkage: Floats = 1 / (n + dossier**-2.0)
    return shrinkage
