"""HTTP client of the Sheets API: reads are retried, writes only when they were certainly not done."""

from __future__ import annotations

import io
import json as jsons
import zlib
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple
from zlib import crc32

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from gspread.http_client import FileType, HTTPClient, ParamsType
from requests import RequestException, Response
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from eig_sheets import __version__
from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.google import api_errors, error_messages
from eig_sheets.spreadsheet.google.credentials import SCOPES, account_of, find, is_person
from eig_sheets.spreadsheet.google.rate_limit import Limit, RateLimit, limit_of

GOOGLE = "https://sheets.googleapis.com"
GOOGLE_DRIVE = "https://www.googleapis.com"
VARIABLE = "EIG_SHEETS_API_ENDPOINT"
TIMEOUTS = (10.0, 190.0)
"""Seconds to connect, and to wait for an answer: Google itself gives up after 180."""

_READS = ("GET", "HEAD")
_CHUNK = 65_536
_GZIP = 31
LARGEST_READ_BYTES = 48_000_000
"""Bytes of JSON of one reading: half a million cells with their formats, or some millions of values."""


class Client(HTTPClient):
    """gspread's HTTP client with two calls of ours, over one session with time-outs, gzip and bounded retries.

    `account` is the address that the spreadsheet is to be shared with, where the credentials know it; `is_person`:
    they are a person's own.
    """

    def __init__(
        self,
        credentials: Credentials,
        endpoint: str = GOOGLE,
        backoff: Backoff | None = None,
        rate_limit: Limit | None = None,
    ) -> None:
        session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
        # Google compresses only for those who also say gzip in their name.
        session.headers.update({"Accept-Encoding": "gzip", "User-Agent": f"eig-sheets/{__version__} (gzip)"})
        session.hooks["response"].append(_read_body_if_unauthorized)
        super().__init__(credentials, session)
        self.set_timeout(TIMEOUTS)
        self._credentials, self.account = credentials, account_of(credentials)
        self.is_person = is_person(credentials)
        self._endpoint = endpoint.rstrip("/")
        self.drive_endpoint = GOOGLE_DRIVE if self._endpoint == GOOGLE else self._endpoint
        self._backoff = backoff or Backoff()
        self._rate_limit: Limit = rate_limit or RateLimit()

    def read(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        max_bytes: int | None = None,
    ) -> ReadResult:
        """The response to a call that changes nothing; reading stops after `max_bytes` bytes.

        `path` is what follows /v4/spreadsheets/. Raises ApiError, or WorkbookError when Google does not answer.
        """
        loaded = self._send_with_retries(
            method, self._url(path), writing=False, max_bytes=max_bytes, params=params, data=_encoded(body)
        )
        date = loaded.response.headers.get("Date", "")
        return ReadResult(loaded.json, loaded.size, crc32(loaded.response.content), loaded.truncated, date)

    def write(self, path: str, body: Mapping[str, Any], params: Mapping[str, Any] | None = None) -> Any:
        """The JSON response to a POST that changes the spreadsheet; `path` is what follows /v4/spreadsheets/.

        Raises ApiError or another WorkbookError when certainly nothing was done, UnknownOutcomeError otherwise.
        """
        return self._send_with_retries("POST", self._url(path), writing=True, params=params, data=_encoded(body)).json

    def drive(self, path: str, params: Mapping[str, Any], body: Mapping[str, Any] | None = None) -> Any:
        """The JSON response of Drive to a GET, or to a POST where there is a body; `path` follows /drive/v3/.

        Raises the errors of `read` and `write`.
        """
        url, writing = f"{self.drive_endpoint}/drive/v3/{path}", body is not None
        method, options, data = "POST" if writing else "GET", {"supportsAllDrives": "true", **params}, _encoded(body)
        return self._send_with_retries(method, url, writing=writing, limited=False, params=options, data=data).json

    def drive_pages(self, path: str, params: Mapping[str, str], name: str) -> Iterator[dict[str, Any]]:
        """Each item of a list of Drive, page after page; `name`: the key of the items. Raises the errors of `read`."""
        token: Mapping[str, str] = {}
        while True:
            answer = self.drive(path, {**params, **token})
            yield from answer.get(name, ())
            if not answer.get("nextPageToken"):
                return
            token = {"pageToken": answer["nextPageToken"]}

    def drive_content(self, path: str, params: Mapping[str, str]) -> bytes:
        """The bytes of a file of Drive. Raises the errors of `read`."""
        url, asked = f"{self.drive_endpoint}/drive/v3/{path}", {"supportsAllDrives": "true", **params}
        loaded = self._send_with_retries("GET", url, writing=False, limited=False, is_json=False, params=asked)
        return loaded.response.content

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: Any = None,
    ) -> Response:
        """The call that gspread's own methods make: a GET is a read, anything else a write."""
        url, writing = endpoint.replace(GOOGLE, self._endpoint, 1), method.upper() not in _READS
        sent = {"params": params, "data": data or _encoded(json), "files": files, "headers": headers}
        return self._send_with_retries(method, url, writing=writing, **sent).response

    def hurried(self) -> Client:
        """The same client, which gives up at once on a server that does not answer."""
        hurried = Backoff(base=0.2, cap=0.2, budget=0.5, attempts=4)
        return Client(self._credentials, self._endpoint, hurried, self._rate_limit)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _url(self, path: str) -> str:
        return f"{self._endpoint}/v4/spreadsheets/{path}"

    def _send_with_retries(
        self,
        method: str,
        url: str,
        *,
        writing: bool,
        limited: bool = True,
        is_json: bool = True,
        max_bytes: int | None = None,
        **sent: Any,
    ) -> _LoadedResponse:
        sent["params"] = {"prettyPrint": "false", **(sent.get("params") or {})}
        if sent.get("data"):
            sent["headers"] = {"Content-Type": "application/json", **(sent.get("headers") or {})}
        limit = self._rate_limit if limited else None
        return self._backoff.retry(
            lambda: self._send_once(method, url, sent, max_bytes, limit, writing=writing, is_json=is_json)
        )

    def _send_once(
        self,
        method: str,
        url: str,
        sent: Mapping[str, Any],
        max_bytes: int | None,
        limit: Limit | None,
        *,
        writing: bool,
        is_json: bool,
    ) -> _LoadedResponse:
        if limit:
            limit.wait(writing=writing)
        loaded = self._perform(method, url, sent, max_bytes, largest=None if writing else LARGEST_READ_BYTES)
        if isinstance(loaded, Exception):  # raised out of its except block: the request in it holds a token
            raise api_errors.error_of_exception(loaded, self.account, writing=writing)
        error = api_errors.error_of_response(loaded.response, self.account, writing=writing)
        if error is None and is_json and loaded.json is None and not loaded.truncated:
            error = api_errors.unreadable_response(writing=writing)
        if error is not None:
            raise error
        return loaded

    def _perform(
        self, method: str, url: str, sent: Mapping[str, Any], max_bytes: int | None, *, largest: int | None
    ) -> _LoadedResponse | Exception:
        """The loaded response, or the exception that the call raised."""
        try:
            response = self.session.request(
                method, url, timeout=self.timeout, stream=True, allow_redirects=False, **sent
            )
            size, truncated = _load_body(response, max_bytes, largest)
            return _LoadedResponse(response, size, None if truncated else _decoded(response.content), truncated)
        except (RequestException, HTTPError, GoogleAuthError) as error:
            return error


