"""The terms of each amount of one dossier, for a person to check by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from eig_sheets.call.cofinancing.rules_costs import (
    OVER_5_YEARS,
    UP_TO_5_YEARS,
    costs_of_one,
    estimates,
    paid_share,
    plausible,
)
from eig_sheets.call.cofinancing.rules_recruits import Origin, recruits
from eig_sheets.domain.cofinancing_rules import CofinancingRules, SalaryRules


@dataclass(frozen=True, slots=True)
class CostTerms:
    """One end of the range: the cost of one EIG that is `used`, in euros for the whole contract.

    `typed` is the dossier's simulation. `estimate` = `salary` × `ratio` × `months`; it replaces a missing simulation,
    never an unreadable one (`used` is None then). A simulation out of `plausible` is questioned.
    """

    field: str
    typed: float | None
    used: float | None
    salary: float
    ratio: float
    months: float
    estimate: float
    plausible: tuple[float, float]
    amount: float | None


@dataclass(frozen=True, slots=True)
class RecruitTerms:
    """The cost of one recruited talent for the whole contract, and its source; None when unknown.

    `start`, `end`: of the contract, as typed; `thirtieths` of a month that are paid, None when its dates do not tell.
    `row` in the tab of talents.
    """

    talent: str
    cost: float | None
    origin: Origin | None
    start: date | None
    end: date | None
    thirtieths: float | None
    row: int


@dataclass(frozen=True, slots=True)
class AmountTerms:
    """The terms of the amounts of one dossier: `count` × cost × `part` / `whole`; of recruits, each by its thirtieths.

    `asked`: how many EIG are asked for; `count`: those that the amounts are for.
    `costs` is empty when the rule is not `months`; `flat` is the amount for one EIG when it is `flat`.
    """

    asked: float | None
    count: float | None
    part: float
    whole: float
    flat: float | None
    costs: tuple[CostTerms, ...]
    recruits: tuple[RecruitTerms, ...]

    @property
    def costs_out_of_order(self) -> bool:
        """Whether one EIG of up to five years would cost more than one of more."""
        used = [cost.used for cost in self.costs if cost.used is not None]
        return used != sorted(used)


def amount_terms(
    numero: str,
    dossiers: pd.DataFrame,
    cofinanced: pd.DataFrame,
    rules: CofinancingRules,
    salaries: SalaryRules,
    talents: pd.DataFrame | None,
) -> AmountTerms:
    """The terms of the amounts that `cofinanced` gives to one dossier."""
    chosen = dossiers["numero"] == numero
    dossier, result = dossiers[chosen], cofinanced[chosen].iloc[0]
    part, whole = paid_share(rules)
    return AmountTerms(
        asked=_number(dossier["nombre_eig"].iloc[0]),
        count=_number(result["counted"]),
        part=part,
        whole=whole,
        flat=rules.flat_amount if rules.rule == "flat" else None,
        costs=_cost_terms(dossier, result, rules, salaries) if rules.rule == "months" else (),
        recruits=_recruit_terms(dossier, rules, salaries, talents),
    )


def _cost_terms(
    dossier: pd.DataFrame, result: pd.Series, rules: CofinancingRules, salaries: SalaryRules
) -> tuple[CostTerms, ...]:
    used, limits = costs_of_one(dossier, rules, salaries).used, plausible(rules, salaries)
    ends = (
        (UP_TO_5_YEARS, salaries.up_to_5_years, result["amount_min"]),
        (OVER_5_YEARS, salaries.over_5_years, result["amount_max"]),
    )
    return tuple(
        CostTerms(
            field=field,
            typed=_number(dossier[field].iloc[0]),
            used=_number(used[field].iloc[0]),
            salary=salary,
            ratio=rules.net_to_employer_ratio,
            months=rules.total_months,
            estimate=estimates(rules, salaries)[field],
            plausible=limits[field],
            amount=_number(amount),
        )
        for field, salary, amount in ends
    )


def _recruit_terms(
    dossier: pd.DataFrame, rules: CofinancingRules, salaries: SalaryRules, talents: pd.DataFrame | None
) -> tuple[RecruitTerms, ...]:
    if talents is None or talents.empty or rules.rule == "none":
        return ()
    recruited = recruits(talents, dossier["numero"], costs_of_one(dossier, rules, salaries), rules)
    rows = talents["row"].loc[recruited.index]
    return tuple(
        RecruitTerms(
            talent["candidature"],
            _number(talent["cost"]),
            talent["origin"],
            _date(talent["start"]),
            _date(talent["end"]),
            _number(talent["thirtieths"]),
            int(row),
        )
        for talent, row in zip(recruited.to_dict("records"), rows, strict=True)
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _date(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()
