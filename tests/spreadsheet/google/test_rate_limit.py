"""The rate limit: at most so many reads in any minute, and no wait for fewer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.rate_limit import READS_PER_MINUTE, RateLimit
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.spreadsheet.google.calls import call_count, read, write
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of


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
    monkeypatch.setattr(
        "eig_sheets.spreadsheet.google.client.RateLimit", lambda: RateLimit(clock=clock, sleep=clock.wait)
    )
    client = connect(environment_of(google), AT_ONCE)
    for _ in range(READS_PER_MINUTE):
        read(client, google)
    write(client, google)
    assert clock.now == 0
    read(client, google)
    assert clock.now == 60
    client.close()


def test_a_shared_quota_holds_reads_and_writes(google, tmp_path):
    environment = {**environment_of(google), "EIG_SHEETS_QUOTA": str(tmp_path / "quota")}
    client = connect(environment, AT_ONCE)
    read(client, google)
    write(client, google)
    client.close()
    [file] = (tmp_path / "quota").glob("*.json")
    counted = {kind: len(moments) for kind, moments in json.loads(file.read_bytes()).items()}
    assert counted == {"reads": 1, "writes": 1}


def test_a_quota_that_cannot_be_shared_is_told_before_any_call(google, tmp_path):
    (tmp_path / "quota").write_text("", encoding="utf-8")
    client = connect({**environment_of(google), "EIG_SHEETS_QUOTA": str(tmp_path / "quota")}, AT_ONCE)
    with pytest.raises(WorkbookError, match="EIG_SHEETS_QUOTA"):
        read(client, google)
    client.close()
    assert call_count(google) == 0
