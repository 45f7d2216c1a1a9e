"""What `make bench` measures of teams: calls of their size, whose proof is part of what is timed."""

import dataclasses

import pytest

from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def bench():
    with imported("bench_teams") as program:
        yield program


@pytest.mark.slow
def test_a_call_is_of_its_size(bench):
    for size in bench.SIZES:
        problem = bench.made_up(size)
        assert (len(problem.candidates), len(problem.projects), problem.budget) == (
            size.candidates,
            size.projects,
            size.budget,
        )
        assert sum(one.note is not None for one in problem.candidates) == size.noted
        assert {len(one.wishes) for one in problem.candidates} == {3}


def test_what_is_not_proved_is_no_time(bench, monkeypatch):
    small = bench.made_up(bench.Size(8, 8, 3))
    found = bench.proved(small)
    assert found.optimal
    monkeypatch.setattr(bench, "propose", lambda _: dataclasses.replace(found, gap=0.5))
    with pytest.raises(RuntimeError):
        bench.proved(small)
