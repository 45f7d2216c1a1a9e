"""The dossiers that are out of the call: whatever they ask for, nothing will be paid, and no total counts them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from eig_sheets.domain.cofinancing import CofinancingStatus, RouteReason
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.decisions import REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WITHDRAWN
from eig_sheets.domain.eligibility import EligibilityStatus
from eig_sheets.domain.frames import Mask, chosen, objects

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
