"""Retries with backoff, on a fake clock that only waits and calls move."""

from contextlib import contextmanager

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.spreadsheet import backoff
from eig_sheets.spreadsheet.backoff import MAX_ATTEMPTS, Backoff, RetryableError
from eig_sheets.spreadsheet.google import api_errors

pytestmark = pytest.mark.newest

SECONDS = st.floats(0, 200)


class FakeClock:
    """A clock that advances only by sleeps and by the duration of calls."""

    def __init__(self):
        self.now, self.waits = 1000.0, []

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@contextmanager
def fake_clock():
    made = FakeClock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backoff, "sleep", made.sleep)
        patch.setattr(backoff, "monotonic", lambda: made.now)
        yield made


@given(
    backoff=st.builds(
        Backoff,
        base=st.floats(0, 10),
        cap=st.floats(0, 60),
        budget=st.floats(0, 300),
        attempts=st.integers(1, MAX_ATTEMPTS),
    ),
    attempts=st.lists(st.tuples(SECONDS, st.just(0.0) | SECONDS), max_size=30),
)
@example(Backoff(), [(0.1, 0.0)] * 30)
@example(Backoff(0, 0, 300), [(0.0, 0.0)] * 30)
def test_waits_grow_respect_retry_after_and_stay_within_the_budget(backoff, attempts):
    """`attempts`: the duration and the Retry-After of each failed call; the call after them succeeds."""
    with fake_clock() as now:
        starts, left = [], [*attempts]

        def call():
            starts.append(now.now)
            if not left:
                return "done"
            duration, retry_after = left.pop(0)
            now.now += duration
            raise RetryableError(KeyError(len(starts)), retry_after)

        try:
            result = backoff.retry(call)
        except KeyError as last:
            result = last.args[0]
    assert len(starts) == 1 + len(now.waits) <= backoff.attempts <= MAX_ATTEMPTS
    for number, (wait, (_, retry_after)) in enumerate(zip(now.waits, attempts, strict=False)):
        assert retry_after <= wait <= retry_after + min(backoff.cap, backoff.base * 2**number)
    assert all(start - 1000 <= backoff.budget + 1e-6 for start in starts[1:])
    assert result == ("done" if len(starts) == len(attempts) + 1 else len(starts))


def test_the_default_is_about_two_minutes_and_a_half():
    with fake_clock() as now, pytest.raises(KeyError):
        Backoff().retry(lambda: (_ for _ in ()).throw(RetryableError(KeyError())))
    assert 150 - 32 <= sum(now.waits) <= 150


def test_another_exception_is_not_retried():
    with fake_clock() as now, pytest.raises(LookupError):
        Backoff().retry(lambda: {}["absent"])
    assert now.waits == []


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": " 120 "}, 120),
        ({"Retry-After": "Wed, 25 Nov 2026 10:00:30 GMT", "Date": "Wed, 25 Nov 2026 10:00:00 GMT"}, 30),
        ({"Retry-After": "Wed, 25 Nov 2026 10:00:30 -0000", "Date": "Wed, 25 Nov 2026 10:00:00 GMT"}, 30),
        ({"Retry-After": "Wed, 25 Nov 2026 09:00:00 GMT", "Date": "Wed, 25 Nov 2026 10:00:00 GMT"}, 0),
        ({"Retry-After": "Wed, 25 Nov 2020 09:00:00 GMT"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "1e9"}, 0),
        ({"Retry-After": "inf"}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": "99999999999999999999"}, 0),
        ({"Retry-After": "Wed, 99 Nov 2026 10:00:30 GMT"}, 0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_header(headers, seconds, status):
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers)
    response._content = b'{"error": {"code": 429, "message": "Quota exceeded"}}'
    error = api_errors.error_of_response(response, None, writing=False)
    assert isinstance(error, RetryableError)
    assert error.retry_after == seconds
