"""The design matrices of the evaluations, and the connected components of the graph of jurors and dossiers.

Sums over the dossiers are made once, here: later costs depend on the number of jurors, or of distinct sets of jurors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.domain.scoring import EQUAL_DECIMALS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """The dossiers that have the same number `n` of evaluations.

    `dossiers` (rows,) are their places, `jurors` (rows, n) who scored each, by ascending place, `sums` (rows,) the sum
    of its centred notes; `sets` (sets, n) the distinct rows of `jurors`, `set_of` (rows,) which one. `gram`
    (effects × effects) and `sums_by_effect` (effects,) are Σ u uᵀ and Σ u × sum over the rows, u being the incidence
    of a dossier on the effects.
    """

    n: int
    dossiers: Places
    jurors: Places
    sums: Floats
    sets: Places
    set_of: Places
    gram: Floats
    sums_by_effect: Floats


@dataclass(frozen=True, slots=True)
class Design:
    """The evaluations of the ranked dossiers. Effects are: 0 the general level, then the jurors, then the groups.

    `incidence` (jurors × effects) is 1 for the effects that an evaluation of each juror has. With X the evaluations ×
    effects and r the centred notes, `gram` (effects × effects), `right_side` (effects,) and `sum_of_squares` are XᵀX,
    Xᵀr and rᵀr.
    """

    numbers: tuple[str, ...]
    jurors: tuple[str, ...]
    groups: tuple[str, ...]
    count: int
    center: float
    incidence: Floats
    blocks: tuple[Block, ...]
    gram: Floats
    right_side: Floats
    sum_of_squares: float

    @property
    def group_shares(self) -> Floats:
        """For each juror and group (jurors × groups), the juror's part in the group's mean."""
        belongs = self.incidence[:, 1 + len(self.jurors) :]
        parts: Floats = belongs / belongs.sum(axis=0)
        return parts

    @property
    def reviews(self) -> Places:
        """The number of evaluations of each dossier (dossiers,)."""
        counts = np.empty(len(self.numbers), dtype=np.intp)
        for block in self.blocks:
            counts[block.dossiers] = block.n
        return counts

    @property
    def tie_labels(self) -> Places:
        """For each dossier (dossiers,), the label of its tie: dossiers of the same jurors and the same sum.

        Nothing in the model distinguishes them.
        """
        labels = np.empty(len(self.numbers), dtype=np.intp)
        label_count = 0
        for block in self.blocks:
            _, places = np.unique(np.column_stack([block.set_of, block.sums]), axis=0, return_inverse=True)
            labels[block.dossiers] = label_count + places.ravel()
            label_count += int(places.max()) + 1
        return labels

    @property
    def effects(self) -> int:
        """The number of effects besides the general level."""
        return int(self.incidence.shape[1]) - 1


def build_design(votes: pd.DataFrame, group_of: Mapping[str, str]) -> Design:
    """The design of `votes` (numero, jure, note out of 20), at least one; `group_of` names jurors' panels.

    The order of the rows changes nothing, nor do the names of the jurors: dossiers go by number, jurors by what they
    scored. So a ranking can be computed again, to the bit, once the jurors' names are replaced by pseudonyms.
    """
    table = votes.assign(note=votes["note"].round(EQUAL_DECIMALS)).sort_values(["numero", "note", "jure"])
    numbers, dossiers = np.unique(table["numero"].to_numpy(dtype=object), return_inverse=True)
    jurors, places = _jurors_by_votes(table["jure"].to_numpy(dtype=object), dossiers, table["note"].to_numpy())
    order = np.lexsort((places, dossiers))
    dossiers, places = dossiers[order], places[order]
    notes = table["note"].to_numpy(dtype=float)[order]
    center = float(np.round(notes.mean(), EQUAL_DECIMALS))
    notes = notes - center
    groups = _groups(jurors, group_of)
    incidence = _effects_of(jurors, groups, group_of)
    scored = np.bincount(places, minlength=len(jurors)).astype(float)
    return Design(
        numbers=tuple(numbers),
        jurors=tuple(jurors),
        groups=groups,
        count=len(notes),
        center=center,
        incidence=incidence,
        blocks=tuple(_blocks(dossiers, places, notes, incidence)),
        gram=incidence.T @ (scored[:, None] * incidence),
        right_side=incidence.T @ np.bincount(places, weights=notes, minlength=len(jurors)),
        sum_of_squares=float((notes**2).sum()),
    )


def _jurors_by_votes(names: npt.NDArray[np.object_], dossiers: Places, notes: Floats) -> tuple[list[str], Places]:
    """The jurors sorted by their votes, then by name, and the place of the juror of each vote."""
    votes: dict[str, list[tuple[int, float]]] = {}
    for name, dossier, note in zip(names, dossiers.tolist(), notes.tolist(), strict=True):
        votes.setdefault(name, []).append((dossier, note))
    jurors = sorted(votes, key=lambda name: (votes[name], name))
    place = {name: index for index, name in enumerate(jurors)}
    return jurors, np.array([place[name] for name in names], dtype=np.intp)


def _groups(jurors: Sequence[str], group_of: Mapping[str, str]) -> tuple[str, ...]:
    """The panels of the jurors, by name; none when all are of the same, whose effect is then the general level."""
    found = {group_of.get(juror) or "" for juror in jurors}
    return tuple(sorted(found - {""})) if len(found) > 1 else ()


def _effects_of(jurors: Sequence[str], groups: Sequence[str], group_of: Mapping[str, str]) -> Floats:
    table = np.zeros((len(jurors), 1 + len(jurors) + len(groups)))
    table[:, 0] = 1
    table[:, 1 : 1 + len(jurors)] = np.eye(len(jurors))
    for column, group in enumerate(groups, 1 + len(jurors)):
        table[:, column] = [group_of.get(juror) == group for juror in jurors]
    return table


def _blocks(dossiers: Places, jurors: Places, notes: Floats, incidence: Floats) -> Iterator[Block]:
    """One block for each number of evaluations; the evaluations are sorted by dossier, then by juror."""
    sizes = np.bincount(dossiers)
    first = np.cumsum(sizes) - sizes
    sums = np.round(np.add.reduceat(notes, first), EQUAL_DECIMALS).astype(float)
    for n in np.unique(sizes):
        chosen = np.flatnonzero(sizes == n)
        who = jurors[first[chosen][:, None] + np.arange(n)]
        by_juror = np.bincount(who.ravel(), weights=np.repeat(sums[chosen], n), minlength=len(incidence))
        gram = incidence.T @ _shared_dossiers(who, len(incidence)) @ incidence
        sets, set_of = np.unique(who, axis=0, return_inverse=True)
        yield Block(int(n), chosen, who, sums[chosen], sets, set_of.ravel(), gram, incidence.T @ by_juror)


def _shared_dossiers(who: Places, jurors: int) -> Floats:
    """The number of dossiers that each pair of jurors shares (jurors × jurors): whole numbers, exact in any order."""
    counts = np.zeros(jurors * jurors)
    step = max(1, _PAIRS_AT_ONCE // who.shape[1] ** 2)
    for start in range(0, len(who), step):
        chunk = who[start : start + step]
        pairs = chunk[:, :, None] * jurors + chunk[:, None, :]
        counts += np.bincount(pairs.ravel(), minlength=len(counts))
    return counts.reshape(jurors, jurors)


@dataclass(frozen=True, slots=True)
class Component:
    """A connected component: dossiers and jurors that chains of evaluations link to each other only; both sorted."""

    dossiers: tuple[str, ...]
    jurors: tuple[str, ...]


def components(votes: pd.DataFrame) -> tuple[Component, ...]:
    """The components of the evaluations (numero, jure), the largest first, then by number.

    Every dossier starts with its own label; jurors then dossiers take the lowest label next to them until nothing
    moves, and each label is replaced by its own label in between, so that a long chain takes few rounds.
    """
    if votes.empty:
        return ()
    dossiers, numbers = pd.factorize(votes["numero"], sort=True)
    jurors, names = pd.factorize(votes["jure"], sort=True)
    labels = np.arange(len(numbers))
    while True:
        lowest = np.full(len(names), len(numbers))
        np.minimum.at(lowest, jurors, labels[dossiers])
        reached = labels.copy()
        np.minimum.at(reached, dossiers, lowest[jurors])
        reached = reached[reached]
        if (reached == labels).all():
            break
        labels = reached
    found = [Component(tuple(numbers[labels == label]), tuple(names[lowest == label])) for label in np.unique(labels)]
    return tuple(sorted(found, key=lambda component: (-len(component.dossiers), component.dossiers)))
