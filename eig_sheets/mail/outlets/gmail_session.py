"""The drafts of a Gmail mailbox: three calls of its API, over a session with time-outs."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from requests import RequestException, Response

from eig_sheets.mail.outlets.gmail_refusals import GoneError, LostError, RefusedError, answered, not_let_in

GOOGLE: Final = "https://gmail.googleapis.com"
TIMEOUTS: Final = (15.0, 60.0)
"""Seconds to connect, and to wait for an answer."""
_MOST_FOUND: Final = 10
"""Drafts that a search for one is allowed to find: more, and Gmail searched for something else."""


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
        """Whether there is a draft of this Message-ID, whatever else the search finds."""
        query = {"q": f"rfc822msgid:{identity.strip('<>')}", "maxResults": str(_MOST_FOUND)}
        found = self._call("GET", params=query)
        with _readable():
            drafts = [str(one["id"]) for one in found.get("drafts", [])]
        if any(identity in self._identities(draft) for draft in drafts):
            return True
        if found.get("nextPageToken"):
            raise RefusedError("Gmail trouve trop de brouillons quand on en cherche un seul : réessayez plus tard.")
        return False

    def add(self, data: bytes) -> str:
        """Make one draft, whose id this is."""
        raw = base64.urlsafe_b64encode(data).decode("ascii")
        return str(self._call("POST", json={"message": {"raw": raw}}).get("id", ""))

    def keeps(self, draft: str, identity: str) -> bool:
        """Whether a draft that was made has the Message-ID that it was given, by which it can be found again."""
        return identity in self._identities(draft)

    def _identities(self, draft: str) -> list[str]:
        """The Message-ID of a draft; none when people deleted it meanwhile. `gmail.compose` is enough to read it."""
        try:
            found = self._call("GET", f"/{quote(draft, safe='')}", params={"format": "metadata"})
        except GoneError:
            return []
        with _readable():
            headers = found["message"]["payload"]["headers"]
            return [str(one["value"]).strip() for one in headers if str(one["name"]).lower() == "message-id"]

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _call(self, method: str, path: str = "", **sent: Any) -> dict[str, Any]:
        got = self._sent(method, f"{self._url}{path}", sent)
        if isinstance(got, Exception):  # raised out of its except block: the request in it holds a token
            raise got
        body = _decoded(got) if got.status_code == 200 else None
        if got.status_code == 200 and body is None:
            raise LostError
        if body is None:
            raise answered(got.status_code, got.content, self._mailbox)
        return body

    def _sent(self, method: str, url: str, sent: dict[str, Any]) -> Response | Exception:
        try:
            got: Response = self._session.request(method, url, timeout=self._timeouts, allow_redirects=False, **sent)
        except RefreshError as error:
            return not_let_in(error, self._mailbox, self._client)
        except (RequestException, GoogleAuthError):
            return LostError()
        return got


@contextmanager
def _readable() -> Iterator[None]:
    """An answer that is not made as Google's are says nothing."""
    try:
        yield
    except (LookupError, TypeError, AttributeError):
        raise LostError from None


def _decoded(response: Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
