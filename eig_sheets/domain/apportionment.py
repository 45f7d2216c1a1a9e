"""Whole euros for lines that must add up: the method of largest remainders (Hamilton's)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from eig_sheets.domain.costs import WIDE


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
