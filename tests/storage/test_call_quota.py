"""A quota that processes share: no minute has more calls than it allows, whoever makes them."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.storage.call_quota import CallQuota, next_moment
from tests.program import environment


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        assert seconds > 0
        self.now += seconds


def quota(folder, clock, calls=3, account="robot@example.org"):
    return CallQuota(folder, account, calls=calls, seconds=60, clock=clock, sleep=clock.wait)


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 6))
def test_no_minute_has_more_calls_than_allowed(pauses, calls):
    now, moments = 0.0, []
    for pause in pauses:
        now = max(now + pause, moments[-1] - 480 if moments else 0)  # nobody queues for longer: processes are bounded
        moment = next_moment(moments[-calls:], now, calls, 60)
        assert moment >= now
        assert moment == now or moment == pytest.approx(moments[-calls] + 60)
        moments.append(moment)
    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(moments, moments[calls:], strict=False))


def test_what_one_process_used_another_waits_for(tmp_path):
    clock = Clock()
    for writing in (False, True):
        began = clock.now
        for _ in range(3):
            quota(tmp_path, clock).wait(writing=writing)
        assert clock.now == began
    quota(tmp_path, clock).wait(writing=False)
    assert clock.now == 1_060
    quota(tmp_path, clock).wait(writing=True)
    assert clock.now == 1_060


def test_each_account_has_its_own(tmp_path):
    clock = Clock()
    for account in ("un@example.org", "deux@example.org"):
        for _ in range(3):
            quota(tmp_path, clock, account=account).wait(writing=False)
    assert clock.now == 1_000
    assert "example" not in "".join(path.name + path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"{", b"[3]", b'{"reads": ["x"]}', b"3", b"[" * 100_000, b"\xff", b"null"])
def test_a_damaged_file_counts_from_nothing(tmp_path, content):
    clock = Clock()
    quota(tmp_path, clock).wait(writing=False)
    [file] = tmp_path.glob("*.json")
    file.write_bytes(content)
    quota(tmp_path, clock).wait(writing=False)
    assert json.loads(file.read_bytes())["reads"] == [1_000.0]


def test_a_clock_that_was_set_back_makes_nobody_wait_for_hours(tmp_path):
    clock = Clock()
    for _ in range(3):
        quota(tmp_path, clock).wait(writing=False)
    clock.now -= 900
    quota(tmp_path, clock).wait(writing=False)
    assert clock.now == 100


PROCESS = """
import sys
from pathlib import Path
from eig_sheets.storage.call_quota import CallQuota
quota = CallQuota(Path(sys.argv[1]), "robot", calls=8, seconds=60)
for _ in range(10):
    print(quota._reserved("reads"), flush=True)
"""
"""Reserves calls as fast as it can: what it would wait for is told, not waited for."""


def started(folder):
    command = [sys.executable, "-c", PROCESS, str(folder)]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, encoding="utf-8")


@pytest.mark.slow
def test_real_processes_stay_under_it_together(tmp_path):
    running = [started(tmp_path) for _ in range(4)]
    moments = sorted(float(line) for process in running for line in process.communicate(timeout=60)[0].split())
    assert len(moments) == 40
    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(moments, moments[8:], strict=False))


@pytest.mark.slow
def test_a_process_that_is_killed_holds_nobody(tmp_path):
    with started(tmp_path) as process:
        process.stdout.readline()
        process.kill()
    with started(tmp_path) as other:
        assert len(other.communicate(timeout=60)[0].split()) == 10
