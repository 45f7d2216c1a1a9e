"""What the bench of a fleet counts: each call once, under a quota that the server enforces."""

import pytest

from tests.scripts.conftest import imported


@pytest.mark.slow
def test_each_call_reads_once_and_writes_only_what_differs():
    with imported("bench_fleet") as program, program.fleet(2) as (server, folder):
        nights = [program.night(server, folder, 2) for _ in range(2)]
        alone = program.reads_alone(server, folder, 5, 2)
    assert [(one.done, one.reads, one.writes, one.refused) for one in nights] == [(2, 4, 2, 0), (2, 2, 0, 0)]
    assert [one.quota_alone for one in nights] == [0, 0]
    assert (alone.reads, alone.writes, alone.refused) == (5, 0, 0)


def test_the_quota_alone_lets_sixty_calls_leave_a_minute():
    with imported("bench_fleet") as program:
        alone = [program.Night(0, 0, 0, reads, writes, 0).quota_alone for reads, writes in ((60, 0), (61, 0), (9, 121))]
    assert alone == [0, 60, 120]
