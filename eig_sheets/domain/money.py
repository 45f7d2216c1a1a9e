"""Euros that are exact to the cent: decimal arithmetic on the numbers that people see, never on binary fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pandas as pd

from eig_sheets.domain.frames import Mask, Objects

CENT = Decimal("0.01")
_WIDE = Context(prec=700)
"""Wide enough for the square of any float: a typing slip of forty digits gives an absurd amount, not a crash."""


def exact(value: float) -> Decimal:
    """The decimal number that a float shows: 61250.1 is 61250.1, not 61250.0999999999985."""
    return Decimal(repr(float(value)))


def to_cent(amount: Decimal) -> float:
    """The amount in euros, rounded half-up to the cent."""
    return float(amount.quantize(CENT, ROUND_HALF_UP, _WIDE))


def share(amount: Decimal, part: float, whole: float) -> float:
    """`amount` × `part` / `whole`, half-up to the cent; the only rounding is the last step."""
    return to_cent(amount * exact(part) / exact(whole))


def exact_column(values: pd.Series) -> Objects:
    """Each value as `exact` gives it; each distinct value is converted once. No value may be null."""
    codes, distinct = pd.factorize(values)
    return np.array([exact(value) for value in distinct], dtype=object)[codes]


def share_column(counts: pd.Series, amounts: pd.Series, part: float, whole: float) -> pd.Series:
    """`counts` × `amounts` × `part` / `whole` in euros, half-up to the cent; null where a count or an amount is."""
    known: Mask = np.isfinite(counts.to_numpy(dtype=float)) & np.isfinite(amounts.to_numpy(dtype=float))
    shares = exact_column(counts[known]) * exact_column(amounts[known]) * exact(part) / exact(whole)
    result = np.full(len(counts), np.nan)
    result[known] = [to_cent(amount) for amount in shares]
    return pd.Series(result, index=counts.index)
