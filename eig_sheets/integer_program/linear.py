"""Variables of a program by their key, and sums of them with their weights."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]
"""Variables, by their column in the program."""
Key = TypeVar("Key", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)

NO_COLUMN: Final = -1
"""In an array of columns: no variable there."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Σ weight × variable; a variable may come several times. As an objective, it is minimised."""

    columns: Columns
    weights: Numbers
    __array_ufunc__: ClassVar[Any] = None
    """So that a number of numpy leaves the product to this class."""

    def __len__(self) -> int:
        """How many terms it has."""
        return len(self.columns)

    def __add__(self, other: Linear) -> Linear:
        """Both."""
        return Linear(np.concatenate([self.columns, other.columns]), np.concatenate([self.weights, other.weights]))

    def __sub__(self, other: Linear) -> Linear:
        """The first, less the second."""
        return self + (-1) * other

    def __rmul__(self, factor: float) -> Linear:
        """So many times each weight."""
        return Linear(self.columns, factor * self.weights)

    def __neg__(self) -> Linear:
        """What is minimised where the sum is to be the greatest."""
        return (-1) * self

    def dense(self, size: int) -> Numbers:
        """The weight of each of the variables of a program (size,)."""
        return np.bincount(self.columns, self.weights, size).astype(float)

    def of(self, values: Numbers) -> float:
        """The sum at a point (variables,)."""
        return float(self.weights @ values[self.columns])


def total(columns: npt.ArrayLike, weights: npt.ArrayLike = 1.0) -> Linear:
    """The sum of these variables, of any shape, each with its weight; NO_COLUMN adds nothing."""
    places = np.asarray(columns, dtype=np.intp)
    there = places >= 0
    return Linear(places[there], np.broadcast_to(np.asarray(weights, dtype=float), places.shape)[there])


NOTHING: Final = total(())
"""The sum of no variable."""


@dataclass(frozen=True)
class Variables(Generic[Key]):
    """Variables that each have a key: a column for each, in their order."""

    keys: tuple[Key, ...]
    columns: Columns

    @cached_property
    def _column(self) -> dict[Key, int]:
        return dict(zip(self.keys, self.columns.tolist(), strict=True))

    def __getitem__(self, key: Key) -> Linear:
        """The variable of a key; nothing when there is none."""
        return total([self._column.get(key, NO_COLUMN)])

    def __iter__(self) -> Iterator[tuple[Key, int]]:
        """Each key with its column."""
        return zip(self.keys, self.columns.tolist(), strict=True)

    def sum(self, weight: Callable[[Key], float] = lambda _: 1.0) -> Linear:
        """The sum of all of them, each with the weight of its key."""
        return total(self.columns, np.array([weight(key) for key in self.keys], dtype=float))

    def grouped(self, group: Callable[[Key], Group]) -> dict[Group, Columns]:
        """The columns of each group of keys, in their order."""
        groups: dict[Group, list[int]] = {}
        for key, column in self:
            groups.setdefault(group(key), []).append(column)
        return {name: np.array(columns, dtype=np.intp) for name, columns in groups.items()}

    def chosen(self, values: Numbers) -> list[Key]:
        """The keys whose variable is 1 at a point."""
        return [self.keys[place] for place in np.flatnonzero(values[self.columns] > 0.5).tolist()]
