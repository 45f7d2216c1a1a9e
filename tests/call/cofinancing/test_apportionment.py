"""Whole euros: sums that are exact, lines within a euro, the same whatever the order."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.cofinancing.rules_totals import whole_euros
from tests.effort import examples

AMOUNTS = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=3), st.decimals(0, 10_000_000, places=2), max_size=12
)


def test_by_hand():
    thirds = {"113": Decimal("36750.33"), "124": Decimal("36750.33"), "217": Decimal("55125.34")}
    assert whole_euros(thirds) == {"113": 36750, "124": 36750, "217": 55126}  # 128 626,00
    halves = {"217": Decimal("10.50"), "113": Decimal("10.50")}
    assert whole_euros(halves) == {"217": 10, "113": 11}  # 21: the first by its number has the euro


def test_a_total_is_rounded_half_up_and_nothing_is_nothing():
    assert whole_euros({"113": Decimal("10.50")}) == {"113": 11}
    assert whole_euros({"113": Decimal("10.49")}) == {"113": 10}
    assert whole_euros({}) == {}


@given(AMOUNTS)
@settings(max_examples=examples(100))
def test_the_sum_is_exact_and_no_line_is_a_euro_away(amounts):
    found = whole_euros(amounts)
    total = sum(amounts.values(), Decimal(0))
    assert sum(found.values()) == total.quantize(Decimal(1), ROUND_HALF_UP)
    assert all(abs(found[key] - amount) < 1 for key, amount in amounts.items())
    assert all(found[key] == amount for key, amount in amounts.items() if amount == int(amount))


@given(AMOUNTS, st.randoms(use_true_random=False))
@settings(max_examples=examples(50))
def test_the_order_of_the_lines_changes_nothing(amounts, chance):
    keys = list(amounts)
    chance.shuffle(keys)
    assert whole_euros({key: amounts[key] for key in keys}) == whole_euros(amounts)


@given(AMOUNTS)
@settings(max_examples=examples(50))
def test_no_line_has_more_than_another_of_a_larger_remainder(amounts):
    found = whole_euros(amounts)
    up = [amount % 1 for key, amount in amounts.items() if found[key] > amount]
    down = [amount % 1 for key, amount in amounts.items() if found[key] < amount]
    assert not up or not down or min(up) >= max(down)
