"""What one EIG costs their employer, by experience: as the dossier simulates it, else as the programme estimates it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eig_sheets.domain.frames import unreadable
from eig_sheets.domain.money import exact
from eig_sheets.domain.rules import CofinancingRules, SalaryRules

UP_TO_5_YEARS = "cout_jusqu_a_5_ans"
OVER_5_YEARS = "cout_plus_de_5_ans"
SIMULATIONS = [UP_TO_5_YEARS, OVER_5_YEARS]
"""The fields of a dossier's simulations, each for one EIG and the whole contract."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of one EIG in each dossier.

    `used` and `estimated` have a column for each of SIMULATIONS: euros, null when the simulation is unreadable, and
    whether an estimate replaces a missing one. `questioned` tells that a typed one is implausible.
    """

    used: pd.DataFrame
    estimated: pd.DataFrame
    questioned: pd.Series


def costs_of_one(dossiers: pd.DataFrame, rules: CofinancingRules, salaries: SalaryRules) -> Costs:
    """The costs on the index of `dossiers`. Under a flat rule, each is the flat amount and no simulation is read."""
    if rules.rule == "flat":
        flat = pd.DataFrame(float(rules.flat_amount), index=dossiers.index, columns=SIMULATIONS)
        return Costs(flat, flat.isna(), pd.Series(False, index=dossiers.index))
    typed = dossiers[SIMULATIONS].astype(float)
    estimated = typed.isna() & ~pd.DataFrame(unreadable(dossiers, SIMULATIONS), index=dossiers.index)
    used = typed.mask(estimated, typed.fillna(estimates(rules, salaries)))
    questioned = pd.Series(False, index=dossiers.index)
    for field, (low, high) in plausible(rules, salaries).items():
        questioned |= (typed[field] < low) | (typed[field] > high)
    return Costs(used, estimated, questioned)


def estimates(rules: CofinancingRules, salaries: SalaryRules) -> dict[str, float]:
    """What one EIG would cost, for each simulation that may be missing: net salary a month × ratio × months."""
    factor = exact(rules.net_to_employer_ratio) * exact(rules.total_months)
    return {
        UP_TO_5_YEARS: float(exact(salaries.up_to_5_years) * factor),
        OVER_5_YEARS: float(exact(salaries.over_5_years) * factor),
    }


def plausible(rules: CofinancingRules, salaries: SalaryRules) -> dict[str, tuple[float, float]]:
    """The lowest and the highest simulation that nobody questions, both included."""
    low, high = (exact(times) for times in rules.plausible)
    costs = {field: exact(cost) for field, cost in estimates(rules, salaries).items()}
    return {field: (float(cost * low), float(cost * high)) for field, cost in costs.items()}


def paid_share(rules: CofinancingRules) -> tuple[float, float]:
    """What the call pays of a cost: so many months out of so many; a flat amount is paid whole."""
    return (rules.months, rules.total_months) if rules.rule == "months" else (1, 1)
