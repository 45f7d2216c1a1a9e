"""What each refusal of Gmail's means, whoever asks."""

import json

import pytest
from google.auth.exceptions import RefreshError

from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.emails.outlets.gmail_api import GoneError, LostError, RefusedError, response_error, token_error


def body(reason="", message="In English"):
    return json.dumps({"error": {"message": message, "errors": [{"reason": reason}]}}).encode()


@pytest.mark.parametrize("status", [302, 500, 503])
def test_an_answer_that_is_none_says_nothing(status):
    assert type(response_error(status, body(), "")) is LostError


@pytest.mark.parametrize(
    ("status", "reason", "kind", "outcome"),
    [
        (400, "", RefusedError, DeliveryOutcome.REFUSED),
        (401, "", RefusedError, DeliveryOutcome.DEFERRED),
        (403, "rateLimitExceeded", RefusedError, DeliveryOutcome.DEFERRED),
        (404, "", GoneError, DeliveryOutcome.DEFERRED),
        (429, "", RefusedError, DeliveryOutcome.DEFERRED),
    ],
)
def test_a_refusal_is_for_now_or_for_ever(status, reason, kind, outcome):
    error = response_error(status, body(reason), "eig@example.org")
    assert (type(error), error.outcome) == (kind, outcome)


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"error": "no"}', b"<html>"])
def test_an_answer_that_cannot_be_read_is_a_refusal_without_words(answer):
    assert str(response_error(400, answer, "")) == "Gmail n’accepte pas ce message."


def test_no_access_is_for_ever_unless_google_says_to_try_again():
    assert type(token_error(RefreshError("later", retryable=True), "", "")) is LostError
    refused = token_error(RefreshError("no", {"error": "invalid_grant"}), "eig@example.org", "123")
    assert "eig@example.org" in str(refused)
