"""What is demanded of an assignment of dossiers to readers, and what is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eig_sheets.call.scoring.calibration.links import WeakLink

Pairs = npt.NDArray[np.bool_]
"""A truth value for each dossier and reader (dossiers × readers)."""
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Demands:
    """Who may read what, how many readers a dossier needs, how many dossiers a reader takes.

    `dossiers` and `readers` (jurors, or groups of them) name the rows and columns of the pairs, in an order of which
    the result does not depend. `allowed`: no recusal. `kept`: already read, so part of any assignment;
    `locked`: asked for by a person. `matched`: the reader knows a subject of the dossier. `present`: the pairs of the
    last assignment, from which as few as possible are to change; None: it does not count. `reads` (dossiers,);
    `maxima` (readers,), −1 where a reader has none of their own, then `common_maximum` holds, if any. `compared`:
    whether the comparison must hang on no single reader or dossier. `keeps_extra`: whether a dossier may keep more
    readers than it wants, up to as many as it has in `present`.
    """

    dossiers: tuple[str, ...]
    readers: tuple[str, ...]
    allowed: Pairs
    kept: Pairs
    locked: Pairs
    matched: Pairs
    reads: Counts
    maxima: Counts
    common_maximum: int | None = None
    present: Pairs | None = None
    compared: bool = True
    keeps_extra: bool = False

    @property
    def most_reads(self) -> Counts:
        """The most readers of each dossier (dossiers,): what it wants, or has where it keeps them."""
        if self.present is None or not self.keeps_extra:
            return self.reads
        most: Counts = np.maximum(self.reads, self.present.sum(axis=1))
        return most

    @property
    def limits(self) -> Counts:
        """The most dossiers of each reader (readers,): never under what they already read."""
        possible = self.allowed.sum(axis=0)
        common = possible if self.common_maximum is None else np.full_like(possible, self.common_maximum)
        wanted = np.where(self.maxima < 0, common, self.maxima)
        limits: Counts = np.maximum(np.minimum(wanted, possible), self.kept.sum(axis=0))
        return limits

    @property
    def total(self) -> int:
        """The number of pairs that is wanted."""
        return int(self.reads.sum())

    def taken(self, rows: Places, columns: Places) -> Demands:
        """The same demands with dossiers and readers in another order, given as their places here."""
        return replace(
            self,
            dossiers=tuple(self.dossiers[row] for row in rows),
            readers=tuple(self.readers[column] for column in columns),
            allowed=self.allowed[np.ix_(rows, columns)],
            kept=self.kept[np.ix_(rows, columns)],
            locked=self.locked[np.ix_(rows, columns)],
            matched=self.matched[np.ix_(rows, columns)],
            reads=self.reads[rows],
            maxima=self.maxima[columns],
            present=None if self.present is None else self.present[np.ix_(rows, columns)],
        )

    def coherent(self) -> Demands:
        """The same, where recusals win over locks, and no dossier wants fewer reads than it already has.

        The comparison must hang on nobody only where there are several dossiers that want several reads.
        """
        allowed = self.allowed | self.kept
        locked = self.locked & allowed & ~self.kept
        reads = np.maximum(self.reads, (self.kept | locked).sum(axis=1))
        present = None if self.present is None else self.present & allowed
        compared = self.compared and len(self.dossiers) > 1 and bool((self.reads > 1).any())
        return replace(self, allowed=allowed, locked=locked, reads=reads, present=present, compared=compared)


class DemandKind(StrEnum):
    """A demand that can be relaxed, from the lightest to the gravest.

    A reader can be asked for more than they offered. A pair that a person wanted can be dropped with them. A comparison
    that hangs on one reader is worth less, for all dossiers alike. A dossier that fewer read than the others is not
    treated as they are. Recusals, and what was already read, are never given up.
    """

    MAXIMUM = "maximum"  # of one reader, their own
    COMMON_MAXIMUM = "common_maximum"  # of all readers who have none of their own
    LOCKED = "locked"  # one pair
    COMPARISON = "comparison"
    READS = "reads"  # of one dossier


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A demand that is given up: its reader or dossier, what was wanted, and what there is instead."""

    kind: DemandKind
    reader: str = ""
    dossier: str = ""
    wanted: int = 0
    instead: int = 0


@dataclass(frozen=True, slots=True)
class Assigned:
    """The pairs found (dossiers × readers). `gap`: relative to the best bound of the loads; `optimal`: none is better.

    `relaxed`: demands that the pairs do not meet, when nothing meets them all. `weak`: weak links that could not be
    avoided.
    """

    pairs: Pairs
    optimal: bool
    gap: float
    relaxed: tuple[Relaxed, ...] = ()
    weak: tuple[WeakLink, ...] = ()

    @property
    def loads(self) -> Counts:
        """The number of dossiers of each reader (readers,)."""
        loads: Counts = self.pairs.sum(axis=0)
        return loads
