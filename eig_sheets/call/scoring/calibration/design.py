"""The design matrices of the evaluations, and the connected components of the graph of jurors and dossiers.

Sums over the dossiers are made once, here: later costs depend on the number of jurors, or of distinct sets of jurors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.call.scoring.calibration.canonical import Graph, canonical_order
from eig_sheets.call.scoring.calibration.links import panel_names
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS

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
    """The evaluations of the ranked dossiers. Effects are: 0 the general level, then the jurors, then the panels.

    `numbers` and `jurors` are in canonical order. `incidence` (jurors × effects) is 1 for the effects that an
    evaluation of each juror has. With X the evaluations × effects and r the centred notes, `gram` (effects × effects),
    `right_side` (effects,) and `sum_of_squares` are XᵀX, Xᵀr and rᵀr. `tie_labels` (dossiers,): dossiers that nothing
    in the model tells apart have the same. `group_shares` (jurors × groups): each juror's part in the mean of a group.
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
    tie_labels: Places
    group_shares: Floats

    @property
    def reviews(self) -> Places:
        """The number of evaluations of each dossier (dossiers,)."""
        counts = np.empty(len(self.numbers), dtype=np.intp)
        for block in self.blocks:
            counts[block.dossiers] = block.n
        return counts

    @property
    def effect_sums(self) -> Floats:
        """How many of each dossier's evaluations have each effect (dossiers × effects)."""
        sums = np.zeros((len(self.numbers), self.incidence.shape[1]))
        for block in self.blocks:
            for place in range(
                block.n
            ):  # all at once would be evaluations × effects; whole numbers, exact in any order
                sums[block.dossiers] += self.incidence[block.jurors[:, place]]
        return sums

    @property
    def effects(self) -> int:
        """The number of effects besides the general level."""
        return int(self.incidence.shape[1]) - 1

    @property
    def panels(self) -> int:
        """The number of panels: jurors who share an effect besides their own."""
        return self.effects - len(self.jurors)


def build_design(votes: pd.DataFrame, group_of: Mapping[str, str], part_of: Mapping[str, int] | None = None) -> Design:
    """The design of `votes` (numero, jure, note out of 20), at least one.

    Panels are the groups of jurors (`group_of`), or what parts of the jury that are weakly linked make of them
    (`part_of`). The order of the rows changes nothing, nor do numbers and names: a ranking can be computed again, to
    the bit, once those are replaced by pseudonyms.
    """
    dossiers, numbers = pd.factorize(votes["numero"], sort=True)
    jurors, names = pd.factorize(votes["jure"], sort=True)
    notes = votes["note"].to_numpy(dtype=float).round(EQUAL_DECIMALS)
    panels, panel_count = _panels(names, group_of, part_of or {})
    order = canonical_order(Graph(dossiers, jurors, notes, np.where(panels < 0, panel_count, panels)))
    dossiers, jurors = _position(order.dossiers)[dossiers], _position(order.jurors)[jurors]
    rows = np.lexsort((jurors, dossiers))
    dossiers, jurors, notes = dossiers[rows], jurors[rows], notes[rows]
    center = float(np.round(notes.mean(), EQUAL_DECIMALS))
    notes = notes - center
    in_order = [panel for panel in order.panels if panel < panel_count]
    incidence = _incidence(panels[order.jurors], in_order)
    scored = np.bincount(jurors, minlength=len(names)).astype(float)
    of_jurors = tuple(names[order.jurors])
    groups, shares = _group_shares(of_jurors, group_of)
    return Design(
        numbers=tuple(numbers[order.dossiers]),
        jurors=of_jurors,
        groups=groups,
        count=len(notes),
        center=center,
        incidence=incidence,
        blocks=tuple(_blocks(dossiers, jurors, notes, incidence)),
        gram=incidence.T @ (scored[:, None] * incidence),
        right_side=incidence.T @ np.bincount(jurors, weights=notes, minlength=len(names)),
        sum_of_squares=float((notes**2).sum()),
        tie_labels=order.classes[order.dossiers],
        group_shares=shares,
    )


def _position(order: Places) -> Places:
    """For each place as given, its position in an order."""
    positions = np.empty_like(order)
    positions[order] = np.arange(len(order))
    return positions


def _panels(names: pd.Index, group_of: Mapping[str, str], part_of: Mapping[str, int]) -> tuple[Places, int]:
    """The panel of each juror, −1 without, and how many there are.

    A single panel has no effect of its own: it would be the general level. Groups of one juror each neither.
    """
    members: dict[int, list[str]] = defaultdict(list)
    for name in names:
        members[part_of.get(name, 0)].append(name)
    group_in_part = {
        name: (part, group)
        for part, jurors in members.items()
        for name, group in zip(jurors, panel_names(jurors, group_of), strict=True)
    }
    labels = [group_in_part[name] for name in names]
    known = [label if label[1] or len(members) > 1 else None for label in labels]
    panels, panel_labels = pd.factorize(np.array([*known, None], dtype=object))
    panels = panels[:-1]
    return (panels, len(panel_labels)) if len({*known}) > 1 else (np.full(len(names), -1), 0)


def _incidence(panels: Places, in_order: Sequence[int]) -> Floats:
    """The effects of jurors (jurors × effects), given the panel of each and the order of panels."""
    level = np.ones((len(panels), 1))
    return np.hstack([level, np.eye(len(panels)), panels[:, None] == np.array(in_order, dtype=np.intp)[None, :]])


def _group_shares(jurors: Sequence[str], group_of: Mapping[str, str]) -> tuple[tuple[str, ...], Floats]:
    """The groups by name, when there are several, and each juror's part in their means (jurors × groups)."""
    named = [group_of.get(juror) or "" for juror in jurors]
    groups = tuple(sorted({*named} - {""})) if len({*named}) > 1 else ()
    belongs = np.array([[name == group for group in groups] for name in named], dtype=float).reshape(len(jurors), -1)
    return groups, belongs / np.maximum(belongs.sum(axis=0), 1)


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
    parts = [Component(tuple(numbers[labels == label]), tuple(names[lowest == label])) for label in np.unique(labels)]
    return tuple(sorted(parts, key=lambda component: (-len(component.dossiers), component.dossiers)))
