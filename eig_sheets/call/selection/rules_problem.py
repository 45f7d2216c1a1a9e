"""A selection to make: dossiers in their official order, what each is worth, the bounds that a selection keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from eig_sheets.domain.frames import Mask

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

PLACES: Final = -1
"""The `limit` of the bound on how many dossiers are selected."""
ENVELOPE: Final = -2
"""The `limit` of the bound on what they cost together."""
EQUAL_DECIMALS: Final = 9
"""Utilities that are the same to so many decimals are equal."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on the selected: the sum of `weights` of those that are `members` is at most, or at least, `level`.

    `limit`: the place of the limit in the configuration, else PLACES or ENVELOPE; `value`: the one that it is about.
    Weights are dossiers, or cents for ENVELOPE.
    """

    limit: int
    value: str
    members: Places
    weights: Integers
    level: int
    at_least: bool = False

    def excess(self, total: int) -> int:
        """By how much a sum breaks the bound; 0 when it keeps it."""
        return max(0, self.level - total if self.at_least else total - self.level)


@dataclass(frozen=True)
class Problem:
    """The dossiers in official order, and the bounds, the one on places first.

    `utility`: what each adds, 0 or more. `forced_in`, `forced_out`: what people decided; none is in both.
    """

    numbers: tuple[str, ...]
    utility: Numbers
    forced_in: Mask
    forced_out: Mask
    bounds: tuple[Bound, ...]

    @property
    def free(self) -> Mask:
        """The mask of the dossiers that nobody decided on."""
        return ~self.forced_in & ~self.forced_out

    @cached_property
    def touching(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each dossier, the bounds that it counts in, by their place, and its weight there."""
        counted_in: list[list[tuple[int, int]]] = [[] for _ in self.numbers]
        for place, bound in enumerate(self.bounds):
            for member, weight in zip(bound.members.tolist(), bound.weights.tolist(), strict=True):
                counted_in[member].append((place, weight))
        return tuple(map(tuple, counted_in))

    def without(self, limit: int) -> Problem:
        """The same selection without the bounds of a limit."""
        return replace(self, bounds=tuple(bound for bound in self.bounds if bound.limit != limit))

    def undecided(self) -> Problem:
        """The same selection as if nobody had decided anything."""
        nobody = np.zeros(len(self.numbers), dtype=bool)
        return replace(self, forced_in=nobody, forced_out=nobody)

    def worth(self, selected: Mask) -> float:
        """The utility of a selection."""
        return float(np.round(self.utility[selected].sum(), EQUAL_DECIMALS))

    def totals(self, selected: Mask) -> list[int]:
        """The sum that each bound is about."""
        return [int(bound.weights[selected[bound.members]].sum()) for bound in self.bounds]


class Exchanges:
    """What a selection would become when one dossier enters it, one leaves it, or both."""

    def __init__(self, problem: Problem, selected: Mask) -> None:
        self._problem = problem
        self._totals = problem.totals(selected)

    def broken(self, entering: int | None = None, leaving: int | None = None) -> list[Bound]:
        """The bounds that the exchange breaks, or breaks more than they were."""
        changes: dict[int, int] = {}
        for dossier, sign in ((entering, 1), (leaving, -1)):
            for place, weight in self._problem.touching[dossier] if dossier is not None else ():
                changes[place] = changes.get(place, 0) + sign * weight
        bounds, totals = self._problem.bounds, self._totals
        return [
            bounds[place]
            for place, change in sorted(changes.items())
            if bounds[place].excess(totals[place] + change) > bounds[place].excess(totals[place])
        ]

    def are_kept(self, entering: int | None = None, leaving: int | None = None) -> bool:
        """Whether the exchange breaks nothing."""
        return not self.broken(entering, leaving)


def bound_on_places(count: int, places: int) -> Bound:
    """The bound on how many of so many dossiers are selected."""
    return Bound(PLACES, "", np.arange(count), np.ones(count, dtype=np.int64), places)


def bound_on_cost(cents: Integers, envelope: int) -> Bound:
    """The bound on what the selected cost together, in cents."""
    members = np.flatnonzero(cents)
    return Bound(ENVELOPE, "", members, cents[members], envelope)


def bounds_on_values(
    limit: int,
    values: Sequence[frozenset[str] | None],
    wanted: Sequence[str],
    least: int | None,
    most: int | None,
) -> list[Bound]:
    """The bounds on how many of the selected have each wanted value; `values`: those of each dossier, None in doubt.

    A dossier in doubt counts under each maximum, and under no minimum. What no selection can break is left out.
    """
    bounds: list[Bound] = []
    for value in wanted:
        sure = [place for place, own in enumerate(values) if own is not None and value in own]
        possible = [place for place, own in enumerate(values) if own is None or value in own]
        if least:
            bounds.append(Bound(limit, value, *_ones(sure), least, at_least=True))
        if most is not None and len(possible) > most:
            bounds.append(Bound(limit, value, *_ones(possible), most))
    return bounds


def _ones(places: Sequence[int]) -> tuple[Places, Integers]:
    return np.array(places, dtype=np.intp), np.ones(len(places), dtype=np.int64)
