"""The drafts of a Gmail mailbox: the three API calls, and their errors in French with a remedy."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from requests import RequestException, Response

from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.emails.outlets.servers import quoted
from eig_sheets.text.french import typographic

SCOPE: Final = "https://www.googleapis.com/auth/gmail.compose"
"""The narrowest that drafts. It can also send, which nothing here does."""

GOOGLE: Final = "https://gmail.googleapis.com"
TIMEOUTS: Final = (15.0, 60.0)
"""Seconds to connect, and to wait for an answer."""
_MOST_FOUND: Final = 10
"""Drafts that a search for one is allowed to find: more, and Gmail searched for something else."""

_TOO_MANY: Final = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED"}
_NOT_ENABLED: Final = {"accessNotConfigured", "SERVICE_DISABLED"}
_TOO_NARROW: Final = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_NO_MAILBOX: Final = ("failedPrecondition", "Mail service not enabled", "Precondition check failed")


class Drafts:
    """The drafts of `mailbox`. Each call raises RefusedError, or LostError when nobody knows what it did."""

    def __init__(
        self, credentials: Credentials, mailbox: str, client: str, endpoint: str, timeouts: tuple[float, float]
    ) -> None:
        session_class: Any = AuthorizedSession  # untyped
        self._session = session_class(credentials)
        self._mailbox, self._client = mailbox, client
        self._url = f"{endpoint.rstrip('/')}/gmail/v1/users/me/drafts"
        self._timeouts = timeouts

    def check(self) -> None:
        """See that there is a mailbox, and that it lets us in."""
        self._call("GET", params={"maxResults": "1"})

    def has(self, identity: str) -> bool:
        """Whether there is a draft of this Message-ID, whatever else the search finds."""
        query = {"q": f"rfc822msgid:{identity.strip('<>')}", "maxResults": str(_MOST_FOUND)}
        answer = self._call("GET", params=query)
        with _malformed_as_lost():
            drafts = [str(draft["id"]) for draft in answer.get("drafts", [])]
        if any(identity in self._identities(draft) for draft in drafts):
            return True
        if answer.get("nextPageToken"):
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
            answer = self._call("GET", f"/{quote(draft, safe='')}", params={"format": "metadata"})
        except GoneError:
            return []
        with _malformed_as_lost():
            headers = answer["message"]["payload"]["headers"]
            return [str(header["value"]).strip() for header in headers if str(header["name"]).lower() == "message-id"]

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _call(self, method: str, path: str = "", **sent: Any) -> dict[str, Any]:
        response = self._sent(method, f"{self._url}{path}", sent)
        if isinstance(response, Exception):  # raised out of its except block: the request in it holds a token
            raise response
        body = _decoded(response) if response.status_code == 200 else None
        if response.status_code == 200 and body is None:
            raise LostError
        if body is None:
            raise response_error(response.status_code, response.content, self._mailbox)
        return body

    def _sent(self, method: str, url: str, sent: dict[str, Any]) -> Response | Exception:
        try:
            response: Response = self._session.request(
                method, url, timeout=self._timeouts, allow_redirects=False, **sent
            )
        except RefreshError as error:
            return token_error(error, self._mailbox, self._client)
        except (RequestException, GoogleAuthError):
            return LostError()
        return response


@contextmanager
def _malformed_as_lost() -> Iterator[None]:
    """A malformed answer says nothing: it raises LostError."""
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


class RefusedError(Exception):
    """Google answered no, and did nothing. The message is in French; `outcome` is that of the e-mail."""

    def __init__(self, text: str, outcome: DeliveryOutcome = DeliveryOutcome.DEFERRED) -> None:
        super().__init__(typographic(text))
        self.outcome = outcome


class GoneError(RefusedError):
    """The requested draft does not exist, or no longer."""


class LostError(Exception):
    """Google did not answer, or nothing that can be read: nobody knows what it did."""


def response_error(status: int, body: bytes, mailbox: str) -> Exception:
    """The error for a response other than 200."""
    message, reasons = _message_and_reasons(body)
    words = f" (« {quoted(message)} »)" if message else ""
    if status >= 500 or not status >= 400:
        return LostError()
    if status == 429 or reasons & _TOO_MANY:
        return RefusedError("Google reçoit trop de demandes pour cette boîte : réessayez dans quelques minutes.")
    if any(sign in reasons or sign in message for sign in _NO_MAILBOX):
        return RefusedError(
            f"« {mailbox or 'Cette adresse'} » n’a pas de boîte Gmail en service : indiquez l’adresse d’une personne "
            "ou d’une boîte de votre organisation, et vérifiez que Gmail est activé pour elle."
        )
    if status == 401:
        return RefusedError(f"Google ne reconnaît pas les identifiants indiqués{words} : créez-en de nouveaux.")
    if status == 403:
        return RefusedError(_forbidden_text(reasons, words))
    if status == 404:
        return GoneError(f"Gmail ne trouve pas ce brouillon{words}.")
    return RefusedError(f"Gmail n’accepte pas ce message{words}.", DeliveryOutcome.REFUSED)


def token_error(error: RefreshError, mailbox: str, client: str) -> Exception:
    """The error when no access token was given; `client`: the id that an administrator authorises, if any."""
    if error.retryable:
        return LostError()
    code = _code(error)
    if code in ("unauthorized_client", "access_denied") and client:
        return RefusedError(
            f"Google ne laisse pas le compte de service écrire pour « {mailbox} » : dans la console d’administration, "
            f"« Sécurité > Commandes des API > Délégation au niveau du domaine », autorisez le client {client} pour "
            f"{SCOPE} et rien d’autre. Cela prend parfois quelques heures."
        )
    if code == "invalid_grant" and client:
        return RefusedError(
            f"Google ne donne pas d’accès pour « {mailbox} » : vérifiez cette adresse, qui doit être de votre "
            "organisation, la clé, qui a pu être supprimée, et l’heure de cette machine."
        )
    if code == "invalid_grant":
        return RefusedError("L’autorisation donnée par cette personne a expiré ou a été retirée : redonnez-la.")
    return RefusedError(f"Google ne donne pas d’accès à Gmail (« {quoted(code)} ») : créez de nouveaux identifiants.")


def _forbidden_text(reasons: set[str], words: str) -> str:
    if reasons & _NOT_ENABLED:
        return (
            "L’API Gmail n’est pas activée dans le projet Google du robot : activez-la dans la console Google Cloud, "
            "« API et services », et réessayez dans quelques minutes."
        )
    if reasons & _TOO_NARROW:
        return f"Les identifiants indiqués ne permettent pas de faire des brouillons : il leur faut {SCOPE}."
    return f"Google refuse l’accès à cette boîte{words} : demandez pourquoi à l’administration de votre domaine."


def _code(error: RefreshError) -> str:
    answer = error.args[1] if len(error.args) > 1 else None
    return str(answer.get("error", "")) if isinstance(answer, dict) else "réponse illisible"


def _message_and_reasons(body: bytes) -> tuple[str, set[str]]:
    try:
        error: Any = json.loads(body)["error"]
        items = [item for item in [*error.get("errors", []), *error.get("details", [])] if isinstance(item, dict)]
        return str(error["message"]), {str(item["reason"]) for item in items if "reason" in item}
    except (ValueError, TypeError, LookupError, AttributeError):
        return "", set()
