"""Cost of one EIG to the employer, by experience: as the dossier simulates it, else as the programme estimates it.

Euros are exact to the cent: decimal arithmetic on the numbers that people see, never on binary fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pandas as pd

from eig_sheets.domain.cofinancing_rules import CofinancingRules, SalaryRules
from eig_sheets.domain.frames import Mask, Objects, unreadable

CENT = Decimal("0.01")
WIDE = Context(prec=700)
"""Wide enough for the square of any float: a typing slip of forty digits gives an absurd amount, not a crash."""

UP_TO_5_YEARS = "cout_jusqu_a_5_ans"
OVER_5_YEARS = "cout_plus_de_5_ans"
SIMULATIONS = [UP_TO_5_YEARS, OVER_5_YEARS]
"""The fields of a dossier's simulations, each for one EIG and the whole contract."""


def exact(value: float) -> Decimal:
    """The decimal number that a float is displayed as: 61250.1, not 61250.0999999999985."""
    return Decimal(repr(float(value)))


def to_cent(amount: Decimal) -> float:
    """The amount in euros, rounded half-up to the cent."""
    return float(amount.quantize(CENT, ROUND_HALF_UP, WIDE))


def share(amount: Decimal, part: float, whole: float) -> float:
    """`amount` × `part` / `whole`, half-up to the cent; the only rounding is the last step."""
    return to_cent(amount * exact(part) / exact(whole))


def exact_column(values: pd.Series) -> Objects:
    """`exact` of each value; each distinct value is converted once. No value may be null."""
    codes, distinct = pd.factorize(values)
    return np.array([exact(value) for value in distinct], dtype=object)[codes]


def share_column(counts: pd.Series, amounts: pd.Series, part: float, whole: float) -> pd.Series:
    """`counts` × `amounts` × `part` / `whole` in euros, half-up to the cent; null where a count or an amount is."""
    finite: Mask = np.isfinite(counts.to_numpy(dtype=float)) & np.isfinite(amounts.to_numpy(dtype=float))
    shares = exact_column(counts[finite]) * exact_column(amounts[finite]) * exact(part) / exact(whole)
    result = np.full(len(counts), np.nan)
    result[finite] = [to_cent(amount) for amount in shares]
    return pd.Series(result, index=counts.index)


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of one EIG in each dossier.

    `used`, `estimated` and `doubtful` have a column for each of SIMULATIONS: euros, null when the simulation is
    unreadable; whether an estimate replaces a missing one; whether what is typed is doubtful: unreadable, implausible,
    or, where both are plausible, out of order with the other (`out_of_order`). `bounds`: the lowest and the highest
    plausible cost, whatever the experience. `flat`: the amount of one EIG under a flat rule.
    """

    used: pd.DataFrame
    estimated: pd.DataFrame
    doubtful: pd.DataFrame
    bounds: tuple[float, float]
    flat: float | None = None

    @property
    def sorted(self) -> pd.DataFrame:
        """The costs used, with the lower of both under the first of SIMULATIONS, wherever it was typed."""
        return pd.DataFrame(np.sort(self.used.to_numpy(), axis=1), index=self.used.index, columns=SIMULATIONS)


def costs_of_one(dossiers: pd.DataFrame, rules: CofinancingRules, salaries: SalaryRules) -> Costs:
    """The costs on the index of `dossiers`. Under a flat rule, each is the flat amount and no simulation is read."""
    if rules.rule == "flat":
        flat = pd.DataFrame(float(rules.flat_amount), index=dossiers.index, columns=SIMULATIONS)
        return Costs(flat, flat.isna(), flat.isna(), (0, np.inf), float(rules.flat_amount))
    typed = dossiers[SIMULATIONS].astype(float)
    unread = pd.DataFrame(unreadable(dossiers, SIMULATIONS), index=dossiers.index)
    estimated = typed.isna() & ~unread
    used = typed.mask(estimated, typed.fillna(estimates(rules, salaries)))
    doubtful = unread.copy()
    for field, (low, high) in plausible(rules, salaries).items():
        doubtful[field] |= (typed[field] < low) | (typed[field] > high)
    doubtful = doubtful.mask(typed.notna().mul(out_of_order(used) & ~doubtful.any(axis=1), axis=0), other=True)
    return Costs(used, estimated, doubtful, plausible_for_anyone(rules, salaries))


def out_of_order(used: pd.DataFrame) -> pd.Series:
    """Where one EIG of up to five years would cost more than one of more, whom the call pays better."""
    return used[UP_TO_5_YEARS] > used[OVER_5_YEARS]


def estimates(rules: CofinancingRules, salaries: SalaryRules) -> dict[str, float]:
    """The estimated cost of one EIG, for each simulation that may be missing: net salary a month × ratio × months."""
    factor = exact(rules.net_to_employer_ratio) * exact(rules.total_months)
    return {
        UP_TO_5_YEARS: float(exact(salaries.up_to_5_years) * factor),
        OVER_5_YEARS: float(exact(salaries.over_5_years) * factor),
    }


def plausible(rules: CofinancingRules, salaries: SalaryRules) -> dict[str, tuple[float, float]]:
    """The lowest and the highest plausible simulation, both included."""
    low, high = (exact(times) for times in rules.plausible)
    costs = {field: exact(cost) for field, cost in estimates(rules, salaries).items()}
    return {field: (float(cost * low), float(cost * high)) for field, cost in costs.items()}


def plausible_for_anyone(rules: CofinancingRules, salaries: SalaryRules) -> tuple[float, float]:
    """The lowest and the highest plausible cost of somebody, whatever their experience."""
    lowest, highest = zip(*plausible(rules, salaries).values(), strict=True)
    return min(lowest), max(highest)


def paid_share(rules: CofinancingRules) -> tuple[float, float]:
    """The share of a cost that the call pays: months out of months; a flat amount is paid whole."""
    return (rules.months, rules.total_months) if rules.rule == "months" else (1, 1)
