"""So many reads in any minute, and no wait for fewer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.workbook.google.client import connect
from eig_sheets.workbook.google.pace import MOST, Pace
from tests.workbook.google.calls import read, write
from tests.workbook.google.conftest import AT_ONCE, environment_of


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        assert seconds > 0
        self.now += seconds


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_minute_has_more(pauses):
    clock, calls = Clock(), []
    pace = Pace(5, 60, clock=clock, sleep=clock.wait)
    for pause in pauses:
        clock.now += pause
        asked = clock.now
        pace.keep()
        calls.append(clock.now)
        if clock.now > asked:
            assert calls[-6] + 60 == pytest.approx(clock.now)
    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(calls, calls[5:], strict=False))


def test_a_client_keeps_it_for_what_it_reads(google, monkeypatch):
    clock = Clock()
    monkeypatch.setattr("eig_sheets.workbook.google.client.Pace", lambda: Pace(clock=clock, sleep=clock.wait))
    client = connect(environment_of(google), AT_ONCE)
    for _ in range(MOST):
        read(client, google)
    write(client, google)
    assert clock.now == 0
    read(client, google)
    assert clock.now == 60
    client.close()
