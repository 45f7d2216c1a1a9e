"""Co-financing amounts of dossiers: a range before recruitment, one amount after it."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from eig_sheets.domain.costs import (
    OVER_5_YEARS,
    SIMULATIONS,
    UP_TO_5_YEARS,
    Costs,
    costs_of_one,
    exact_column,
    paid_share,
    share,
    share_column,
)
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.frames import Mask, chosen, unreadable
from eig_sheets.domain.rules import CofinancingRules, SalaryRules

JUNIOR_YEARS = 5
"""Up to so many years of experience, included, the first simulation applies; beyond, the second."""

COUNT = "nombre_eig"


class Origin(StrEnum):
    """The source of the cost of a recruited talent."""

    REAL = "cout_reel"  # typed for this talent
    SIMULATED = "simulation"  # the dossier's simulation for this experience
    ESTIMATED = "estimation"  # the estimate that replaces a missing simulation
    FLAT = "forfait"  # the amount that the call pays for each EIG, whatever they cost


def recruits(talents: pd.DataFrame, numbers: pd.Series, costs: Costs) -> pd.DataFrame:
    """The talents retained for one of the dossiers `numbers`, on their own index.

    Columns: `candidature`, `numero` of the project, `cost` in euros for the whole contract (null when unknown) and
    `origin`, an Origin or None. An unreadable real cost or experience leaves the cost unknown; a flat amount is paid
    whatever they say.
    """
    kept = talents[(talents["statut"] == RETAINED) & talents["projet_decide"].isin(numbers)]
    real, years = kept["cout_reel"].astype(float), kept["experience"].astype(float)
    if costs.flat is not None:
        return kept[["candidature"]].assign(numero=kept["projet_decide"], cost=costs.flat, origin=Origin.FLAT.value)
    simulated = _by_experience(costs.used, years, kept["projet_decide"], numbers)
    estimated = _by_experience(costs.estimated, years, kept["projet_decide"], numbers).astype(bool)
    unread = pd.Series(unreadable(kept, ["cout_reel"])["cout_reel"], index=kept.index)
    cost = real.fillna(simulated.where(years.notna() & ~unread))
    origins = [
        (None, cost.isna()),
        (Origin.REAL, real.notna()),
        (Origin.ESTIMATED, estimated),
        (Origin.SIMULATED, ~estimated),
    ]
    origin = chosen([(word, mask.to_numpy(dtype=bool)) for word, mask in origins], kept.index)
    return kept[["candidature"]].assign(numero=kept["projet_decide"], cost=cost, origin=origin)


def _by_experience(costs: pd.DataFrame, years: pd.Series, projects: pd.Series, numbers: pd.Series) -> pd.Series:
    """For each talent, the value of their project that goes with their experience."""
    place = pd.Index(numbers).get_indexer(projects)
    senior = (years > JUNIOR_YEARS).to_numpy(dtype=int)
    return pd.Series(costs[SIMULATIONS].to_numpy()[place, senior], index=years.index)


def totals(recruited: pd.DataFrame, part: float, whole: float) -> pd.DataFrame:
    """The amount of each project whose talents all have a known cost, indexed by its number.

    Columns: `count` of talents; `amount` = Σ cost × `part` / `whole`, half-up to the cent; `estimated`.
    """
    projects = recruited.groupby("numero")
    computable = recruited[projects["cost"].transform("count") == projects["cost"].transform("size")]
    by_project = pd.Series(exact_column(computable["cost"]), index=computable["numero"], dtype=object).groupby(level=0)
    sums = {numero: share(sum(costs), part, whole) for numero, costs in by_project}
    return pd.DataFrame(
        {
            "count": by_project.size(),
            "amount": pd.Series(sums, dtype=float),
            "estimated": (computable["origin"] == Origin.ESTIMATED).groupby(computable["numero"]).any(),
        }
    )


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


def _after_recruitment(result: pd.DataFrame, paid: pd.DataFrame, count: pd.Series) -> pd.DataFrame:
    complete = paid["count"] == count
    estimated = paid["estimated"].eq(True)
    for column in ("amount_min", "amount_max"):
        result[column] = result[column].mask(complete, paid["amount"])
    result[["one_min", "one_max"]] = result[["one_min", "one_max"]].mask(complete)
    result["estimated"] = result["estimated"].mask(complete, estimated)
    result["exact"] = complete & ~estimated
    return result