def connect(
    environment: Mapping[str, str],
    backoff: Backoff | None = None,
    rate_limit: Limit | None = None,
    scopes: Sequence[str] = SCOPES,
) -> Client:
    """A client with the credentials and endpoint that the environment names. Raises WorkbookError; makes no call.

    Its calls wait for the quota that the environment says to share, unless `rate_limit` is given.
    """
    credentials = find(environment, scopes)
    limit = rate_limit or limit_of(environment, account_of(credentials))
    return Client(credentials, environment.get(VARIABLE) or GOOGLE, backoff, limit)


class ReadResult(NamedTuple):
    """JSON of a response, its size on the wire, its checksum, whether it was truncated at `max_bytes`, its Date."""

    json: Any
    size: int
    digest: int
    truncated: bool
    date: str = ""


class _LoadedResponse(NamedTuple):
    """A response, its size on the wire, its JSON (None: it has none), whether it was truncated."""

    response: Response
    size: int
    json: Any
    truncated: bool


def _encoded(body: Mapping[str, Any] | None) -> bytes | None:
    if body is None:
        return None
    return jsons.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _decoded(content: bytes) -> Any:
    try:
        return jsons.loads(content)
    except ValueError:
        return None


def _read_body_if_unauthorized(response: Response, **_: Any) -> None:
    """Release the connection: google-auth sends the request again and leaves the streamed body unread."""
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.content  # noqa: B018 (reads it)


def _inflated_length(chunk: bytes, inflater: Any) -> int:
    try:
        return len(inflater.decompress(chunk)) if inflater else len(chunk)
    except zlib.error:  # said by who decodes the body
        return 0


def _load_body(response: Response, max_bytes: int | None, largest: int | None) -> tuple[int, bool]:
    """Load the body; returns its size on the wire (requests has none for chunks) and whether it was truncated.

    Raises WorkbookError when it has more than `largest` bytes, decompressed: repeated cells compress a hundred times.
    """
    inflated = 0
    inflater = zlib.decompressobj(wbits=_GZIP) if response.headers.get("Content-Encoding") == "gzip" else None
    wire: list[bytes] = []
    size = 0
    for chunk in response.raw.stream(_CHUNK, decode_content=False):
        size += len(chunk)
        if max_bytes is not None and size > max_bytes:
            response.close()
            wire, headers = [], {}
            break
        inflated += _inflated_length(chunk, inflater)
        if largest is not None and inflated > largest:
            response.close()
            raise error_messages.too_large_answer()
        wire.append(chunk)
    else:
        headers = response.raw.headers
    body = io.BytesIO(b"".join(wire))
    response.raw = HTTPResponse(body, headers, response.status_code, preload_content=False)
    return size, not wire and size > 0
