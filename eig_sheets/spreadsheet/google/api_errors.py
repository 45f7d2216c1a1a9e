"""Conversion of failed calls to exceptions, with the retry rules that keep a write from being done twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from google.auth.exceptions import GoogleAuthError, TransportError
from requests import RequestException, Response
from requests.exceptions import ConnectTimeout, InvalidSchema, InvalidURL, MissingSchema, ProxyError, SSLError, Timeout
from urllib3.exceptions import NameResolutionError, NewConnectionError

from eig_sheets.spreadsheet.backoff import RetryableError
from eig_sheets.spreadsheet.google import error_messages


def error_of_response(response: Response, account: str | None, *, writing: bool) -> Exception | None:
    """The exception for the status of a response; None when it is a success."""
    status = response.status_code
    if 200 <= status < 300:
        return None
    answer = error_messages.parse_error_response(status, response.content)
    if answer and answer.is_rate_limited:
        return RetryableError(error_messages.api_error(answer, account, writing=writing), _retry_after(response))
    if answer and not _is_transient(status):
        return error_messages.api_error(answer, account, writing=writing)
    if writing or _is_transient(status):
        return _retryable_or_unknown(
            error_messages.server_failure(status), _retry_after(response), may_be_done=writing, writing=writing
        )
    return error_messages.unexpected_web_page(status)


def unreadable_response(*, writing: bool) -> Exception:
    """The exception for a successful response that is no JSON: truncated, or the page of a proxy."""
    return _retryable_or_unknown(error_messages.UNREADABLE_ANSWER, may_be_done=writing, writing=writing)


def error_of_exception(error: Exception, account: str | None, *, writing: bool) -> Exception:
    """The exception for a call without a response. `error` is of requests, urllib3 or google-auth."""
    first = error.args[0] if error.args else ""
    if isinstance(error, TransportError) and isinstance(first, RequestException):  # when asking for a token
        return _connection_error(first, may_be_done=False, writing=writing)
    if isinstance(error, GoogleAuthError):
        again = RetryableError(error_messages.no_answer(error_messages.AUTH_UNANSWERED, writing=writing))
        return again if error.retryable else error_messages.token_refused(str(first), account)
    return _connection_error(error, may_be_done=writing and not _never_sent(error), writing=writing)


def _connection_error(error: Exception, *, may_be_done: bool, writing: bool) -> Exception:
    if isinstance(error, InvalidURL | InvalidSchema | MissingSchema):
        return error_messages.bad_endpoint()
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return error_messages.untrusted_certificate(_openssl_message(error))
    if isinstance(error, ProxyError) and re.search(r"Tunnel connection failed: 4\d\d", str(error)):
        return error_messages.proxy_refused()
    return _retryable_or_unknown(_description(error), may_be_done=may_be_done, writing=writing)


def _retryable_or_unknown(why: str, retry_after: float = 0, *, may_be_done: bool, writing: bool) -> Exception:
    """UnknownOutcomeError for a write that may have been done; RetryableError for any other call."""
    if may_be_done:
        return error_messages.unknown_outcome(why)
    return RetryableError(error_messages.no_answer(why, writing=writing), retry_after)


def _is_transient(status: int) -> bool:
    """Whether a status is of a temporary failure, which does not say whether the call was done."""
    return status in (408, 409) or (status >= 500 and status not in (501, 511))


def _never_sent(error: Exception) -> bool:
    """Whether the connection itself failed, so that Google never received the call."""
    return isinstance(error, ConnectTimeout | ProxyError) or isinstance(_reason(error), NewConnectionError)


def _reason(error: Exception) -> object:
    """The urllib3 error inside an exception of requests."""
    return getattr(error.args[0], "reason", None) if error.args else None


def _description(error: Exception) -> str:
    if isinstance(_reason(error), NameResolutionError):
        return error_messages.DNS_FAILURE
    if _never_sent(error):
        return error_messages.UNREACHABLE
    return error_messages.TIMED_OUT if isinstance(error, Timeout) else error_messages.CONNECTION_CUT


def _openssl_message(error: Exception) -> str:
    """The OpenSSL message, without the text that urllib3 and requests put around it."""
    words = str(_reason(error) or error).rpartition("CERTIFICATE_VERIFY_FAILED]")[2]
    return re.sub(r" \(_ssl\.c:\d+\)", "", words).strip(" ()'\"")


def _retry_after(response: Response) -> float:
    """The seconds of the Retry-After header, a number or a date; 0 when it is missing or malformed."""
    header = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,6}", header):
        return float(header)
    at, now = _date(header), _date(response.headers.get("Date", ""))  # by the server's clock rather than ours
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds()) if at else 0.0


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
