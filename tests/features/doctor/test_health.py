"""What a monitoring service is asked, on a real server, and that no error tells its URL."""

import pytest

from eig_sheets.features.doctor.services_health import HealthError, report, reported_url
from eig_sheets.spreadsheet.backoff import Backoff
from tests.health import SECRET, listening

pytestmark = pytest.mark.newest

AT_ONCE = Backoff(base=0.001, cap=0.001, budget=0.05)


@pytest.fixture
def health():
    with listening() as service:
        yield service


@pytest.mark.parametrize(
    ("url", "failed", "called"),
    [
        ("https://a.example.org/ping/x", False, "https://a.example.org/ping/x"),
        ("https://a.example.org/ping/x", True, "https://a.example.org/ping/x/fail"),
        ("https://a.example.org/ping/x/", True, "https://a.example.org/ping/x/fail"),
        ("https://a.example.org/ping/x?create=1", True, "https://a.example.org/ping/x/fail?create=1"),
        ("https://a.example.org", True, "https://a.example.org/fail"),
    ],
)
def test_the_url_of_a_failure(url, failed, called):
    assert reported_url(url, failed=failed) == called


def test_a_success_and_a_failure_are_one_call_each(health):
    report(health.url, failed=False, backoff=AT_ONCE)
    report(health.url, failed=True, backoff=AT_ONCE)
    assert health.asked == [f"/ping/{SECRET}", f"/ping/{SECRET}/fail"]


@pytest.mark.parametrize(
    ("status", "said", "again"),
    [(404, "a refusé l’appel (HTTP 404)", False), (302, "a refusé l’appel (HTTP 302)", False),
     (503, "ne répond pas (HTTP 503)", True), (429, "ne répond pas (HTTP 429)", True)],
)  # fmt: skip
def test_what_the_service_does_not_take(health, status, said, again):
    health.answer.update(status=status, headers={"Location": "/elsewhere"})
    with pytest.raises(HealthError) as raised:
        report(health.url, failed=False, backoff=AT_ONCE)
    assert str(raised.value) == said
    assert {*health.asked} == {f"/ping/{SECRET}"}
    assert (len(health.asked) > 1) is again


def test_a_service_that_is_not_there_is_told_without_its_url(health):
    with pytest.raises(HealthError) as raised:
        report(f"http://127.0.0.1:9/{SECRET}", failed=False, backoff=AT_ONCE)
    assert str(raised.value) == "est injoignable"
    chain, error = [], raised.value
    while error is not None:
        chain, error = [*chain, repr(error)], error.__cause__ or error.__context__
    assert SECRET not in "".join(chain)
