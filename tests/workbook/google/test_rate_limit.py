"""The rate limit: at most so many reads in any minute, and no wait for fewer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.workbook.google.client import connect
from eig_sheets.workbook.google.rate_limit import READS_PER_MINUTE, RateLimit
from tests.workbook.google.calls import read, write
from tests.workbook.google.conftest import AT_ONCE, environment_of


class FakeClock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        assert seconds > 0
        self.now += seconds


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_minute_has_more_calls_than_allowed(pauses):
    clock, calls = FakeClock(), []
    limit = RateLimit(5, 60, clock=clock, sleep=clock.wait)
    for pause in pauses:
        clock.now += pause
        requested_at = clock.now
        limit.wait()
        calls.append(clock.now)
        if clock.now > requested_at:
            assert calls[-6] + 60 == pytest.approx(clock.now)
    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(calls, calls[5:], strict=False))


def test_a_client_limits_its_reads_only(google, monkeypatch):
    clock = FakeClock()
    monkeypatch.setattr("eig_sheets.workbook.google.client.RateLimit", lambda: RateLimit(clock=clock, sleep=clock.wait))
    client = connect(environment_of(google), AT_ONCE)
    for _ in range(READS_PER_MINUTE):
        read(client, google)
    write(client, google)
    assert clock.now == 0
    read(client, google)
    assert clock.now == 60
    client.close()
