"""What `make bench` measures of a timetable: a jury like those of a call, and lines that tell what was found."""

import pytest

from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def bench():
    with imported("bench_auditions") as program:
        yield program


def test_a_jury_is_of_its_size_and_has_everything_that_costs(bench):
    for size in bench.SIZES:
        problem = bench.made_up(size)
        assert (len(problem.hearings), len(problem.groups)) == (size.dossiers, size.groups)
        assert sum(len(group.jurors) for group in problem.groups) == size.jurors
        assert problem.recusals
        assert 0 < len(problem.availability) < size.jurors


def test_a_line_tells_what_has_no_slot_and_what_moved(bench):
    small = bench.made_up(bench.Size(4, 4, 2, 1, 1))
    assert bench.row("x", 1, small, bench.Mode.PROPOSE, 1).endswith("| ≤ 1 s | 0 | 0 |")
    assert bench.row("x", 1, bench.withdrawn(small), bench.Mode.ADJUST, 1).endswith("| ≤ 1 s | 0 | 0 |")
    crowded = bench.made_up(bench.Size(13, 4, 1, 1, 1))
    assert bench.row("x", 1, crowded, bench.Mode.PROPOSE, 1).endswith("| ≤ 1 s | 2 | 0 |")
