"""The constraints that keep the comparison of dossiers together, added only where a solution lacks them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.domain.assignment.demands import Demands, Pairs
from eig_sheets.domain.assignment.program import AssignmentProgram
from eig_sheets.domain.assignment.robustness import Part, lone_readers, separate_parts
from eig_sheets.domain.calibration.links import MOST_INFORMATION, MOST_SHARE, WeakLink, weak_links
from eig_sheets.domain.integer_program import Columns

_NONE: Final[Columns] = np.zeros(0, dtype=np.intp)
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
    pairs = _allowed(model.columns[:, reader])
    used = model.program.variables(1)
    hanging = model.slack.hanging
    model.program.constrain(np.append(pairs, used), np.append(np.ones(len(pairs)), -len(pairs)), upper=0)
    weights = np.concatenate([np.ones(len(pairs)), [-2.0], np.ones(len(hanging))])
    model.program.constrain(np.concatenate([pairs, used, hanging]), weights, lower=0)


def _crossed(model: AssignmentProgram, part: Part) -> None:
    """Some pair links the part to the rest, without the vertex that holds it; unless nobody reads one of its ends.

    An end that only the reader who holds the part reads hangs on them alone, and is excused as well.
    """
    dossiers = len(model.columns)
    inside_dossiers, inside_readers = part.members[:dossiers], part.members[dossiers:]
    crossing = inside_dossiers[:, None] != inside_readers[None, :]
    excuses = [model.slack.hanging, *(model.slack.unread[end] for end in part.ends)]
    if 0 <= part.without < dossiers:
        crossing[part.without] = False
    elif part.without >= dossiers:
        reader = part.without - dossiers
        crossing[:, reader] = False
        excuses += [_read_by_them_alone(model, end, reader) for end in part.ends]
    model.program.constrain(np.concatenate([_allowed(model.columns[crossing]), *excuses]), lower=1)


def _read_by_them_alone(model: AssignmentProgram, dossier: int, reader: int) -> Columns:
    """A column that may be 1 where this dossier has no reader but this one; none where it may not lack the others."""
    read_once, pair = model.slack.read_once[dossier], model.columns[dossier, reader]
    if pair < 0 or not len(read_once):
        return _NONE
    alone = model.program.variables(1)
    for column in (*read_once, pair):
        model.program.constrain(np.append(alone, column), np.array([1.0, -1.0]), upper=0)
    return alone


def _informed(model: AssignmentProgram, link: WeakLink) -> None:
    """The two sides share as much information as makes their link strong: Σ ab/(a + b) over the dossiers.

    a(n − a)/n is concave in a, so its chords between whole numbers bound it exactly from above. It grows with n: where
    a dossier may have fewer than its most readers, the bound is not exact.
    """
    smaller = np.isin(np.array(model.demands.readers, dtype=object), link.sides[1])
    information = model.program.variables(len(model.columns), 0, float(model.demands.total), integer=False)
    for row, reads, own in zip(model.columns, model.demands.most_reads, information, strict=True):
        pairs = _allowed(row[smaller])
        for a in range(int(reads)):
            here, after = a * (reads - a) / reads, (a + 1) * (reads - a - 1) / reads
            weights = np.append(np.full(len(pairs), here - after), 1.0)
            model.program.constrain(np.append(pairs, own), weights, upper=here - (after - here) * a)
    votes = _allowed(model.columns[:, smaller])
    if MOST_SHARE * _votes(model, link) >= MOST_INFORMATION:
        model.program.constrain(information, lower=MOST_INFORMATION + _STRICTLY)
        return
    weights = np.concatenate([np.ones(len(information)), np.full(len(votes), -MOST_SHARE)])
    model.program.constrain(np.concatenate([information, votes]), weights, lower=_STRICTLY)


def _votes(model: AssignmentProgram, link: WeakLink) -> float:
    """About how many evaluations the smaller side makes: its part of all, by its readers."""
    return model.demands.total * len(link.sides[1]) / len(model.demands.readers)


def _allowed(columns: Columns) -> Columns:
    return columns[columns >= 0]
