"""What `make bench` compares of drafting: the same texts, written by both."""

from datetime import date, datetime

import pytest

from eig_sheets.emails.mail.messages import Message
from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def bench():
    with imported("bench_drafting") as program:
        yield program


@pytest.fixture(scope="module")
def work(bench):
    return bench.campaign_of(2)


@pytest.mark.slow
def test_every_message_is_whole_and_nobody_receives_that_of_another(work):
    found = work.drafted()
    assert len(found) > 50
    assert len({one.template for one in found}) == 9
    assert all(isinstance(one.outcome, Message) for one in found)
    heard = [one.outcome for one in found if one.template == "convocation_jury"]
    assert len({one.to for one in heard}) == len({one.subject for one in heard}) == len(heard) > 25


@pytest.mark.slow
def test_the_values_have_lists_dates_and_amounts(bench, work):
    given = {type(value) for _, values in bench.prepared(work) for value in values.values()}
    assert given >= {str, float, tuple, date, datetime, type(None)}


@pytest.mark.slow
def test_jinja2_that_writes_something_else_is_not_compared(bench, work):
    found, texts = work.drafted(), bench.rendered(bench.prepared(work))
    bench.check_same_texts(found, texts)
    subject, body = texts[3]
    with pytest.raises(SystemExit, match=f"jinja2 wrote another {found[3].id}"):
        bench.check_same_texts(found, [*texts[:3], (subject, f"{body}."), *texts[4:]])


def test_the_peak_of_memory_has_what_is_given_back(bench):
    assert 10**6 <= bench.peak(lambda: bytes(10**6)) < 2 * 10**6
