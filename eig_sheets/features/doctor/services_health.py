"""The health URL of a monitoring service: called after a success, and followed by « /fail » after a failure.

The URL is a secret: who knows it may report successes. No message, error or log holds it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

import requests

from eig_sheets import __version__
from eig_sheets.spreadsheet.backoff import Backoff, RetryableError

TIMEOUTS: Final = (5.0, 10.0)
"""Seconds to connect, and to wait for an answer."""


class HealthError(Exception):
    """The service did not take the call. The message is a French clause without the URL."""


def reported_url(url: str, *, failed: bool) -> str:
    """The URL to call: « /fail » comes at the end of the path, before a query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail")) if failed else url


def report(url: str, *, failed: bool, backoff: Backoff | None = None) -> None:
    """Tell the service how it went, again when it does not answer. Raises HealthError."""
    (backoff or Backoff(cap=4, budget=15)).retry(lambda: _call(reported_url(url, failed=failed)))


def _call(url: str) -> None:
    try:
        with requests.get(
            url,
            timeout=TIMEOUTS,
            allow_redirects=False,
            stream=True,
            headers={"User-Agent": f"eig-sheets/{__version__}"},
        ) as answer:
            status = answer.status_code
    except requests.RequestException as error:
        cause = "n’a pas répondu à temps" if isinstance(error, requests.Timeout) else "est injoignable"
    else:
        if 200 <= status < 300:
            return
        if status < 500 and status != 429:
            raise HealthError(f"a refusé l’appel (HTTP {status})")
        cause = f"ne répond pas (HTTP {status})"
    raise RetryableError(HealthError(cause))  # outside of the except block: the exception holds the URL
