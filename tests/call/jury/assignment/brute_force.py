"""Every assignment of a few dossiers to a few readers, and the best of them: told without any of our code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from eig_sheets.call.jury.assignment import Demands


def holds_together(pairs) -> bool:
    """Whether dossiers and readers stay connected without any one of them, those that have no pair apart.

    A reader of one dossier never is, even where no other dossier is read.
    """
    if (pairs.sum(axis=0) == 1).any():
        return False
    dossiers = {("d", int(d)) for d in np.flatnonzero(pairs.any(axis=1))}
    readers = {("r", int(r)) for r in np.flatnonzero(pairs.any(axis=0))}
    links = {frozenset({("d", int(d)), ("r", int(r))}) for d, r in zip(*np.nonzero(pairs), strict=True)}
    vertices = dossiers | readers
    for gone in [None, *vertices]:
        of_theirs_alone = {each for each in dossiers if [link - {each} for link in links if each in link] == [{gone}]}
        if not _connected(vertices - of_theirs_alone - {gone}, links):
            return False
    return True


def _connected(vertices, links) -> bool:
    if not vertices:
        return True
    reached, new = set(), {min(vertices)}
    while new:
        reached |= new
        new = {
            other for link in links if link & new for other in link if other in vertices and link <= vertices
        } - reached
    return reached == vertices


def every_assignment(demands: Demands) -> Iterator[np.ndarray]:
    """Every set of allowed pairs that has the kept ones, with no more readers of a dossier than it may have."""
    lines = []
    for dossier, allowed in enumerate(demands.allowed):
        free = np.flatnonzero(allowed & ~demands.kept[dossier])
        choices = [np.isin(np.arange(len(allowed)), free[list(bits)]) for bits in _subsets(len(free))]
        own = [demands.kept[dossier] | choice for choice in choices]
        extra = demands.present[dossier].sum() if demands.keeps_extra and demands.present is not None else 0
        lines.append([line for line in own if line.sum() <= max(demands.reads[dossier], extra)])
    for chosen in product(*lines):
        yield np.array(chosen)


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    return (tuple(i for i in range(count) if bits >> i & 1) for bits in range(1 << count))


Missed = dict[tuple[str, str, str], int]


def given_up(demands: Demands, pairs) -> Missed:
    """(kind, reader, dossier) of each demand that the pairs do not meet, and by how much."""
    kept, loads = demands.kept.sum(axis=0), pairs.sum(axis=0)
    amounts: Missed = {}
    own = demands.maxima >= 0
    for reader in np.flatnonzero(own):
        amounts["maximum", demands.readers[reader], ""] = loads[reader] - max(demands.maxima[reader], kept[reader])
    if demands.common_maximum is not None and not own.all():
        beyond = loads[~own & (loads > kept)]
        amounts["common_maximum", "", ""] = beyond.max(initial=0) - demands.common_maximum
    for dossier, reads in enumerate(pairs.sum(axis=1)):
        amounts["reads", "", demands.dossiers[dossier]] = demands.reads[dossier] - reads
    missed = {demand: int(amount) for demand, amount in amounts.items() if amount > 0}
    for dossier, reader in zip(*np.nonzero(demands.locked & ~pairs), strict=True):
        missed["locked", demands.readers[reader], demands.dossiers[dossier]] = 0
    if demands.compared and not holds_together(pairs):
        missed["comparison", "", ""] = 0
    return missed


def worth(demands: Demands, pairs) -> tuple[int, ...]:
    """What is minimised, in its order: changes, squared excess over the mean, squares of the readers who know none."""
    changes = 0 if demands.present is None else int((pairs != demands.present).sum())
    excess = np.maximum(len(demands.readers) * pairs.sum(axis=0) - demands.reads.sum(), 0) ** 2
    some = (demands.matched & demands.allowed).any(axis=1)
    unmatched = (pairs & ~demands.matched).sum(axis=1)[some] ** 2
    return changes, int(excess.sum()), int(unmatched.sum())


def gravity(missed: Missed) -> tuple[int, ...]:
    """How many demands are given up, how grave, by how much in all: the least is the best."""
    kinds = [kind for kind, *_ in missed]
    grave = (kinds.count("reads"), kinds.count("comparison"), kinds.count("locked"))
    return (len(missed), *grave, sum(missed.values()))


def no_worse(missed: Missed, allowed: Missed) -> bool:
    """Whether nothing is given up but what is allowed, nor by more; and as many reads as allowed."""
    reads = {demand: amount for demand, amount in allowed.items() if demand[0] == "reads"}
    return (
        all(amount <= allowed.get(demand, -1) for demand, amount in missed.items()) and reads.items() <= missed.items()
    )
