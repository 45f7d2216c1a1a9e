"""The integer program of an assignment: a variable for each pair that is allowed, and the objectives, in their order.

Loads and expertise are convex costs, a step of cost for each dossier more: with them alone the program is a network
flow, whose linear relaxation is whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.call.jury.assignment.demands import Assigned, Counts, Demands, Pairs, Relaxed
from eig_sheets.call.jury.assignment.robustness import Part, lone_readers, separate_parts
from eig_sheets.call.scoring.calibration.links import MOST_INFORMATION, MOST_SHARE, WeakLink, weak_links
from eig_sheets.integer_program import NO_COLUMN, NOTHING, Columns, Linear, Numbers, Optimum, Program, total

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

    `missing` (dossiers,): reads that a dossier lacks; `dropped` (locked pairs,): whether it is; `hanging`: whether the
    comparison may hang on one reader or dossier.
    """

    missing: Columns
    dropped: Columns
    hanging: Linear

    @classmethod
    def none(cls, demands: Demands) -> Slack:
        """Nothing may be missed."""
        of_dossiers = np.full(len(demands.dossiers), NO_COLUMN, dtype=np.intp)
        of_locked = np.full(int(demands.locked.sum()), NO_COLUMN, dtype=np.intp)
        return cls(of_dossiers, of_locked, NOTHING)


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

    def read_at_most(self, count: int, dossier: int) -> Linear:
        """A variable that may be 1 where no more readers than that read a dossier; nothing where more must."""
        least = 0 if self.slack.missing[dossier] != NO_COLUMN else self.demands.reads[dossier]
        if least > count:
            return NOTHING
        whether, most = self.program.variable(), int(self.demands.most_reads[dossier])
        self.program.constrain(total(self.columns[dossier]) + max(most - count, 0) * whether, upper=most)
        return whether

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


_STRICTLY: Final = 1e-6
"""A link that is just as strong as it must be is still weak."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What was found to be lacking: parts that one vertex holds, readers of a single dossier, weak links to avoid.

    Of several weak links, the first is worth avoiding: the others are within its sides.
    """

    no_lone: bool = False
    parts: tuple[Part, ...] = ()
    weak: tuple[WeakLink, ...] = ()

    def with_what_lacks(self, pairs: Pairs) -> Cuts:
        """These cuts, and those that the pairs do not meet; equal when they meet all."""
        lone = self.no_lone or len(lone_readers(pairs)) > 0
        return replace(self, no_lone=lone, parts=(*self.parts, *separate_parts(pairs)))


NO_CUTS: Final = Cuts()


def weak_links_of(demands: Demands, pairs: Pairs) -> tuple[WeakLink, ...]:
    """The weak links that the evaluations of these pairs would have."""
    dossiers, readers = np.nonzero(pairs)
    numbers, names = np.array(demands.dossiers, dtype=object), np.array(demands.readers, dtype=object)
    return weak_links(pd.DataFrame({"numero": numbers[dossiers], "jure": names[readers]}))


def add_cuts(model: AssignmentProgram, cuts: Cuts) -> None:
    """Constrain the program so that its solutions meet the cuts, or make use of its slack."""
    for reader in range(len(model.demands.readers)) if cuts.no_lone else ():
        _not_one(model, reader)
    for part in cuts.parts:
        _crossed(model, part)
    for link in cuts.weak:
        _informed(model, link)


def _not_one(model: AssignmentProgram, reader: int) -> None:
    """The reader has no dossier, or two at least."""
    pairs, used = total(model.columns[:, reader]), model.program.variable()
    model.program.constrain(pairs - len(pairs) * used, upper=0)
    model.program.constrain(pairs - 2 * used + model.slack.hanging, lower=0)


def _crossed(model: AssignmentProgram, part: Part) -> None:
    """Some pair links the part to the rest, without the vertex that holds it; unless nobody reads one of its ends.

    An end that only the reader who holds the part reads hangs on them alone, and is excused as well.
    """
    dossiers = len(model.columns)
    crossing = part.members[:dossiers][:, None] != part.members[dossiers:][None, :]
    excuses = model.slack.hanging
    for end in part.ends:
        excuses += model.read_at_most(0, end)
    if 0 <= part.without < dossiers:
        crossing[part.without] = False
    elif part.without >= dossiers:
        reader = part.without - dossiers
        crossing[:, reader] = False
        for end in part.ends:
            excuses += _read_by_them_alone(model, end, reader)
    model.program.constrain(total(model.columns[crossing]) + excuses, lower=1)


def _read_by_them_alone(model: AssignmentProgram, dossier: int, reader: int) -> Linear:
    """A variable that may be 1 where this dossier has no reader but this one; none where it may not lack the others."""
    once, column = model.read_at_most(1, dossier), model.columns[dossier, reader]
    if once is NOTHING or column == NO_COLUMN:
        return NOTHING
    model.program.constrain(once - total(column), upper=0)
    return once


def _informed(model: AssignmentProgram, link: WeakLink) -> None:
    """The two sides share as much information as makes their link strong: Σ ab/(a + b) over the dossiers.

    a(n − a)/n is concave in a, so its chords between whole numbers bound it exactly from above. It grows with n: where
    a dossier may have fewer than its most readers, the bound is not exact.
    """
    demands, program = model.demands, model.program
    smaller = np.isin(np.array(demands.readers, dtype=object), link.sides[1])
    information = program.variables(len(model.columns), 0, float(demands.total), integer=False)
    for row, reads, own in zip(model.columns, demands.most_reads, information, strict=True):
        for a in range(int(reads)):
            here, after = a * (reads - a) / reads, (a + 1) * (reads - a - 1) / reads
            program.constrain(total(own) - (after - here) * total(row[smaller]), upper=here - (after - here) * a)
    votes = demands.total * len(link.sides[1]) / len(demands.readers)  # of the smaller side: about its part of all
    if MOST_SHARE * votes >= MOST_INFORMATION:
        program.constrain(total(information), lower=MOST_INFORMATION + _STRICTLY)
    else:
        share = MOST_SHARE * total(model.columns[:, smaller])
        program.constrain(total(information) - share, lower=_STRICTLY)
