"""How much co-financing a dossier would receive: a range before recruitment, one amount after it."""

from __future__ import annotations

import pandas as pd

from eig_sheets.domain.costs import OVER_5_YEARS, UP_TO_5_YEARS, Costs, costs_of_one, paid_share
from eig_sheets.domain.frames import Mask
from eig_sheets.domain.money import share_column
from eig_sheets.domain.recruits import recruits, totals
from eig_sheets.domain.rules import CofinancingRules, SalaryRules

COUNT = "nombre_eig"


def compute(
    dossiers: pd.DataFrame,
    asked: Mask,
    rules: CofinancingRules,
    salaries: SalaryRules,
    talents: pd.DataFrame | None,
) -> pd.DataFrame:
    """The amounts of the dossiers that `asked`, in euros to the cent, on their index; the others' are null.

    amount = number of EIG × cost of one (up to five years for `amount_min`, over five for `amount_max`) × months paid
    / months of the contract. Null when the number of EIG is blank, or when it or a simulation is unreadable.
    `per_eig_min`, `per_eig_max`: the costs used; `estimated`: one of them replaces a missing simulation;
    `questioned`: a typed one is implausible, or the minimum is over the maximum. Once as many talents are retained as
    EIG asked for, and the cost of each is known, both amounts are the share of their sum, `estimated` when one of
    their costs is, `exact` otherwise.
    """
    costs = costs_of_one(dossiers, rules, salaries)
    count = dossiers[COUNT].where(asked & (dossiers[COUNT] >= 0))
    result = _range(count, costs, rules)
    result["questioned"] = asked & (costs.questioned | (result["amount_min"] > result["amount_max"]))
    result["exact"] = False
    if talents is None or talents.empty:
        return result
    paid = totals(recruits(talents, dossiers["numero"], costs), *paid_share(rules))
    return _after_recruitment(result, paid.reindex(dossiers["numero"]).set_axis(dossiers.index), count)


def _range(count: pd.Series, costs: Costs, rules: CofinancingRules) -> pd.DataFrame:
    part, whole = paid_share(rules)
    known = count.notna() & costs.used.notna().all(axis=1)
    per_eig = costs.used.where(known)
    return pd.DataFrame(
        {
            "amount_min": share_column(count, per_eig[UP_TO_5_YEARS], part, whole),
            "amount_max": share_column(count, per_eig[OVER_5_YEARS], part, whole),
            "per_eig_min": per_eig[UP_TO_5_YEARS],
            "per_eig_max": per_eig[OVER_5_YEARS],
            "estimated": known & costs.estimated.any(axis=1),
        }
    )


def _after_recruitment(result: pd.DataFrame, paid: pd.DataFrame, count: pd.Series) -> pd.DataFrame:
    complete = paid["count"] == count
    estimated = paid["estimated"].eq(True)
    for column in ("amount_min", "amount_max"):
        result[column] = result[column].mask(complete, paid["amount"])
    result["estimated"] = result["estimated"].mask(complete, estimated)
    result["exact"] = complete & ~estimated
    return result
