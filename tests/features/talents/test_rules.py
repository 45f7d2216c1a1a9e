"""`[talents]`: the last second of a deadline, and what a call without that section has."""

from datetime import date, datetime

import pytest

from eig_sheets.features.talents.settings import TalentRules, last_second


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (None, None),
        (date(2021, 5, 31), datetime(2021, 5, 31, 23, 59, 59)),
        (datetime(2021, 5, 31, 23, 59), datetime(2021, 5, 31, 23, 59, 59)),
        (datetime(2021, 5, 31, 23, 59, 30), datetime(2021, 5, 31, 23, 59, 30)),
    ],
)
def test_a_day_and_a_minute_count_in_full(deadline, last):
    assert last_second(deadline) == last


def test_a_call_that_says_nothing_has_the_five_criteria_and_excludes_nobody():
    rules = TalentRules()
    assert [*rules.labels] == ["dynamisme", "comprehension", "interet_general", "integration", "adequation"]
    assert (rules.scale, rules.exclusions, rules.first_moment, rules.last_moment) == ((1, 4), (), None, None)
