"""Runs are held against a deadline: what changed between two of them is before it, after it, or around it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.run.history.moves import Moment, Segment, When, segments

pytestmark = pytest.mark.newest

DAY = timedelta(days=1)
START = datetime(2021, 1, 1)


def test_without_a_deadline_there_are_no_sides():
    moments = [Moment(1, START), Moment(4, START + DAY), Moment(6, START + 2 * DAY)]
    assert [*segments(moments, None)] == [Segment(1, 6, When.NO_DEADLINE)]


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6, unique=True), st.integers(-1, 10))
def test_segments_go_from_the_first_run_to_the_last_without_a_gap(days, deadline):
    moments = [Moment(number, START + day * DAY) for number, day in enumerate(sorted(days), 1)]
    limit = START + deadline * DAY
    pieces = [*segments(moments, limit)]
    assert (pieces[0].first, pieces[-1].last) == (1, len(moments))
    assert all(earlier.last == later.first for earlier, later in pairwise(pieces))
    at = dict(moments)
    for segment in pieces:
        assert (segment.when is When.AFTER) == (at[segment.first] > limit)
        assert (segment.when is When.BEFORE) == (at[segment.last] <= limit)
