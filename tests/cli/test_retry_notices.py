"""While a command waits for a service, it says so: a silence of two minutes looks like a program that hangs."""

import re

import pytest

from eig_sheets.cli.retry_notices import show_retries
from eig_sheets.spreadsheet.backoff import Backoff, RetryableError
from tests.spreadsheet.test_backoff import fake_clock

NOTICE = r"Le service ne répond pas, ou demande d’attendre : nouvel essai dans (\d+) s\."


def unanswered(times, retry_after=3):
    """A service that answers after so many calls."""
    left = [RetryableError(OSError(), retry_after)] * times

    def call():
        if left:
            raise left.pop()
        return "done"

    return call


@pytest.fixture(autouse=True)
def no_notices_afterwards():
    yield
    show_retries(quiet=True)


def test_each_wait_is_told_with_its_seconds(capsys):
    show_retries(quiet=False)
    with fake_clock() as clock:
        assert Backoff(cap=1).retry(unanswered(2)) == "done"
    told = capsys.readouterr().err.replace("\u202f", " ").splitlines()
    seconds = [int(re.fullmatch(NOTICE, record)[1]) for record in told]
    assert [wait <= second < wait + 1 for wait, second in zip(clock.waits, seconds, strict=True)] == [True, True]


def test_nothing_is_told_when_quiet_nor_of_an_instant(capsys):
    show_retries(quiet=True)
    with fake_clock():
        Backoff().retry(unanswered(2))
    show_retries(quiet=False)
    with fake_clock():
        assert Backoff(base=0.1, cap=0.1).retry(unanswered(2, retry_after=0)) == "done"
    assert capsys.readouterr().err == ""
