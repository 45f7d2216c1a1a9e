"""What is told of drawn ranks, beside its definition with fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.calibration import summary

pytestmark = pytest.mark.newest


@st.composite
def drawn(draw):
    """Ranks (draws, dossiers), and which dossiers are equal."""
    count = draw(st.integers(1, 5))
    ranks = [draw(st.permutations(range(1, count + 1))) for _ in range(draw(st.integers(1, 40)))]
    labels = [draw(st.integers(0, 2)) for _ in range(count)]
    return np.array(ranks, dtype=np.int32), np.unique(labels, return_inverse=True)[1]


def pool(ranks, equals, dossier):
    return sorted(ranks[:, equals == equals[dossier]].ravel().tolist())


def smallest_with(pooled, share):
    return next(rank for rank in pooled if Fraction(sum(other <= rank for other in pooled), len(pooled)) >= share)


@given(drawn())
def test_a_bound_is_the_smallest_rank_that_reaches_its_share(given_):
    ranks, equals = given_
    found = summary.intervals(ranks, equals)
    for dossier in range(ranks.shape[1]):
        pooled = pool(ranks, equals, dossier)
        assert found["interval_50"][dossier] == tuple(smallest_with(pooled, Fraction(n, 4)) for n in (1, 3))
        assert found["interval_90"][dossier] == tuple(smallest_with(pooled, Fraction(n, 20)) for n in (1, 19))


@given(drawn(), st.integers(1, 5))
def test_the_probability_of_selection_is_the_share_of_the_draws_of_equals(given_, places):
    ranks, equals = given_
    found = summary.selected(ranks, equals, places)
    for dossier in range(ranks.shape[1]):
        pooled = pool(ranks, equals, dossier)
        assert abs(found[dossier] - sum(rank <= places for rank in pooled) / len(pooled)) <= 0.00005001


def test_what_lies_halfway_is_rounded_alike_whichever_side_its_last_bits_are():
    halfway = np.array([12.0625, np.nextafter(12.0625, 13), np.nextafter(12.0625, 12), -1e-12])
    assert summary.settled(halfway, 3).tolist() == [12.062, 12.062, 12.062, 0.0]
    assert not np.signbit(summary.settled(halfway, 3)[3])
