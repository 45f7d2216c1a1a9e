"""What `make bench` measures of an assignment: demands like those of a call, and lines that tell what was found."""

import pytest

from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def bench():
    with imported("bench_jury") as program:
        yield program


def test_demands_are_those_of_the_size_and_have_everything_that_costs(bench):
    for size in bench.SIZES[:2]:
        demands = bench.demands_of(size)
        assert demands.allowed.shape == (size.dossiers, size.jurors)
        assert demands.total == size.dossiers * size.reads
        assert not demands.allowed.all()
        assert demands.locked.any()
        assert 0 < demands.matched.mean() < 0.5
        assert (demands.maxima < 0).any()
        assert demands.limits.sum() > demands.total


def test_a_line_tells_the_gap_and_whether_the_comparison_holds(bench):
    size = bench.SIZES[0]
    assert bench.row("x", 1, bench.demands_of(size), 1).endswith("| ≤ 1 s | 0 | holds |")
    assert "| relaxed: 1 |" in bench.row("x", 1, bench.too_low(bench.Size(7, 4, 2, 1)), 1)
    adjusted = bench.adjusted(size)
    assert int((adjusted.present & ~adjusted.allowed).sum()) == 1
