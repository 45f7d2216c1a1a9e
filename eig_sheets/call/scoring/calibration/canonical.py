"""An order of dossiers, jurors and panels that depends on their votes alone, never on a number, a name or a row.

Vertices of the graph of evaluations are refined as Weisfeiler and Leman do (1968): each has a fingerprint of what is
known of it (of a dossier and of a juror, the sum of the notes), then, again and again, one of its own and of those
next to it. Where this ends with equals that are no twins, one of them is set apart and the refinement goes on: the one
by which it tells the most, since equals need not be mirror images of each other. The model knows nothing but these sums
and the graph, so that dossiers of one class are equal in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Fingerprints = npt.NDArray[np.uint64]

_DECIMALS = 6  # of these sums, which are large: finer differences are the last bits of a machine

_MOST_SET_APART = 64
"""Symmetries beyond these are broken in the order given: results of equals are shared all the same."""
_MOST_TRIED, _MOST_VOTES = 256, 1000
"""Equals that are set apart to see which to choose, and evaluations where any are: beyond these, the first is taken."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The evaluations: the place of the dossier, of the juror, and the note of each; the place of each juror's panel.

    A juror of no panel has the place of a last panel, which is nobody's.
    """

    dossiers: Places
    jurors: Places
    notes: Floats
    panels: Places


@dataclass(frozen=True, slots=True)
class Order:
    """Places in canonical order, and the class of each dossier (dossiers,): equals have the same."""

    dossiers: Places
    jurors: Places
    panels: Places
    classes: Places


@dataclass(frozen=True, slots=True)
class _Labels:
    dossiers: Fingerprints
    jurors: Fingerprints
    panels: Fingerprints

    @property
    def distinct(self) -> int:
        """How many vertices are told apart."""
        return sum(len(np.unique(labels)) for labels in (self.dossiers, self.jurors, self.panels))

    @property
    def fingerprint(self) -> tuple[int, ...]:
        """What the labels are, whatever the places of those who have them."""
        return tuple(int(_mixed(labels).sum()) for labels in (self.dossiers, self.jurors, self.panels))


def canonical_order(graph: Graph) -> Order:
    """The order of a graph, the same whatever its rows, numbers and names are."""
    stable = labels = _refined(graph, _first_labels(graph))
    tries = _MOST_TRIED if len(graph.notes) <= _MOST_VOTES else 0
    for _ in range(_MOST_SET_APART):
        places = _equal_but_no_twins(graph, labels.dossiers)
        if not len(places):
            break
        tried = places[: max(tries, 1)]
        tries -= len(tried)
        labels = max((_set_apart(graph, labels, place) for place in tried), key=lambda refined: refined.fingerprint)
    _, classes = np.unique(stable.dossiers, return_inverse=True)
    in_order = [np.argsort(values, kind="stable") for values in (labels.dossiers, labels.jurors, labels.panels)]
    return Order(in_order[0], in_order[1], in_order[2], classes.ravel())


def _first_labels(graph: Graph) -> _Labels:
    sums = [_centred_sums(graph.notes, places) for places in (graph.dossiers, graph.jurors)]
    return _Labels(_mixed(sums[0]), _mixed(~sums[1]), np.zeros(graph.panels.max() + 1, dtype=np.uint64))


def _centred_sums(notes: Floats, places: Places) -> Fingerprints:
    """The sum of the notes of each place less their mean, times the number of notes: a constant changes nothing."""
    sums = len(notes) * np.bincount(places, weights=notes) - notes.sum() * np.bincount(places)
    return np.asarray(np.rint(sums * 10**_DECIMALS).astype(np.int64).view(np.uint64), dtype=np.uint64)


def _refined(graph: Graph, labels: _Labels) -> _Labels:
    """The labels once those of the neighbours tell no more vertices apart."""
    while True:
        panels = _mixed(labels.panels + _summed(labels.jurors, graph.panels, len(labels.panels)))
        jurors = _mixed(labels.jurors + _mixed(panels[graph.panels]))
        jurors = _mixed(jurors + _summed(labels.dossiers[graph.dossiers], graph.jurors, len(jurors)))
        dossiers = _mixed(labels.dossiers + _summed(jurors[graph.jurors], graph.dossiers, len(labels.dossiers)))
        finer = _Labels(dossiers, jurors, panels)
        if finer.distinct == labels.distinct:
            return finer
        labels = finer


def _set_apart(graph: Graph, labels: _Labels, place: np.intp) -> _Labels:
    """The labels once a dossier has one of its own."""
    apart = labels.dossiers.copy()
    apart[place] = _mixed(apart[place])[0]
    return _refined(graph, replace(labels, dossiers=apart))


def _equal_but_no_twins(graph: Graph, labels: Fingerprints) -> Places:
    """The places of the first equal dossiers that are not all twins, of the same jurors: one of each set of twins."""
    identities = _mixed(np.arange(graph.jurors.max() + 1, dtype=np.uint64))
    jurors = _summed(identities[graph.jurors], graph.dossiers, len(labels))
    order = np.lexsort((jurors, labels))
    equal = (labels[order][1:] == labels[order][:-1]) & (jurors[order][1:] != jurors[order][:-1])
    if not equal.any():
        return np.empty(0, dtype=np.intp)
    those = np.flatnonzero(labels == labels[order[np.argmax(equal)]])
    _, first = np.unique(jurors[those], return_index=True)
    return np.asarray(those[np.sort(first)], dtype=np.intp)


def _summed(labels: Fingerprints, places: Places, count: int) -> Fingerprints:
    """The fingerprint of the labels that go to each place: a sum, which knows no order."""
    summed = np.zeros(count, dtype=np.uint64)
    np.add.at(summed, places, _mixed(labels))
    return summed


def _mixed(values: Fingerprints) -> Fingerprints:
    """SplitMix64 (Steele, Lea and Flood 2014) of each value: a bijection of 64 bits without structure."""
    mixed = np.atleast_1d(values) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)
