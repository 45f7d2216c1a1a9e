"""The integer program of an assignment: a variable for each pair that is allowed, and the objectives, in their order.

Loads and expertise are convex costs, a step of cost for each dossier more: with them alone the program is a network
flow, whose linear relaxation is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from eig_sheets.domain.assignment.demands import Counts, Demands, Pairs
from eig_sheets.domain.assignment.ties import tie_costs
from eig_sheets.domain.integer_program import Columns, IntegerProgram, Numbers

_HALF: Final = 0.5
_NONE: Final[Columns] = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Slack:
    """Columns by which demands may be missed, shaped (…, 1) where they may and (…, 0) where they may not.

    `missing` (dossiers, ·): reads that a dossier lacks; `unread`, `read_once` (dossiers, ·): whether it lacks
    them all, or all but one; `dropped` (locked pairs, ·): whether it is; `hanging` (·): whether the comparison may hang
    on one reader or dossier.
    """

    missing: Columns
    unread: Columns
    read_once: Columns
    dropped: Columns
    hanging: Columns

    @classmethod
    def none(cls, demands: Demands) -> Slack:
        """Nothing may be missed."""
        no_dossier = _NONE.reshape(len(demands.dossiers), 0)
        return cls(no_dossier, no_dossier, no_dossier, _NONE.reshape(int(demands.locked.sum()), 0), _NONE)


@dataclass(slots=True)
class AssignmentProgram:
    """The program of some demands.

    `most`: loads are looked for up to so many dossiers (readers,); `order`: which order of the pairs chooses at ties;
    `counted`: whether loads and expertise are, without which there are no objectives.
    """

    demands: Demands
    program: IntegerProgram
    most: Counts
    slack: Slack
    order: int = 0
    counted: bool = True
    columns: Columns = field(init=False)
    """The column of each pair (dossiers × readers), −1 where it is not allowed."""
    _steps: Columns = field(init=False)
    _step_places: Counts = field(init=False)
    _unmatched_steps: Columns = field(init=False)
    _unmatched_places: Counts = field(init=False)

    def __post_init__(self) -> None:
        """Everything but the cuts, which are added as they are found."""
        allowed = self.demands.allowed
        self.columns = np.full(allowed.shape, -1, dtype=np.intp)
        self.columns[allowed] = self.program.variables(int(allowed.sum()))
        for column in self.columns[self.demands.kept]:
            self.program.constrain(np.array([column]), lower=1)
        for column, dropped in zip(self.columns[self.demands.locked], self.slack.dropped, strict=True):
            self.program.constrain(np.append(dropped, column), lower=1)
        reads = zip(self.demands.reads, self.demands.most_reads, strict=True)
        for row, (least, most), missing in zip(self.columns, reads, self.slack.missing, strict=True):
            self.program.constrain(np.append(missing, row[row >= 0]), lower=least, upper=most)
        if self.counted:
            self._count()

    def _count(self) -> None:
        allowed = self.demands.allowed
        self._steps, self._step_places = self._convex(self.columns.T, self.most)
        unmatched = np.where(self.demands.matched, -1, self.columns)
        some = (self.demands.matched & allowed).any(axis=1)
        self._unmatched_steps, self._unmatched_places = self._convex(unmatched[some], self.demands.most_reads[some])

    def _convex(self, lines: Columns, most: Counts) -> tuple[Columns, Counts]:
        """The steps that count the pairs of each line, and which step each is, from 1."""
        places = [np.arange(1, each + 1) for each in most]
        steps = self.program.variables(int(sum(most)))
        for line, own in zip(lines, np.split(steps, np.cumsum(most)[:-1]), strict=True) if len(lines) else ():
            pairs = line[line >= 0]
            self.program.constrain(np.append(pairs, own), np.repeat([1.0, -1.0], [len(pairs), len(own)]), 0, 0)
        return steps, np.concatenate([*places, np.zeros(0, dtype=np.int64)]).astype(np.int64)

    def pairs_of(self, values: Numbers) -> Pairs:
        """The pairs of a solution."""
        pairs = np.zeros(self.columns.shape, dtype=bool)
        pairs[self.demands.allowed] = values[self.columns[self.demands.allowed]] > _HALF
        return pairs

    def objectives(self) -> Iterator[Numbers]:
        """The costs to minimise, each whole: changes, the squared excess over the mean load, expertise, evenness, ties.

        Expertise: the squares of the readers of a dossier who know none of its subjects. Ties: any order of the pairs,
        by the names of dossier and reader alone, so that the order of the rows changes nothing.
        """
        if self.demands.present is not None:
            yield self._on_pairs(np.where(self.demands.present, -1, 1))
        yield self._costs(self._steps, self._excess())
        if len(self._unmatched_steps):
            yield self._costs(self._unmatched_steps, 2 * self._unmatched_places - 1)
        yield self._costs(self._steps, 2 * self._step_places - 1)
        yield self._on_pairs(tie_costs(self.demands.dossiers, self.demands.readers, self.order))

    def _excess(self) -> Counts:
        """What each step adds to (readers × load − total)², where the load exceeds the mean."""
        readers, total = len(self.demands.readers), self.demands.total
        after = np.maximum(readers * self._step_places - total, 0) ** 2
        added: Counts = after - np.maximum(readers * (self._step_places - 1) - total, 0) ** 2
        divisor = int(np.gcd.reduce(added)) if len(added) else 1
        return added // max(divisor, 1)

    def _on_pairs(self, costs: npt.NDArray[np.int64]) -> Numbers:
        return self._costs(self.columns[self.demands.allowed], costs[self.demands.allowed])

    def _costs(self, columns: Columns, costs: npt.NDArray[np.int64]) -> Numbers:
        everything = np.zeros(self.program.size)
        everything[columns] = costs
        return everything
