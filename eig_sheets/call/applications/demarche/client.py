"""HTTP client of Démarche Numérique's API: stored queries by their id, over our own connection.

Queries are retried; a mutation only when it certainly was not done. The token goes to the service's own address alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any, Final

import requests

from eig_sheets import __version__
from eig_sheets.call.applications.demarche import errors
from eig_sheets.call.applications.demarche.bodies import TooLongError, body_of
from eig_sheets.call.applications.demarche.errors import (
    TOKEN_FILE_VARIABLE,
    TOKEN_VARIABLE,
    missing_form,
    missing_section,
    missing_token,
    unusable_token,
)
from eig_sheets.config import Campaign
from eig_sheets.config.demarche import DemarcheSettings, service_url
from eig_sheets.spreadsheet.backoff import Backoff, RetryableError
from eig_sheets.storage.header_secret import SecretError, fits_in_header, secret_in

TIMEOUTS: Final = (10.0, 60.0)
"""Seconds to connect, and to wait for the next bytes: the service itself stops a query after thirty."""

MOST_BYTES: Final = 64 << 20
"""The most that an answer may hold: a hundred dossiers take a few million."""

QUERIES: Final = "ds-query-v2"
MUTATIONS: Final = "ds-mutation-v2"
_LONGEST_WAIT: Final = 120.0
_EPOCH: Final = 1_000_000_000
"""A RateLimit-Reset above is a moment, in seconds since 1970; below, seconds to wait."""


@dataclass(frozen=True, slots=True)
class MutationResult:
    """What a mutation answered: its payload, and the sentences by which the service says that it did nothing."""

    payload: Mapping[str, Any]
    errors: tuple[str, ...]


class _Bearer(requests.auth.AuthBase):
    """The token as a header. As `auth`, so that no .netrc takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Client:
    """The requests to one service. `host` as `[demarche] host` has it; `token` as `token_of` gives it."""

    def __init__(self, host: str, token: str, backoff: Backoff | None = None) -> None:
        self.url = service_url(host)
        self.backoff = backoff or Backoff()
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        self._session.headers.update({"User-Agent": f"eig-sheets/{__version__}", "Accept": "application/json"})

    def query(self, operation: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data of a stored query, such as `getDemarche`. Raises DemarcheError."""
        return self._ask(QUERIES, operation, variables, mutation=False)

    def mutate(self, operation: str, values: Mapping[str, Any]) -> MutationResult:
        """Run a stored mutation, such as `dossierAccepter`, on `values`, its input.

        Raises DemarcheError when certainly nothing was done, UnknownOutcomeError otherwise.
        """
        data = self._ask(MUTATIONS, operation, {"input": values}, mutation=True)
        payload = data.get(operation)
        if not isinstance(payload, dict):
            raise errors.unknown_outcome("Démarche Numérique a donné une réponse incomplète")
        said = payload.get("errors") or ()
        return MutationResult(payload, tuple(errors.message_of(error) for error in said))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _ask(self, stored: str, operation: str, variables: Mapping[str, Any], *, mutation: bool) -> Mapping[str, Any]:
        body = {"queryId": stored, "operationName": operation, "variables": variables}
        return self.backoff.retry(lambda: self._ask_once(body, mutation=mutation))

    def _ask_once(self, body: Mapping[str, Any], *, mutation: bool) -> Mapping[str, Any]:
        try:
            response = self._session.post(
                f"{self.url}/api/v2/graphql", json=body, timeout=TIMEOUTS, allow_redirects=False, stream=True
            )
            with response:
                content = body_of(response, MOST_BYTES)
        except requests.RequestException as error:
            failure = error
        else:
            return _data(response, content, mutation=mutation)
        raise _connection_error(failure, mutation=mutation)  # outside of the except block: the request has the token


def _data(response: requests.Response, content: bytes, *, mutation: bool) -> Mapping[str, Any]:
    """The data of an answer without root errors. Raises what is right for any other."""
    status, answer = response.status_code, _json(content)
    if status == 429:
        raise RetryableError(errors.no_answer("Démarche Numérique reçoit trop de demandes"), _wait(response, time))
    if 300 <= status < 400:
        raise errors.moved(response.headers.get("Location", ""))
    if status >= 500:
        raise _uncertain(f"Démarche Numérique ne répond pas (erreur {status})", mutation=mutation)
    root = [error for error in answer.get("errors") or () if isinstance(error, dict)] if answer else []
    if status in (400, 401, 403) and (root or answer is not None):
        raise errors.refusal(status, root)
    if answer is None:
        page = errors.web_page(status)
        raise errors.unknown_outcome("Une page web a répondu") if mutation and status == 200 else page
    if status != 200 or root:
        raise _root_error(status, answer, root, mutation=mutation)
    data = answer.get("data")
    if isinstance(data, dict):
        return data
    raise _uncertain("Démarche Numérique a donné une réponse incomplète", mutation=mutation)


def _root_error(
    status: int, answer: Mapping[str, Any], root: Sequence[Mapping[str, Any]], *, mutation: bool
) -> Exception:
    """Fatal, even beside data. A mutation that was validated may have run before one of its answer's fields failed."""
    if mutation and "data" in answer and not errors.is_refused_before_anything(root):
        said = " ; ".join(map(errors.message_of, root))[:300]
        return errors.unknown_outcome(f"Démarche Numérique a répondu par une erreur (« {said} »)")
    return errors.refusal(status, root)


def _json(content: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _uncertain(cause: str, *, mutation: bool) -> Exception:
    """What is read again, or what nobody knows."""
    return errors.unknown_outcome(cause) if mutation else RetryableError(errors.no_answer(cause))


def _connection_error(error: requests.RequestException, *, mutation: bool) -> Exception:
    if isinstance(error, requests.exceptions.SSLError):
        return errors.no_answer("Le certificat de Démarche Numérique n’est pas reconnu")
    if isinstance(error, requests.ConnectTimeout) or _was_never_sent(error):
        return RetryableError(errors.no_answer("Démarche Numérique est injoignable depuis cette machine"))
    if isinstance(error, (TooLongError, requests.exceptions.ContentDecodingError)):
        cause = "Démarche Numérique a donné une réponse trop longue ou illisible"
        return errors.unknown_outcome(cause) if mutation else errors.no_answer(cause)
    late = isinstance(error, requests.Timeout)
    cause = "Démarche Numérique n’a pas répondu à temps" if late else "La connexion à Démarche Numérique a été coupée"
    return _uncertain(cause, mutation=mutation)


def _was_never_sent(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def _wait(response: requests.Response, now: Callable[[], float]) -> float:
    """Seconds to wait at least, as the service says: a moment since 1970, or seconds."""
    for header in ("RateLimit-Reset", "Retry-After"):
        said = response.headers.get(header, "").strip()
        if said.isdigit() and len(said) <= 12:
            seconds = int(said) - now() if int(said) > _EPOCH else float(said)
            return min(max(seconds, 0.0), _LONGEST_WAIT)
    return 0


_HURRIED: Final = Backoff(base=0.2, cap=2, budget=5)


def settings_of(campaign: Campaign, form: str = "") -> DemarcheSettings:
    """The section `[demarche]`, or that of another form. Raises DemarcheError without it."""
    if campaign.demarche is None:
        raise missing_section(campaign.to_edit)
    settings = campaign.demarche.of_form(form)
    if settings is None:
        raise missing_form(campaign.to_edit, form)
    return settings


def connect(campaign: Campaign, environment: Mapping[str, str], *, hurried: bool = False, form: str = "") -> Client:
    """A client of the service, with the token of a form; nothing is asked yet. Raises DemarcheError.

    `hurried`: it gives up after seconds on a service that does not answer.
    """
    settings = settings_of(campaign, form)
    file = campaign.path_of(settings.token_file) if settings.token_file else None
    return Client(settings.host, token_of(environment, file, form), _HURRIED if hurried else None)


def token_of(environment: Mapping[str, str], configured: Path | None, form: str = "") -> str:
    """The token: of the file that the environment names, of the environment, else of the configured file.

    `form`: that of another démarche, whose own variables end in its name (`…_TOKEN_TALENTS`) and come
    before the others. Raises DemarcheError; no message holds the token.
    """
    for ending in dict.fromkeys((f"_{form.upper()}" if form else "", "")):
        if path := environment.get(TOKEN_FILE_VARIABLE + ending):
            return _token_in(Path(path))
        if token := environment.get(TOKEN_VARIABLE + ending, "").strip():
            if fits_in_header(token):
                return token
            raise unusable_token(TOKEN_VARIABLE + ending, "contient autre chose qu’un jeton, qui est d’un seul tenant")
    if configured is None:
        raise missing_token()
    return _token_in(configured)


def _token_in(path: Path) -> str:
    try:
        return secret_in(path, "le jeton", "un jeton")
    except SecretError as error:
        reason = str(error)
    raise unusable_token(str(path), reason)
