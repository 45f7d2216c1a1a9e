"""HTTP client of one Grist document: readings are retried, writes only when they were certainly not done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import requests

from eig_sheets import __version__
from eig_sheets.spreadsheet.backoff import Backoff, RetryableError
from eig_sheets.spreadsheet.grist import error_messages
from eig_sheets.spreadsheet.grist.address import Address
from eig_sheets.spreadsheet.grist.error_messages import KEY_FILE_VARIABLE, KEY_VARIABLE, GristError
from eig_sheets.storage.header_secret import SecretError, fits_in_header, secret_in

TIMEOUTS: Final = (10.0, 190.0)
"""Seconds to connect, and to wait for an answer."""

MAX_BODY: Final = 1_048_576
"""Bytes of one request: Grist refuses more."""

Action = Sequence[Any]


class Client:
    """The calls to one document that we make. `key` is an API key of the robot's account."""

    def __init__(self, address: Address, key: str, backoff: Backoff | None = None) -> None:
        self.address, self._key = address, key
        self._backoff = backoff or Backoff()
        self._session = requests.Session()
        self._session.headers.update(
            {
                "Authorization": f"Bearer {key}",
                "User-Agent": f"eig-sheets/{__version__}",
                "Content-Type": "application/json",
                "X-Requested-With": "XMLHttpRequest",
            }
        )

    def download(self) -> bytes:
        """The document as an SQLite file, without its history. Raises WorkbookError."""
        return self._call("GET", "download?nohistory=true", None).content

    def apply(self, actions: Sequence[Action]) -> None:
        """Apply user actions, all or none.

        Raises GristError or another WorkbookError when certainly nothing was done, UnknownOutcomeError otherwise.
        """
        body = encoded(actions)
        try:
            answer = json.loads(self._call("POST", "apply", body).content)
            answer["actionNum"]  # which no other server says
        except (ValueError, KeyError, TypeError):
            raise error_messages.unknown_outcome("Grist a donné une réponse illisible") from None

    def reload(self) -> None:
        """Have the server open the document anew, which mends its engine of formulas. Raises WorkbookError."""
        self._call("POST", "force-reload", b"{}")

    def account(self) -> str:
        """The address of the robot's account. Raises WorkbookError."""
        return str(self._asked("../../profile/user", "email")["email"])

    def access(self) -> tuple[str, str]:
        """The role of the robot in the document, and the Date of the answer ('': none). Raises WorkbookError."""
        response = self._call("GET", "", None)
        return str(_fields(response, "access")["access"]), response.headers.get("Date", "")

    def people(self) -> Mapping[str, Any]:
        """Who the document is shared with: `users`, and `maxInheritedRole`. Raises WorkbookError."""
        return self._asked("access", "users")

    def rows_seen_by(self, address: str, table: str, most: int) -> Sequence[Mapping[str, Any]]:
        """The cells of the rows of a table that an account sees, at most so many (0: all). Raises WorkbookError.

        None where Grist refuses it: asked as that account, which an owner may (« view as »).
        """
        query = urlencode({"limit": most, "aclAsUser_": address})
        try:
            records = self._asked(f"tables/{quote(table)}/records?{query}", "records")["records"]
        except GristError as error:
            if error.status == 403 and "access rules" in error.message:
                return ()
            raise
        return [record["fields"] for record in records]

    def attachments(self) -> Sequence[Mapping[str, Any]]:
        """The files attached to the document: `id`, and `fields` as Grist names them. Raises WorkbookError."""
        records: Sequence[Mapping[str, Any]] = self._asked("attachments", "records")["records"]
        return records

    def attachment(self, number: int) -> bytes:
        """The bytes of an attached file. Raises WorkbookError."""
        return self._call("GET", f"attachments/{number}/download", None).content

    def _asked(self, path: str, key: str) -> Mapping[str, Any]:
        return _fields(self._call("GET", path, None), key)

    def hurried(self) -> Client:
        """The same client, which gives up at once on a server that does not answer."""
        return Client(self.address, self._key, Backoff(base=0.2, cap=0.2, budget=0.5, attempts=4))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _call(self, method: str, path: str, body: bytes | None) -> requests.Response:
        return self._backoff.retry(lambda: self._call_once(method, path, body))

    def _call_once(self, method: str, path: str, body: bytes | None) -> requests.Response:
        writing = body is not None
        try:
            response = self._session.request(
                method, f"{self.address.api}/{path}".rstrip("/"), data=body, timeout=TIMEOUTS, allow_redirects=False
            )
        except requests.RequestException as error:
            failure = error
        else:
            if response.status_code == 200:
                return response
            raise self._error_of(response, writing=writing)
        raise _connection_error(failure, writing=writing)  # outside of the except block: the request holds the key

    def _error_of(self, response: requests.Response, *, writing: bool) -> Exception:
        status, message = response.status_code, error_messages.message_of(response.content)
        error = error_messages.refusal(status, message, self.address.url, writing=writing)
        if status == 429:
            busy = error_messages.no_answer("Grist reçoit trop de demandes", writing=writing)
            return RetryableError(busy, _wait(response))
        if status >= 500 and not error_messages.is_rolled_back(message):
            cause = f"Grist ne répond pas (erreur {status})"
            if writing:
                return error_messages.unknown_outcome(cause)
            return RetryableError(error_messages.no_answer(cause, writing=False), _wait(response))
        return error


def _fields(response: requests.Response, key: str) -> Mapping[str, Any]:
    """The JSON object of an answer, which has that key. Raises WorkbookError."""
    try:
        answer: Mapping[str, Any] = json.loads(response.content)
        answer[key]
    except (ValueError, KeyError, TypeError):
        raise error_messages.no_answer("Grist a donné une réponse illisible", writing=False) from None
    return answer


def _connection_error(error: requests.RequestException, *, writing: bool) -> Exception:
    if isinstance(error, requests.exceptions.SSLError):
        return error_messages.no_answer("Le certificat du serveur Grist n’est pas reconnu", writing=writing)
    if isinstance(error, requests.ConnectTimeout) or _was_never_sent(error):
        return RetryableError(error_messages.no_answer("Grist est injoignable depuis cette machine", writing=writing))
    late = isinstance(error, requests.Timeout)
    cause = "Grist n’a pas répondu à temps" if late else "La connexion à Grist a été coupée"
    if writing:
        return error_messages.unknown_outcome(cause)
    return RetryableError(error_messages.no_answer(cause, writing=False))


def _was_never_sent(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def _wait(response: requests.Response) -> float:
    header = response.headers.get("Retry-After", "")
    return float(header) if header.isdigit() and len(header) < 5 else 0


def encoded(actions: Sequence[Action]) -> bytes:
    """The body of a request that applies these actions. Raises ValueError on a number that is none."""
    return json.dumps(actions, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def key_of(environment: Mapping[str, str]) -> str:
    """The API key that the environment gives, or the file that it names. Raises WorkbookError."""
    if path := environment.get(KEY_FILE_VARIABLE):
        return _key_in(Path(path))
    key = environment.get(KEY_VARIABLE, "").strip()
    if not key:
        raise error_messages.missing_key()
    if not fits_in_header(key):
        raise error_messages.key_refused()
    return key


def _key_in(path: Path) -> str:
    try:
        return secret_in(path, "la clé", "une clé d’API")
    except SecretError as error:
        reason = str(error)
    raise error_messages.key_file_refused(str(path), reason)
