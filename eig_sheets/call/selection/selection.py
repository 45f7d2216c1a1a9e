"""The selection of a campaign under its limits: who is proposed, who comes next, from what was read and ranked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.proposals import Pool, places_were_given, pool_of, propose
from eig_sheets.call.selection.rules_comparison import (
    Successor,
    Swap,
    places_left,
    reserve,
    successors,
    swaps,
    with_successors,
)
from eig_sheets.call.selection.rules_problem import (
    Bound,
    Integers,
    Numbers,
    Problem,
    bound_on_cost,
    bound_on_places,
    bounds_on_values,
)
from eig_sheets.call.selection.rules_solver import SelectionOutcome, solved
from eig_sheets.campaign.limits import LimitColumn, limit_column, unread_values, value_text, values_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result, Results
from eig_sheets.config import Campaign
from eig_sheets.domain.frames import Mask
from eig_sheets.domain.selection_rules import SelectionLimit, SelectionRules
from eig_sheets.text.french import plain

_MOST_CENTS: Final = 1e15
_CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class LimitInForce:
    """A limit and its column. `values`: those that it is about, as people write them; `known`: whether one has any.

    `doubtful`: the dossiers whose value cannot be read.
    """

    rule: SelectionLimit
    column: LimitColumn
    values: tuple[str, ...]
    known: bool
    closest_to: tuple[str, ...]
    doubtful: Collection[str] = ()


@dataclass(frozen=True)
class Selection:
    """The selection under limits. Dossiers are known by their places in `problem`, which are those of `pool.rows`.

    `by`: what is maximised, which is the note when no rank could be corrected; `proposals` of the rows of the pool;
    `unforced`: what they would be had people decided nothing; `successors`: who takes the places that are free;
    `unknown`: how many amounts are unknown, of the selected.
    """

    rules: SelectionRules
    by: str
    limits: tuple[LimitInForce, ...]
    pool: Pool
    problem: Problem
    outcome: SelectionOutcome
    swaps: tuple[Swap, ...]
    reserve: tuple[int, ...]
    proposals: pd.Series
    unforced: pd.Series
    successors: tuple[Successor, ...]
    unknown: int

    def numbers(self, dossiers: Mask | Sequence[int]) -> list[str]:
        """The numbers of some dossiers."""
        places = np.flatnonzero(dossiers) if isinstance(dossiers, np.ndarray) else dossiers
        return [self.problem.numbers[place] for place in places]


SELECTION: Final = Result["Selection | None"]("selection")
"""The selection under limits; None in a call that has no rules for one."""

OFFICIAL: Final = "rank"
"""What is maximised by a campaign without [selection]: the official order alone."""


def selection_of(
    reading: Reading, dossiers: pd.DataFrame, ranking: pd.DataFrame, money: pd.DataFrame
) -> Selection | None:
    """The selection of a campaign that has rules for one, None otherwise, as in the workbook of candidates alone."""
    rules = reading.campaign.selection
    return (
        None
        if rules is None or not reading.owns("candidatures")
        else _selection(reading, rules, rules.utility, dossiers, ranking, money)
    )


def official_selection(
    reading: Reading, dossiers: pd.DataFrame, ranking: pd.DataFrame, money: pd.DataFrame
) -> Selection:
    """The selection of a campaign without rules for one: the first of the ranking, and what people decided."""
    return _selection(reading, SelectionRules(), OFFICIAL, dossiers, ranking, money)


def selection_in_force(reading: Reading, results: Results) -> Selection:
    """The selection that is proposed, under the limits of the call or without any, once its steps are computed."""
    dossiers, ranking = results.of(APPLICATIONS).dossiers, results.of(SCORES).ranking
    return results.of(SELECTION) or official_selection(reading, dossiers, ranking, results.of(COFINANCING))


def _selection(
    reading: Reading,
    rules: SelectionRules,
    by: str,
    dossiers: pd.DataFrame,
    ranking: pd.DataFrame,
    money: pd.DataFrame,
) -> Selection:
    campaign = reading.campaign
    places = campaign.campaign.target
    pool = pool_of(ranking, places, campaign.ranking)
    by, utility = _utility(pool.rows, by)
    amounts = money.set_index("numero")["amount_max"].reindex(pool.rows["numero"])
    limits, bounds = _limits(reading, rules, dossiers, pool)
    bounds = [bound_on_places(len(utility), places), *_cost(rules, amounts), *bounds]
    free_of_decisions = _problem(pool, utility, bounds, pool.barred & False, pool.barred)
    decided_out = ~pool.decided_in & (pool.barred | pool.waiting | pool.decided_out)
    given = places_were_given(pool, ranking, places)
    problem = _problem(pool, utility, bounds, pool.decided_in, ~pool.decided_in if given else decided_out)
    outcome = solved(problem)
    barred = (pool.barred | pool.decided_out) & ~pool.decided_in
    order = reserve(problem, outcome.selected, pool.waiting, barred)
    left = places_left(problem, outcome.selected) if given else 0
    follow = successors(problem, outcome.selected, order, left)
    called = [successor.dossier for successor in follow if successor.dossier is not None]
    outcome = with_successors(problem, outcome, called)
    return Selection(
        rules,
        by,
        limits,
        pool,
        problem,
        outcome,
        swaps(problem, outcome, pool.pure),
        tuple(order),
        propose(pool, problem, outcome, order, campaign.ranking, called),
        _unforced(pool, free_of_decisions, problem, outcome, campaign, order),
        tuple(follow),
        int(amounts[outcome.selected].isna().sum()),
    )


def _problem(pool: Pool, utility: Numbers, bounds: Sequence[Bound], into: Mask, out: Mask) -> Problem:
    return Problem(tuple(pool.rows["numero"]), utility, into, out, tuple(bounds))


def _unforced(
    pool: Pool, free: Problem, problem: Problem, outcome: SelectionOutcome, campaign: Campaign, order: Sequence[int]
) -> pd.Series:
    """The proposals as if nobody had decided anything, with which decisions are compared."""
    nobody = pool.barred & False
    undecided = Pool(pool.rows, pool.barred, pool.pure, nobody, nobody, nobody)
    if (problem.free == free.free).all():
        return propose(undecided, problem, outcome, order, campaign.ranking)
    other = solved(free)
    return propose(undecided, free, other, reserve(free, other.selected, nobody, pool.barred), campaign.ranking)


def _utility(rows: pd.DataFrame, by: str) -> tuple[str, Numbers]:
    """What each dossier adds, 0 or more, and by what it is measured: by the note where no rank could be corrected.

    An expected rank adds the places that it gains on the last one. Without a rank, a dossier adds nothing.
    """
    ranked = rows["rank"].notna().to_numpy(dtype=bool)
    count = np.count_nonzero(ranked)
    if by == OFFICIAL:
        return by, np.where(ranked, np.arange(len(rows), 0, -1.0), 0.0)
    if rows.loc[ranked, by].isna().any():
        by = "note"
    measured = rows[by].to_numpy(dtype=float, na_value=np.nan)
    measured = count + 1 - measured if by == "expected_rank" else measured
    utility = np.where(ranked, measured, 0.0)
    return by, utility - min(0.0, float(utility.min(initial=0.0)))


def _cost(rules: SelectionRules, amounts: pd.Series) -> list[Bound]:
    if rules.envelope is None:
        return []
    return [bound_on_cost(_cents(amounts.fillna(0).to_numpy(dtype=float)), int(_cents(np.array([rules.envelope]))[0]))]


def _cents(euros: Numbers) -> Integers:
    return np.round(np.clip(euros * _CENTS, 0, _MOST_CENTS)).astype(np.int64)


def _limits(
    reading: Reading, rules: SelectionRules, dossiers: pd.DataFrame, pool: Pool
) -> tuple[tuple[LimitInForce, ...], list[Bound]]:
    """The limits of a campaign, with their columns, and the bounds that they put on the rows of the pool."""
    tab = reading.layout.tabs["candidatures"]
    limits: list[LimitInForce] = []
    bounds: list[Bound] = []
    for place, limit in enumerate(rules.limits):
        column = limit_column(limit, tab, reading.campaign)
        if column is None:
            raise ValueError("Limits without a column are a problem of the reading: nothing is computed then.")
        by_number = dict(zip(dossiers["numero"], values_of(column, dossiers, tab), strict=True))
        doubtful = {*dossiers.loc[unread_values(column, dossiers, tab), "numero"]}
        by_number |= dict.fromkeys(doubtful, ())
        own = [by_number[numero] for numero in pool.rows["numero"]]
        everyone = _spelled(by_number.values()) | _spelled(own)
        wanted = _spelled(own) if limit.value is None else {plain(value_text(limit.value)): value_text(limit.value)}
        values = {key: everyone.get(key, text) for key, text in wanted.items()}
        known = limit.value is None or bool(wanted.keys() & everyone.keys())
        limits.append(LimitInForce(limit, column, tuple(values.values()), known, tuple(everyone.values()), doubtful))
        of_each = [
            None if numero in doubtful else frozenset(values[key] for key in map(plain, texts) if key in values)
            for numero, texts in zip(pool.rows["numero"], own, strict=True)
        ]
        bounds += bounds_on_values(place, of_each, [*values.values()], limit.min, limit.max)
    return tuple(limits), bounds


def _spelled(values: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Each value as it was first written, by the plain form in which values are compared."""
    spelled: dict[str, str] = {}
    for texts in values:
        for value in texts:
            spelled.setdefault(plain(value), value)
    return spelled
