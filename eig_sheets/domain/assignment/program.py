"""The integer program of an assignment: a variable for each pair that is allowed, and the objectives, in their order.

Loads and expertise are convex costs, a step of cost for each dossier more: with them alone the program is a network
flow, whose linear relaxation is whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from eig_sheets.domain.assignment.demands import Assigned, Counts, Demands, Pairs, Relaxed
from eig_sheets.domain.integer_program import NO_COLUMN, NOTHING, Columns, Linear, Numbers, Optimum, Program, total

LARGE: Final = 20_000
"""Pairs beyond which a branch-and-bound that finds no whole relaxation stops within a gap of the bound."""
_GAP_OF_LARGE: Final = 0.01
_HALF: Final = 0.5
_TIE_COSTS: Final = 1000
_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""The multipliers of splitmix64, which scatters close numbers (Steele, Lea and Flood, 2014)."""


@dataclass(frozen=True, slots=True)
class Slack:
    """Variables by which demands may be missed, NO_COLUMN where they may not.

    `missing` (dossiers,): reads that a dossier lacks; `unread`, `read_once` (dossiers,): whether it lacks them all, or
    all but one; `dropped` (locked pairs,): whether it is; `hanging`: whether the comparison may hang on one reader or
    dossier.
    """

    missing: Columns
    unread: Columns
    read_once: Columns
    dropped: Columns
    hanging: Linear

    @classmethod
    def none(cls, demands: Demands) -> Slack:
        """Nothing may be missed."""
        of_dossiers = np.full(len(demands.dossiers), NO_COLUMN, dtype=np.intp)
        of_locked = np.full(int(demands.locked.sum()), NO_COLUMN, dtype=np.intp)
        return cls(of_dossiers, of_dossiers, of_dossiers, of_locked, NOTHING)


class AssignmentProgram:
    """The program of some demands: everything but the objectives, and the cuts, which are added as they are found.

    `columns`: the variable of each pair (dossiers × readers), NO_COLUMN where it is not allowed.
    """

    def __init__(self, demands: Demands, program: Program[Relaxed] | None = None, slack: Slack | None = None) -> None:
        self.demands = demands
        self.program: Program[Relaxed] = program or Program()
        self.slack = slack or Slack.none(demands)
        self.columns = np.full(demands.allowed.shape, NO_COLUMN, dtype=np.intp)
        self.columns[demands.allowed] = self.program.variables(int(demands.allowed.sum()))
        for column in self.columns[demands.kept]:
            self.program.constrain(total(column), lower=1)
        for column, dropped in zip(self.columns[demands.locked], self.slack.dropped, strict=True):
            self.program.constrain(total([dropped, column]), lower=1)
        reads = zip(demands.reads, demands.most_reads, strict=True)
        for row, (least, most), missing in zip(self.columns, reads, self.slack.missing, strict=True):
            self.program.constrain(total(row) + total(missing), lower=least, upper=most)

    def objectives(self, most: Counts, order: int = 0) -> list[Linear]:
        """The costs to minimise, each whole: changes, the squared excess over the mean load, expertise, evenness, ties.

        Expertise: the squares of the readers of a dossier who know none of its subjects. Ties: any order of the pairs,
        by the names of dossier and reader alone, so that the order of the rows changes nothing. The variables that
        count loads are added, up to `most` dossiers (readers,); `order`: which order of the pairs.
        """
        demands = self.demands
        loads, steps = self._counted(self.columns.T, most)
        some = (demands.matched & demands.allowed).any(axis=1)
        unmatched = np.where(demands.matched, NO_COLUMN, self.columns)[some]
        strangers, strange_steps = self._counted(unmatched, demands.most_reads[some])
        return [
            *([] if demands.present is None else [total(self.columns, np.where(demands.present, -1, 1))]),
            total(loads, self._excess(steps)),
            *([total(strangers, 2 * strange_steps - 1)] if len(strangers) else []),
            total(loads, 2 * steps - 1),
            total(self.columns, tie_costs(demands.dossiers, demands.readers, order)),
        ]

    def _counted(self, lines: Columns, most: Counts) -> tuple[Columns, Counts]:
        """The variables that count the pairs of each line, one a pair, and which of its pairs each counts, from 1."""
        steps = self.program.variables(int(most.sum()))
        for line, own in zip(lines, np.split(steps, np.cumsum(most)[:-1]), strict=True) if len(lines) else ():
            self.program.constrain(total(line) - total(own), 0, 0)
        return steps, np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(1, each + 1) for each in most)])

    def _excess(self, steps: Counts) -> Counts:
        """What each step adds to (readers × load − total)², where the load exceeds the mean."""
        readers, wanted = len(self.demands.readers), self.demands.total
        after = np.maximum(readers * steps - wanted, 0) ** 2
        added: Counts = after - np.maximum(readers * (steps - 1) - wanted, 0) ** 2
        divisor = int(np.gcd.reduce(added)) if len(added) else 1
        return added // max(divisor, 1)

    def best(self, objectives: Sequence[Linear]) -> Assigned | None:
        """The assignment that is best by these objectives in their order; None when no point is feasible.

        The linear relaxation is tried first: it is whole unless cuts make it otherwise. If it is not, ties are left as
        the branch-and-bound leaves them.
        """
        optimum = self.program.relaxed_in_order(objectives) or self.optimum(objectives[:-1])
        return None if optimum is None else Assigned(self.pairs_of(optimum.values), optimum.gap == 0, optimum.gap)

    def optimum(self, objectives: Iterable[Linear]) -> Optimum | None:
        """The optimum by branch-and-bound, or a point near it."""
        is_large = int(self.demands.allowed.sum()) > LARGE
        return self.program.minimised_in_order(objectives, _GAP_OF_LARGE if is_large else 0.0)

    def pairs_of(self, values: Numbers) -> Pairs:
        """The pairs of a solution."""
        pairs = np.zeros(self.columns.shape, dtype=bool)
        pairs[self.demands.allowed] = values[self.columns[self.demands.allowed]] > _HALF
        return pairs


def tie_costs(dossiers: Sequence[str], readers: Sequence[str], order: int) -> npt.NDArray[np.int64]:
    """The cost of each pair (dossiers × readers), from 0 to 999: it chooses among assignments that are equally good.

    Any order would do that depends on nothing but names; one that looks random mixes the readers, so that the
    comparison of dossiers seldom hangs on one.
    """
    mixed = _numbers(dossiers)[:, None] ^ ((_numbers(readers)[None, :] + np.uint64(order)) * _MIX[1])
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[0]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
    costs: npt.NDArray[np.int64] = ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(_TIE_COSTS)).astype(np.int64)
    return costs


def _numbers(names: Sequence[str]) -> npt.NDArray[np.uint64]:
    digests = (blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "big") for digest in digests], dtype=np.uint64)
