"""The drafts of a Gmail mailbox: two calls of its API, over a session with time-outs."""

from __future__ import annotations

import base64
from typing import Any, Final

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from requests import RequestException, Response

from eig_sheets.mail.outlets.gmail_refusals import LostError, answered, not_let_in

GOOGLE: Final = "https://gmail.googleapis.com"
TIMEOUTS: Final = (15.0, 60.0)
"""Seconds to connect, and to wait for an answer."""


class Drafts:
    """The drafts of `mailbox`. Each call raises RefusedError, or LostError when nobody knows what it did."""

    def __init__(
        self, credentials: Credentials, mailbox: str, client: str, endpoint: str, timeouts: tuple[float, float]
    ) -> None:
        made: Any = AuthorizedSession  # of no types
        self._session = made(credentials)
        self._mailbox, self._client = mailbox, client
        self._url = f"{endpoint.rstrip('/')}/gmail/v1/users/me/drafts"
        self._timeouts = timeouts

    def check(self) -> None:
        """See that there is a mailbox, and that it lets us in."""
        self._call("GET", params={"maxResults": "1"})

    def has(self, identity: str) -> bool:
        """Whether there is a draft of this Message-ID."""
        return bool(self._call("GET", params={"q": f"rfc822msgid:{identity.strip('<>')}"}).get("drafts"))

    def add(self, data: bytes) -> None:
        """Make one draft."""
        self._call("POST", json={"message": {"raw": base64.urlsafe_b64encode(data).decode("ascii")}})

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _call(self, method: str, **sent: Any) -> dict[str, Any]:
        got = self._sent(method, sent)
        if isinstance(got, Exception):  # raised out of its except block: the request in it holds a token
            raise got
        body = _decoded(got) if got.status_code == 200 else None
        if got.status_code == 200 and body is None:
            raise LostError
        if body is None:
            raise answered(got.status_code, got.content, self._mailbox)
        return body

    def _sent(self, method: str, sent: dict[str, Any]) -> Response | Exception:
        try:
            got: Response = self._session.request(
                method, self._url, timeout=self._timeouts, allow_redirects=False, **sent
            )
        except RefreshError as error:
            return not_let_in(error, self._mailbox, self._client)
        except (RequestException, GoogleAuthError):
            return LostError()
        return got


def _decoded(response: Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
