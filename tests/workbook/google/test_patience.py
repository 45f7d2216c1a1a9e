"""How long Google is asked again, on a clock that only waits and calls move."""

from contextlib import contextmanager

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.workbook.google import faults, patience
from eig_sheets.workbook.google.patience import MOST_CALLS, Patience, TryAgainError

SECONDS = st.floats(0, 200)


class Clock:
    """Stands still but for sleeps and for the calls that last."""

    def __init__(self):
        self.now, self.waits = 1000.0, []

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@contextmanager
def clock():
    made = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "sleep", made.sleep)
        patch.setattr(patience, "monotonic", lambda: made.now)
        yield made


@given(
    patient=st.builds(Patience, base=st.floats(0, 10), cap=st.floats(0, 60), budget=st.floats(0, 300)),
    attempts=st.lists(st.tuples(SECONDS, st.just(0.0) | SECONDS), max_size=30),
)
@example(Patience(), [(0.1, 0.0)] * 30)
@example(Patience(0, 0, 300), [(0.0, 0.0)] * 30)
def test_waits_grow_honour_what_is_asked_and_stay_within_the_budget(patient, attempts):
    """`attempts`: how long each lasts, and what Google asks to wait; what comes after them succeeds."""
    with clock() as now:
        starts, left = [], [*attempts]

        def call():
            starts.append(now.now)
            if not left:
                return "done"
            lasts, asked = left.pop(0)
            now.now += lasts
            raise TryAgainError(KeyError(len(starts)), asked)

        try:
            came = patient.insist(call)
        except KeyError as last:
            came = last.args[0]
    assert len(starts) == 1 + len(now.waits) <= MOST_CALLS
    for number, (wait, (_, asked)) in enumerate(zip(now.waits, attempts, strict=False)):
        assert asked <= wait <= asked + min(patient.cap, patient.base * 2**number)
    assert all(start - 1000 <= patient.budget + 1e-6 for start in starts[1:])
    assert came == ("done" if len(starts) == len(attempts) + 1 else len(starts))


def test_the_default_is_about_two_minutes_and_a_half():
    with clock() as now, pytest.raises(KeyError):
        Patience().insist(lambda: (_ for _ in ()).throw(TryAgainError(KeyError())))
    assert 150 - 32 <= sum(now.waits) <= 150


def test_another_failure_is_not_tried_again():
    with clock() as now, pytest.raises(LookupError):
        Patience().insist(lambda: {}["absent"])
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
def test_what_google_asks_to_wait(headers, seconds, status):
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers)
    response._content = b'{"error": {"code": 429, "message": "Quota exceeded"}}'
    again = faults.answered(response, None, writing=False)
    assert isinstance(again, TryAgainError)
    assert again.asked == seconds
