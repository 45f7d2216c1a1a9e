"""Numbers of dossiers in their natural order, whatever their length: 9 before 10, also inside a text."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.rules_ranking import _natural_positions


def ordered(numbers):
    places = _natural_positions(pd.Series(numbers, dtype=object))
    return [number for _, number in sorted(zip(places, numbers, strict=True))]


def test_digits_count_as_numbers_of_any_length():
    numbers = ["9" * 5000, "10" * 2500, "EIG-10", "EIG-9", "10", "9", "007", "8", "٤", "5"]
    assert ordered(numbers) == ["٤", "5", "007", "8", "9", "10", "10" * 2500, "9" * 5000, "EIG-9", "EIG-10"]


@given(st.lists(st.integers(min_value=0), unique=True, max_size=10))
def test_plain_numbers_come_in_their_order(numbers):
    assert ordered([*map(str, numbers)]) == [*map(str, sorted(numbers))]
