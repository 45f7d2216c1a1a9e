"""A search of a timetable that is stopped before anything is found."""

import pytest

from eig_sheets.integer_program import highs
from eig_sheets.integer_program.highs import SearchCutError
from tests.features.auditions.same_answers import answer


def test_a_timetable_that_nothing_is_known_of_is_not_said_to_be_impossible(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 0)
    with pytest.raises(SearchCutError):
        answer()
