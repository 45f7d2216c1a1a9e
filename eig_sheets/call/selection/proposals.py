"""The proposal for each dossier of a selection under limits, in place of the one that its rank alone gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.rules_proposals import Proposal, below_minimum
from eig_sheets.call.scoring.rules_ranking import Unranked
from eig_sheets.call.selection.rules_comparison import equals_at_the_line
from eig_sheets.call.selection.rules_problem import Problem
from eig_sheets.call.selection.rules_solver import SelectionOutcome
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING
from eig_sheets.domain.frames import Mask, chosen
from eig_sheets.domain.rules import RankingRules

_REJECTED = (Unranked.REJECTED_INELIGIBLE, Unranked.REJECTED_INSUFFICIENT)


@dataclass(frozen=True, slots=True)
class Pool:
    """The dossiers that a selection is made of: rows of the ranking, in official order, with masks on them.

    `barred`: those that the minimum note or the opinions refuse, whatever the limits; `pure`: those that the ranking
    alone would select; `decided_in`, `waiting`, `decided_out`: what people decided.
    """

    rows: pd.DataFrame
    barred: Mask
    pure: Mask
    decided_in: Mask
    waiting: Mask
    decided_out: Mask


def pool_of(ranking: pd.DataFrame, places: int, rules: RankingRules) -> Pool:
    """The ranked dossiers, and those without a rank that people decided to select all the same.

    With as many places as ranked dossiers, or more, the opinions refuse some, as in the ranking.
    """
    ranked = ranking["rank"].notna().to_numpy(dtype=bool)
    in_anyway = (ranking["decision"] == LAUREATE) & ~ranking["unranked_reason"].isin(_REJECTED)
    rows = ranking[ranked | in_anyway.to_numpy(dtype=bool)]
    barred = below_minimum(rows, rules)
    if np.count_nonzero(ranked) <= places:
        barred = barred | _mask(rows["proposal"] == Proposal.REFUSED)
    decision, is_ranked = rows["decision"], rows["rank"].notna().to_numpy(dtype=bool)
    return Pool(
        rows,
        barred,
        is_ranked & (np.cumsum(is_ranked) <= places) & ~barred,
        _mask(decision == LAUREATE),
        _mask(decision == WAITING),
        _mask(decision == REFUSED),
    )


def places_were_given(pool: Pool, ranking: pd.DataFrame, places: int) -> bool:
    """Whether all places had been given when somebody withdrew: the free ones are then those of the waiting list.

    That is so once people put dossiers on that list, and the laureates, with those who withdrew after being scored,
    fill the places.
    """
    withdrawn = int(((ranking["unranked_reason"] == Unranked.WITHDRAWN) & ranking["note"].notna()).sum())
    given = int(pool.decided_in.sum()) + withdrawn
    return bool(pool.waiting.any()) and withdrawn > 0 and given >= places


def propose(
    pool: Pool,
    problem: Problem,
    outcome: SelectionOutcome,
    reserve: Sequence[int],
    rules: RankingRules,
    called: Sequence[int] = (),
) -> pd.Series:
    """The Proposal of each dossier of the pool, None without a rank.

    What people decided stands, but for those of the reserve who are `called` to a free place. Of the others, the jury
    has to decide when nothing keeps the limits, between equals around the line, where opinions are even, and in the
    zone of deliberation of a ranking by expected rank.
    """
    rows, selected = pool.rows, outcome.selected
    undecided = ~pool.decided_in & ~pool.waiting & ~pool.decided_out
    unsure = _mask(rows["zone"] == Zone.DELIBERATION) & (rules.method == "expected_rank")
    everyone_fits = (pool.pure | pool.barred | rows["rank"].isna().to_numpy(dtype=bool)).all()
    even = selected & pool.pure & _mask(rows["proposal"] == Proposal.DELIBERATION) & everyone_fits
    equal = equals_at_the_line(problem, selected, rows["rank"].fillna(0).tolist())
    impossible = selected & bool(outcome.relaxed)
    next_ones = _at(reserve[: max(rules.waiting_list, int(pool.waiting.sum()))], len(rows))
    first_that_holds = [
        (None, rows["rank"].isna().to_numpy(dtype=bool)),
        (Proposal.REFUSED, pool.barred & ~pool.decided_in),
        (Proposal.DELIBERATION, undecided & (unsure | even | equal | impossible)),
        (Proposal.LAUREATE, selected | _at(called, len(rows))),
        (Proposal.WAITING, next_ones),
        (Proposal.REFUSED, ~selected),
    ]
    return chosen(first_that_holds, rows.index)


def _at(places: Sequence[int], count: int) -> Mask:
    mask = np.zeros(count, dtype=bool)
    mask[[*places]] = True
    return mask


def _mask(rows: pd.Series) -> Mask:
    mask: Mask = rows.to_numpy(dtype=bool)
    return mask
