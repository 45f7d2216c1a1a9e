"""The same posterior the long way: one dense covariance of all evaluations at each node, nothing shared."""

from __future__ import annotations

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np


class Truth(NamedTuple):
    """What a list of nodes (τ, ω, π, σ) with log prior masses gives: all by number, by juror name and by group name."""

    weights: np.ndarray
    expected_ranks: dict[str, float]
    corrected: dict[str, tuple[float, float]]
    severity: dict[str, tuple[float, float]]
    groups: dict[str, tuple[float, float]]


def posterior(votes, nodes, log_prior, group_of=None):
    """`votes`: (numero, jure, note). A vague level, N(0, 10⁶), stands for the flat one."""
    names = sorted({numero for numero, _, _ in votes}), sorted({jure for _, jure, _ in votes})
    group_of = group_of or {}
    panels = sorted({group_of[name] for name in names[1] if group_of.get(name)})
    notes = np.array([note for _, _, note in votes])
    notes, center = notes - notes.mean(), notes.mean()
    dossier, juror, panel = (np.zeros((len(votes), len(one))) for one in (*names, panels))
    for row, (numero, jure, _) in enumerate(votes):
        dossier[row, names[0].index(numero)] = juror[row, names[1].index(jure)] = 1
        if group_of.get(jure):
            panel[row, panels.index(group_of[jure])] = 1
    everything = np.hstack([np.ones((len(votes), 1)), dossier, juror, panel])
    sizes = (1, len(names[0]), len(names[1]), len(panels))
    contrasts = _contrasts(names[1], panels, group_of, sizes)
    solved = [
        _solved(everything, notes, np.repeat((1e3, tau, omega, panel_sd), sizes), sigma)
        for tau, omega, panel_sd, sigma in nodes
    ]
    logs = np.array([one[0] for one in solved]) + log_prior
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    means = np.array([contrasts @ mean for _, mean, _ in solved])
    variances = np.array([np.diag(contrasts @ cov @ contrasts.T) for _, _, cov in solved])
    mean = weights @ means
    error = np.sqrt(weights @ (variances + means**2) - mean**2)
    ranks = weights @ np.array([_ranks(one, cov, len(names[0])) for _, one, cov in solved])
    pairs = list(zip(mean.tolist(), error.tolist(), strict=True))
    n, j = len(names[0]), len(names[1])
    corrected = {name: (m + center, e) for name, (m, e) in zip(names[0], pairs[:n], strict=True)}
    return Truth(
        weights,
        dict(zip(names[0], ranks.tolist(), strict=True)),
        corrected,
        dict(zip(names[1], pairs[n : n + j], strict=True)),
        dict(zip(panels, pairs[n + j :], strict=True)),
    )


def _solved(everything, notes, prior, sigma):
    """The log likelihood of the notes, and the mean and covariance of (level, qualities, jurors, panels)."""
    cov = np.diag(prior**2)
    total = everything @ cov @ everything.T + sigma**2 * np.eye(len(notes))
    log_likelihood = -(np.linalg.slogdet(total)[1] + notes @ np.linalg.solve(total, notes)) / 2
    # From the precision, where the flat level is a 0: a difference of covariances of a million would lose four digits.
    precision = everything.T @ everything / sigma**2 + np.diag(np.append(0.0, prior[1:] ** -2.0))
    posterior_cov = np.linalg.inv(precision)
    return log_likelihood, posterior_cov @ everything.T @ notes / sigma**2, posterior_cov


def _contrasts(jurors, panels, group_of, sizes):
    """The rows that turn (level, qualities, jurors, panels) into corrected notes and severities."""
    level, dossiers, of_jurors, of_panels = np.split(np.eye(sum(sizes)), np.cumsum(sizes)[:-1])
    severity = -of_jurors.copy()
    for row, name in enumerate(jurors):
        if group_of.get(name):
            severity[row] -= of_panels[panels.index(group_of[name])]
    members = [[group_of.get(name) == panel for name in jurors] for panel in panels]
    means = [severity[np.array(rows)].mean(axis=0) for rows in members]
    return np.vstack([level + dossiers, severity, *means])


def _ranks(mean, cov, count):
    ranks = np.ones(count)
    for one in range(1, count + 1):
        for other in set(range(1, count + 1)) - {one}:
            spread = sqrt(cov[one, one] + cov[other, other] - 2 * cov[one, other])
            ranks[one - 1] += erfc((mean[one] - mean[other]) / spread / sqrt(2)) / 2
    return ranks
