"""Weak links: where a few evaluations alone carry the comparison between two parts of the jury.

The severities of two parts are compared through the dossiers that both read. For a cut of the jury in two, the
information on the difference of the two parts is I = Σ ab/(a + b) over the dossiers, a and b being the evaluations of
a dossier on each side. It is the quadratic form of the Laplacian of the jurors, so that the cuts worth trying are
those along its second eigenvector (Fiedler 1973). A cut is weak when I is small, both alone and beside the
evaluations of the smaller side; each side is then cut in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

MOST_INFORMATION, MOST_SHARE = 6.0, 0.12
"""A cut is weak under both: I, and I over the evaluations of the smaller side. Simulated: `docs/benchmarks.md`."""

_DECIMALS = 9  # finer differences are the last bits of a machine


@dataclass(frozen=True, slots=True)
class WeakLink:
    """A weak cut of the jury.

    `sides`: the jurors of each, the larger first; `shared`: the dossiers that both sides read; `apart`: those that the
    smaller side alone read; `readers`: the jurors of the larger side, from who read the fewest. `information`: I.
    """

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    shared: tuple[str, ...]
    apart: tuple[str, ...]
    readers: tuple[str, ...]
    information: float

    @property
    def missing(self) -> int:
        """How many more evaluations by the other side, each of a dossier that three jurors read, make it strong."""
        return int(np.ceil((MOST_INFORMATION - self.information) / 0.75))


def weak_links(votes: pd.DataFrame) -> tuple[WeakLink, ...]:
    """The weak cuts of the evaluations (numero, jure), from the first to those of its sides."""
    if votes.empty:
        return ()
    dossiers, numbers = pd.factorize(votes["numero"], sort=True)
    jurors, names = pd.factorize(votes["jure"], sort=True)
    read = np.zeros((len(names), len(numbers)))
    read[jurors, dossiers] = 1
    cuts = _cuts(read, np.arange(len(names)))
    return tuple(_link(read, sides, information, names, numbers) for sides, information in cuts)


def parts_of(jurors: Iterable[str], links: Iterable[WeakLink]) -> dict[str, int]:
    """The part of each juror, once the jury is cut at each link: parts are numbered in the order of their jurors."""
    sides: dict[str, tuple[bool, ...]] = dict.fromkeys(sorted(jurors), ())
    for link in links:
        second = {*link.sides[1]}
        both = second.union(link.sides[0])
        sides = {name: (*cut, name in second) if name in both else cut for name, cut in sides.items()}
    place = {cut: number for number, cut in enumerate(dict.fromkeys(sides.values()))}
    return {name: place[cut] for name, cut in sides.items()}


def unexplained(links: Iterable[WeakLink], group_of: Mapping[str, str]) -> tuple[WeakLink, ...]:
    """The links whose two sides are not separate panels by « Groupe »."""
    return tuple(link for link in links if not _explained(link, group_of))


def panel_names(jurors: Iterable[str], group_of: Mapping[str, str]) -> list[str]:
    """The group of each of some jurors, '' without; groups of one juror each are no panels, and say nothing."""
    names = [group_of.get(juror) or "" for juror in jurors]
    return names if len({*names}) < max(2, len(names)) else [""] * len(names)


def _explained(link: WeakLink, group_of: Mapping[str, str]) -> bool:
    first, second = ({*panel_names(side, group_of)} for side in link.sides)
    return "" not in first | second and not first & second


def _cuts(read: Floats, jurors: Places) -> Iterator[tuple[tuple[Places, Places], float]]:
    """The weak cuts of some jurors (places in the rows of `read`, jurors × dossiers), each with its information."""
    order, ends, information = _weakest(read[jurors])
    if not len(ends):
        return
    for end in ends:
        yield (jurors[order[:end]], jurors[order[end:]]), information[end - 1]
    for part in np.split(order, ends):
        yield from _cuts(read, jurors[part])


def _weakest(read: Floats) -> tuple[Places, Places, list[float]]:
    """The jurors in the order of the eigenvector, where that is cut, and the information of a cut after each juror.

    It is cut where the information is the smallest beside the smaller side: everywhere, if several cuts are equal,
    because the sign of an eigenvector says nothing. Jurors of the same value have no order, so no cut is between them.
    """
    votes = read.sum(axis=1)
    if len(votes) < 2:
        return np.arange(len(votes)), np.zeros(0, dtype=np.intp), []
    each = np.maximum(read.sum(axis=0), 1)
    laplacian = np.diag(votes) - (read / each) @ read.T
    scale = 1 / np.sqrt(votes)
    _, vectors = np.linalg.eigh(scale[:, None] * laplacian * scale)
    values = np.round(scale * vectors[:, 1], _DECIMALS)
    order = np.argsort(values, kind="stable")
    of_cuts = laplacian[order][:, order].cumsum(axis=0).cumsum(axis=1).diagonal()[:-1]
    before = votes[order].cumsum()[:-1]
    information = np.round(np.maximum(of_cuts, 0), _DECIMALS)
    share = np.round(information / np.minimum(before, votes.sum() - before), _DECIMALS)
    weak = (information < MOST_INFORMATION) & (share < MOST_SHARE) & (np.diff(values[order]) > 0)
    best = weak & (share == share[weak].min(initial=np.inf))
    return order, np.flatnonzero(best) + 1, information.tolist()


def _link(
    read: Floats, sides: tuple[Places, Places], information: float, names: pd.Index, numbers: pd.Index
) -> WeakLink:
    first, second = sorted(map(np.sort, sides), key=lambda side: (-len(side), side.tolist()))
    by_first, by_second = read[first].any(axis=0), read[second].any(axis=0)
    shared, apart = numbers[np.flatnonzero(by_first & by_second)], numbers[np.flatnonzero(by_second & ~by_first)]
    readers = names[first[np.argsort(read[first].sum(axis=1), kind="stable")]]
    sides_by_name = tuple(names[first]), tuple(names[second])
    return WeakLink(sides_by_name, tuple(shared), tuple(apart), tuple(readers), information)
