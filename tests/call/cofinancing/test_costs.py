from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.cofinancing import rules_costs
from tests.call import reference

PARTS = st.sampled_from([(3.0, 10.0), (4.0, 10.0), (1.0, 3.0), (3.5, 12.0), (1.0, 1.0)])


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.005", 0.01), ("0.0049", 0.0), ("2.675", 2.68), ("55125.045", 55125.05), ("1e40", 1e40), ("0", 0.0)],
)
def test_half_a_cent_goes_up(amount, cents):
    assert rules_costs.to_cent(Decimal(amount)) == cents


def test_a_float_is_the_decimal_that_people_see():
    assert rules_costs.exact(61250.1) == Decimal("61250.1")


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0, 1e9)), max_size=5), PARTS)
def test_shares_are_exact_fractions_rounded_once(rows, paid):
    part, whole = paid
    counts = pd.Series([count for count, _ in rows], dtype=float)
    amounts = pd.Series([amount for _, amount in rows], dtype=float)
    expected = [
        float(reference.half_up(count * Fraction(repr(amount)) * Fraction(part) / Fraction(whole)))
        for count, amount in rows
    ]
    assert rules_costs.share_column(counts, amounts, part, whole).tolist() == expected
    assert [rules_costs.share(rules_costs.exact(amount) * count, part, whole) for count, amount in rows] == expected


def test_what_is_unknown_or_infinite_stays_blank():
    counts = pd.Series([2.0, np.nan, 2.0], index=[7, 3, 9])
    amounts = pd.Series([np.nan, 1.0, np.inf], index=[7, 3, 9])
    shares = rules_costs.share_column(counts, amounts, 3, 10)
    assert shares.index.tolist() == [7, 3, 9]
    assert shares.isna().all()
