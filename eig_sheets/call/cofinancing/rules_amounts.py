"""Co-financing amounts of dossiers: a range before recruitment, one amount after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from eig_sheets.call.cofinancing.rules_costs import OVER_5_YEARS, UP_TO_5_YEARS, Costs, paid_share, share_column
from eig_sheets.call.cofinancing.rules_recruits import (
    THIRTIETHS,
    awaited,
    by_project,
    doubts_by_project,
    recruits,
    unplaced,
)
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.frames import Mask, is_yes, labelled, objects

COUNT = "nombre_eig"


def compute(
    dossiers: pd.DataFrame,
    asked: Mask,
    costs: Costs,
    rules: CofinancingRules,
    talents: pd.DataFrame | None,
    doubtful: pd.Series,
) -> pd.DataFrame:
    """The amounts of the dossiers that ask for some, in euros to the cent, on their index; others have null amounts.

    amount = number of EIG × cost of one (the lower of both simulations for `amount_min`, the higher for `amount_max`)
    × months paid / months of the contract. Null when the number of EIG is blank, or when it or a simulation is
    unreadable. `one_min`, `one_max`: the same for one EIG, null once the costs of the recruits, which may differ,
    decide. `per_eig_min`, `per_eig_max`: the costs used; `estimated`: one of them replaces a missing simulation.

    `recruited`: how many are; `counted`: the EIG that the amounts are for, those asked for unless people said that
    nobody else will be recruited. Once as many are recruited, and the cost and the paid months of each are known, both
    amounts are the sum of theirs, `settled`, and `paid_months` of all of them together; `exact` unless one of the
    costs is estimated. `range_min`, `range_max`: the amounts that recruitment does not change. `awaited`: what is
    missing since somebody is recruited (`recruitment.Awaited`).

    `doubtful`: the dossiers with a cell that cannot be read or believed; `doubtful_recruits`: (row, field) of each cell
    of talents that cannot. With any of them, `questioned`, nothing is settled.
    """
    count = dossiers[COUNT].where(asked & (dossiers[COUNT] >= 0))
    result = _range(count, costs, rules)
    result[["range_min", "range_max"]] = result[["amount_min", "amount_max"]]
    result["questioned"] = asked & doubtful
    result["exact"] = result["settled"] = False
    result["recruited"], result["counted"], result["paid_months"] = 0, count, np.nan
    result["awaited"] = result["doubtful_recruits"] = labelled([], result.index)
    if talents is None or talents.empty:
        return result
    _, whole = paid_share(rules)
    projects = by_project(recruits(talents, dossiers["numero"], costs, rules), whole)
    doubts = doubts_by_project(talents, dossiers["numero"], costs, rules)
    asking = dossiers["numero"].where(asked)
    projects, doubts = (table.reindex(asking).set_axis(dossiers.index) for table in (projects, doubts))
    elsewhere = tuple((int(row), "projet_decide") for row in unplaced(talents, dossiers["numero"])["row"])
    closed = pd.Series(is_yes(dossiers["recrutement_clos"]), index=dossiers.index)
    return _after_recruitment(result, projects, _Doubts.of(doubts, elsewhere), count, closed, costs, rules)


@dataclass(frozen=True, slots=True)
class _Doubts:
    """The cells of talents that cannot be read or believed, by dossier: `cells`, tuples of (row, field).

    `uncertain`: somebody may be recruited or not. `elsewhere`: the cells of who is recruited for no known project, and
    may be missing in one of which people said that nobody else will be.
    """

    cells: pd.Series
    uncertain: pd.Series
    elsewhere: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, doubts: pd.DataFrame, elsewhere: tuple[tuple[int, str], ...]) -> _Doubts:
        cells = objects((listed if isinstance(listed, tuple) else () for listed in doubts["doubtful"]), doubts.index)
        return cls(cells, doubts["uncertain"].eq(True), elsewhere)

    def all_of(self, fewer: pd.Series) -> pd.Series:
        pairs = zip(self.cells, fewer, strict=True)
        return objects(((*cells, *(self.elsewhere if less else ())) for cells, less in pairs), self.cells.index)


def _range(count: pd.Series, costs: Costs, rules: CofinancingRules) -> pd.DataFrame:
    part, whole = paid_share(rules)
    computable = count.notna() & costs.used.notna().all(axis=1)
    per_eig = costs.sorted.where(computable)
    one_eig = computable.astype(float)
    return pd.DataFrame(
        {
            "amount_min": share_column(count, per_eig[UP_TO_5_YEARS], part, whole),
            "amount_max": share_column(count, per_eig[OVER_5_YEARS], part, whole),
            "one_min": share_column(one_eig, per_eig[UP_TO_5_YEARS], part, whole),
            "one_max": share_column(one_eig, per_eig[OVER_5_YEARS], part, whole),
            "per_eig_min": per_eig[UP_TO_5_YEARS],
            "per_eig_max": per_eig[OVER_5_YEARS],
            "estimated": computable & costs.estimated.any(axis=1),
        }
    )


def _after_recruitment(
    result: pd.DataFrame,
    projects: pd.DataFrame,
    doubts: _Doubts,
    asked: pd.Series,
    closed: pd.Series,
    costs: Costs,
    rules: CofinancingRules,
) -> pd.DataFrame:
    recruited = projects["recruited"].fillna(0)
    fewer = closed & (recruited < asked)
    result["doubtful_recruits"] = doubts.all_of(fewer)
    result["questioned"] |= result["doubtful_recruits"].astype(bool)
    fewer &= ~doubts.uncertain & (not doubts.elsewhere)
    result["recruited"], result["counted"] = recruited.astype(int), asked.mask(fewer, recruited)
    result["awaited"] = awaited(projects, asked, closed, result["questioned"])
    amounts = projects["amount"].mask(fewer & (recruited == 0), 0.0)
    complete = (recruited == result["counted"]) & amounts.notna() & ~result["questioned"]
    smaller = _range(result["counted"], costs, rules)
    for column in ("amount_min", "amount_max"):
        result[column] = smaller[column].mask(complete, amounts)
    result[["one_min", "one_max"]] = result[["one_min", "one_max"]].mask(complete)
    estimated = projects["estimated"].eq(True)
    result["estimated"] = result["estimated"].mask(complete, estimated)
    result["settled"], result["exact"] = complete, complete & ~estimated
    result["paid_months"] = (projects["thirtieths"].fillna(0) / THIRTIETHS).where(complete & (rules.rule == "months"))
    return result
