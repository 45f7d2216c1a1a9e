"""Co-financing amounts of dossiers: a range before recruitment, one amount after it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eig_sheets.domain.cofinancing_rules import CofinancingRules, SalaryRules
from eig_sheets.domain.contracts import THIRTIETHS
from eig_sheets.domain.costs import (
    OVER_5_YEARS,
    UP_TO_5_YEARS,
    Costs,
    costs_of_one,
    paid_share,
    share_column,
)
from eig_sheets.domain.frames import Mask, is_yes, labelled
from eig_sheets.domain.recruitment import awaited, by_project, recruits

COUNT = "nombre_eig"


def compute(
    dossiers: pd.DataFrame,
    asked: Mask,
    rules: CofinancingRules,
    salaries: SalaryRules,
    talents: pd.DataFrame | None,
) -> pd.DataFrame:
    """The amounts of the dossiers that ask for some, in euros to the cent, on their index; others have null amounts.

    amount = number of EIG × cost of one (up to five years for `amount_min`, over five for `amount_max`) × months paid
    / months of the contract. Null when the number of EIG is blank, or when it or a simulation is unreadable.
    `one_min`, `one_max`: the same for one EIG, null once the costs of the recruits, which may differ, decide.
    `per_eig_min`, `per_eig_max`: the costs used; `estimated`: one of them replaces a missing simulation;
    `questioned`: a typed one is implausible, or the minimum is over the maximum.

    `recruited`: how many are; `counted`: the EIG that the amounts are for, those asked for unless people said that
    nobody else will be recruited. Once as many are recruited, and the cost and the paid months of each are known, both
    amounts are the sum of theirs, `settled`, and `paid_months` of all of them together; `exact` unless one of the
    costs is estimated. `range_min`, `range_max`: the amounts that recruitment does not change. `awaited`: what is
    missing since somebody is recruited (`recruitment.Awaited`).
    """
    costs = costs_of_one(dossiers, rules, salaries)
    count = dossiers[COUNT].where(asked & (dossiers[COUNT] >= 0))
    result = _range(count, costs, rules)
    result[["range_min", "range_max"]] = result[["amount_min", "amount_max"]]
    result["questioned"] = asked & (costs.questioned | (result["amount_min"] > result["amount_max"]))
    result["exact"] = result["settled"] = False
    result["recruited"], result["counted"], result["paid_months"] = 0, count, np.nan
    result["awaited"] = labelled([], result.index)
    if talents is None or talents.empty:
        return result
    _, whole = paid_share(rules)
    found = by_project(recruits(talents, dossiers["numero"], costs, rules), whole)
    projects = found.reindex(dossiers["numero"].where(asked)).set_axis(dossiers.index)
    return _after_recruitment(result, projects, count, is_yes(dossiers["recrutement_clos"]), costs, rules)


def _range(count: pd.Series, costs: Costs, rules: CofinancingRules) -> pd.DataFrame:
    part, whole = paid_share(rules)
    computable = count.notna() & costs.used.notna().all(axis=1)
    per_eig = costs.used.where(computable)
    one = computable.astype(float)
    return pd.DataFrame(
        {
            "amount_min": share_column(count, per_eig[UP_TO_5_YEARS], part, whole),
            "amount_max": share_column(count, per_eig[OVER_5_YEARS], part, whole),
            "one_min": share_column(one, per_eig[UP_TO_5_YEARS], part, whole),
            "one_max": share_column(one, per_eig[OVER_5_YEARS], part, whole),
            "per_eig_min": per_eig[UP_TO_5_YEARS],
            "per_eig_max": per_eig[OVER_5_YEARS],
            "estimated": computable & costs.estimated.any(axis=1),
        }
    )


def _after_recruitment(
    result: pd.DataFrame, projects: pd.DataFrame, asked: pd.Series, closed: Mask, costs: Costs, rules: CofinancingRules
) -> pd.DataFrame:
    recruited = projects["recruited"].fillna(0)
    fewer = pd.Series(closed, index=result.index) & (recruited < asked)
    result["recruited"], result["counted"] = recruited.astype(int), asked.mask(fewer, recruited)
    result["awaited"] = awaited(projects, asked, pd.Series(closed, index=result.index))
    amounts = projects["amount"].mask(fewer & (recruited == 0), 0.0)
    complete = (recruited == result["counted"]) & amounts.notna()
    smaller = _range(result["counted"], costs, rules)
    for column in ("amount_min", "amount_max"):
        result[column] = smaller[column].mask(complete, amounts)
    result[["one_min", "one_max"]] = result[["one_min", "one_max"]].mask(complete)
    estimated = projects["estimated"].eq(True)
    result["estimated"] = result["estimated"].mask(complete, estimated)
    result["settled"], result["exact"] = complete, complete & ~estimated
    result["paid_months"] = (projects["thirtieths"].fillna(0) / THIRTIETHS).where(complete & (rules.rule == "months"))
    return result
