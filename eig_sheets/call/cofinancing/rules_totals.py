"""What the co-financing of the laureates costs together, those out of the call left out; whole euros that add up.

Sums are exact: they add the amounts of dossiers as shown, to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus, RouteReason
from eig_sheets.call.cofinancing.rules_costs import WIDE, exact
from eig_sheets.call.scoring.rules_proposals import Proposal
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.decisions import LAUREATE, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WITHDRAWN
from eig_sheets.domain.frames import Mask, chosen, objects


@dataclass(frozen=True, slots=True)
class Total:
    """The co-financing of some dossiers, in euros.

    `dossiers` of the group; `excluded` of them are out of the call (ineligible, rejected or withdrawn), and count in
    nothing else. `asking`: those that ask, or do not say; `eig` of these. `least`, `most`: sums of their amounts;
    `unknown` of them have none, and count for nothing. `conditional`: something is missing; `estimated`: a cost is;
    `exact`: computed from the recruits.
    """

    dossiers: int
    excluded: int
    asking: int
    eig: int
    least: Decimal
    most: Decimal
    unknown: int
    conditional: int
    estimated: int
    exact: int

    @property
    def provisional(self) -> bool:
        """Whether recruitment may still change the sums."""
        return self.exact < self.asking


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of the laureates that the ranking proposes, and of those that people decided; the envelope, if known.

    Neither is a part of the other: people may decide otherwise than the ranking proposes.
    """

    proposed: Total
    decided: Total
    envelope: Decimal | None


def totals(cofinanced: pd.DataFrame, dossiers: pd.DataFrame, ranking: pd.DataFrame, envelope: float | None) -> Totals:
    """The totals of a campaign; `cofinanced` and `dossiers` share an index, `ranking` is in any order."""
    table = cofinanced.assign(nombre_eig=cofinanced["counted"].fillna(dossiers["nombre_eig"]))
    proposed = ranking.loc[ranking["proposal"] == Proposal.LAUREATE, "numero"]
    decided = dossiers.loc[dossiers["decision"].isin([LAUREATE]), "numero"]
    return Totals(
        total_of(table[table["numero"].isin(proposed)]),
        total_of(table[table["numero"].isin(decided)]),
        None if envelope is None else exact(envelope),
    )


def total_of(group: pd.DataFrame) -> Total:
    """The total of a group of dossiers: rows of `cofinance`, with `nombre_eig`, how many EIG of each count."""
    excluded = group["status"] == CofinancingStatus.VOID
    asking = group[group["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])]
    return Total(
        dossiers=len(group),
        excluded=int(excluded.sum()),
        asking=len(asking),
        eig=int(asking["nombre_eig"].clip(lower=0).sum()),
        least=exact_sum(asking["amount_min"]),
        most=exact_sum(asking["amount_max"]),
        unknown=int(asking[["amount_min", "amount_max"]].isna().any(axis=1).sum()),
        conditional=int((asking["status"] == CofinancingStatus.CONDITIONAL).sum()),
        estimated=int(asking["estimated"].sum()),
        exact=int(asking["exact"].sum()),
    )


def exact_sum(amounts: pd.Series) -> Decimal:
    """The sum of amounts in euros, exact; unknown ones count for nothing."""
    return sum((exact(amount) for amount in amounts.dropna()), Decimal(0))


_VOID: Final[dict[str, Any]] = {
    "eligible": pd.NA, "status": CofinancingStatus.VOID.value, "route": None, "payment": None, "carried": False,
    "months": np.nan,
    "amount_min": np.nan, "amount_max": np.nan, "one_min": np.nan, "one_max": np.nan, "per_eig_min": np.nan,
    "per_eig_max": np.nan, "estimated": False, "questioned": False, "exact": False, "settled": False, "recruited": 0,
    "counted": np.nan, "paid_months": np.nan, "range_min": np.nan, "range_max": np.nan,
}  # fmt: skip
"""The results of a dossier that is out of the call: no amount, rather than nought, which nobody would owe."""


def without_excluded(
    cofinanced: pd.DataFrame, dossiers: pd.DataFrame, assessed: pd.DataFrame, rules: CofinancingRules
) -> pd.DataFrame:
    """The co-financing of each dossier once those out of the call have none: status VOID, and the reason.

    All three tables share an index. What people typed (`requested`, `programme`) stays.
    """
    if rules.rule == "none":
        return cofinanced
    reasons = exclusion_reasons(dossiers, assessed)
    excluded = reasons.notna()
    result = cofinanced.copy()
    for column, value in _VOID.items():
        result[column] = result[column].mask(excluded, value)
    result["reason"] = result["reason"].mask(excluded, reasons)
    for column in ("missing", "awaited", "doubtful", "doubtful_recruits"):
        kept = zip(cofinanced[column], excluded, strict=True)
        result[column] = objects((() if out else codes for codes, out in kept), result.index)
    return result


def exclusion_reasons(dossiers: pd.DataFrame, assessed: pd.DataFrame) -> pd.Series:
    """The RouteReason for which each dossier is out of the call, None for one that is in it.

    One that the jury did not select, or put on the waiting list, is still in it: people may decide otherwise.
    """
    preselection = dossiers["preselection"]
    return chosen(
        [
            (RouteReason.INELIGIBLE, _mask(assessed["status"] == EligibilityStatus.INELIGIBLE)),
            (RouteReason.REJECTED, _mask(preselection.isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT]))),
            (RouteReason.WITHDRAWN, _mask(dossiers["decision"].isin([WITHDRAWN]))),
        ],
        dossiers.index,
    )


def _mask(rows: pd.Series) -> Mask:
    mask: Mask = rows.to_numpy(dtype=bool)
    return mask


def whole_euros(amounts: Mapping[str, Decimal]) -> dict[str, int]:
    """Each amount in whole euros, none a euro or more from it; together, their exact sum rounded half-up.

    The euros that are left once each is rounded down go to the largest remainders, equal ones by the order of the keys.
    No amount may be negative.
    """
    floors = {key: int(amount.to_integral_value(ROUND_FLOOR)) for key, amount in amounts.items()}
    left = rounded(sum(amounts.values(), Decimal(0))) - sum(floors.values())
    by_remainder = sorted(amounts, key=lambda key: (floors[key] - amounts[key], key))
    return {key: floors[key] + (key in by_remainder[:left]) for key in amounts}


def rounded(amount: Decimal) -> int:
    """The amount in whole euros, half-up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP, WIDE))
