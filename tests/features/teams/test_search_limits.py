"""A search of teams that was stopped says so, and one that ends says that nothing is better."""

import pytest

from eig_sheets.features.teams.rules_program import propose
from eig_sheets.integer_program import highs
from tests.features.teams import same_answers


@pytest.mark.slow
def test_teams_whose_search_was_stopped_say_so(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 1)
    found = propose(same_answers.teams())
    assert (found.gap > 0, found.optimal, found.relaxed) == (True, False, ())
    assert propose(same_answers.teams()) == found


def test_a_search_that_ends_says_that_nothing_is_better():
    found = propose(same_answers.teams())
    assert (found.optimal, found.gap) == (True, 0)
