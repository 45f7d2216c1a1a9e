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
from eig_sheets.domain.integer_program import NO_COLUMN, NOTHING, Linear, total

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
    excuses = model.slack.hanging + total(model.slack.unread[[*part.ends]])
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
    both = (model.slack.read_once[dossier], model.columns[dossier, reader])
    if NO_COLUMN in both:
        return NOTHING
    alone = model.program.variable()
    for column in both:
        model.program.constrain(alone - total(column), upper=0)
    return alone


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
