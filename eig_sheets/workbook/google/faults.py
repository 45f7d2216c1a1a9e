"""What went wrong with a call, and whether it may be made again: the rules that keep any write from being doubled."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from google.auth.exceptions import GoogleAuthError, TransportError
from requests import RequestException, Response
from requests.exceptions import ConnectTimeout, InvalidSchema, InvalidURL, MissingSchema, ProxyError, SSLError, Timeout
from urllib3.exceptions import NameResolutionError, NewConnectionError

from eig_sheets.workbook.google import refusals
from eig_sheets.workbook.google.patience import TryAgainError


def answered(response: Response, account: str | None, *, writing: bool) -> Exception | None:
    """The exception that a status stands for; None: it is of success."""
    status = response.status_code
    if 200 <= status < 300:
        return None
    answer = refusals.parsed(status, response.content)
    if answer and answer.too_many:
        return TryAgainError(refusals.refused(answer, account, writing=writing), _asked(response))
    if answer and not _passing(status):
        return refusals.refused(answer, account, writing=writing)
    if writing or _passing(status):
        return _unknown(refusals.failing(status), _asked(response), may_be_done=writing, writing=writing)
    return refusals.foreign_page(status)


def unreadable(*, writing: bool) -> Exception:
    """The exception for an answer of success that is no JSON: cut on the way, or a page of something between."""
    return _unknown(refusals.UNREADABLE, may_be_done=writing, writing=writing)


def broken(error: Exception, account: str | None, *, writing: bool) -> Exception:
    """The exception for a call that got no answer. `error` is of requests, urllib3 or google-auth."""
    first = error.args[0] if error.args else ""
    if isinstance(error, TransportError) and isinstance(first, RequestException):  # when asking for a token
        return _disconnected(first, may_be_done=False, writing=writing)
    if isinstance(error, GoogleAuthError):
        again = TryAgainError(refusals.unanswered(refusals.NO_ACCESS, writing=writing))
        return again if error.retryable else refusals.grant(str(first), account)
    return _disconnected(error, may_be_done=writing and not _never_sent(error), writing=writing)


def _disconnected(error: Exception, *, may_be_done: bool, writing: bool) -> Exception:
    if isinstance(error, InvalidURL | InvalidSchema | MissingSchema):
        return refusals.bad_endpoint()
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return refusals.untrusted(_innermost(error))
    if isinstance(error, ProxyError) and re.search(r"Tunnel connection failed: 4\d\d", str(error)):
        return refusals.proxy_refusal()
    return _unknown(_why(error), may_be_done=may_be_done, writing=writing)


def _unknown(why: str, asked: float = 0, *, may_be_done: bool, writing: bool) -> Exception:
    """A write that may have been done is not made again; the rest is."""
    if may_be_done:
        return refusals.uncertain(why)
    return TryAgainError(refusals.unanswered(why, writing=writing), asked)


def _passing(status: int) -> bool:
    """Whether a status says that it will pass, and nothing of what was done."""
    return status in (408, 409) or (status >= 500 and status not in (501, 511))


def _never_sent(error: Exception) -> bool:
    """Whether the connection itself failed, so that Google has seen nothing of the call."""
    return isinstance(error, ConnectTimeout | ProxyError) or isinstance(_reason(error), NewConnectionError)


def _reason(error: Exception) -> object:
    """What urllib3 gave up for, inside an exception of requests."""
    return getattr(error.args[0], "reason", None) if error.args else None


def _why(error: Exception) -> str:
    if isinstance(_reason(error), NameResolutionError):
        return refusals.NO_NAME
    if _never_sent(error):
        return refusals.NO_WAY
    return refusals.NO_TIME if isinstance(error, Timeout) else refusals.CUT


def _innermost(error: Exception) -> str:
    """What OpenSSL says, without what urllib3 and requests say around it."""
    words = str(_reason(error) or error).rpartition("CERTIFICATE_VERIFY_FAILED]")[2]
    return re.sub(r" \(_ssl\.c:\d+\)", "", words).strip(" ()'\"")


def _asked(response: Response) -> float:
    """The seconds that Retry-After asks for, in either of its forms; 0 without one, or when it makes no sense."""
    wanted = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,6}", wanted):
        return float(wanted)
    at, now = _date(wanted), _date(response.headers.get("Date", ""))  # by the server's clock rather than ours
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds()) if at else 0.0


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
