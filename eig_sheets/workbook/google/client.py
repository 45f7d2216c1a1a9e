"""Calls to the Sheets API over one session: reads are asked again, writes only when they surely were not done."""

from __future__ import annotations

import io
import json as jsons
from collections.abc import Mapping
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
from eig_sheets.workbook.google import faults
from eig_sheets.workbook.google.credentials import account_of, find
from eig_sheets.workbook.google.pace import Pace
from eig_sheets.workbook.google.patience import Patience

GOOGLE = "https://sheets.googleapis.com"
VARIABLE = "EIG_SHEETS_API_ENDPOINT"
TIMEOUTS = (10.0, 190.0)
"""Seconds to connect, and to wait for an answer: Google itself gives up after 180."""

_READS = ("GET", "HEAD")
_CHUNK = 65_536


class Client(HTTPClient):
    """gspread's thin endpoints, and two calls of ours, over one session with time-outs, gzip and bounded patience.

    `account` is the address that the spreadsheet is to be shared with, where the credentials know it.
    """

    def __init__(
        self,
        credentials: Credentials,
        endpoint: str = GOOGLE,
        patience: Patience | None = None,
        pace: Pace | None = None,
    ) -> None:
        session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
        # Google compresses only for those who also say gzip in their name.
        session.headers.update({"Accept-Encoding": "gzip", "User-Agent": f"eig-sheets/{__version__} (gzip)"})
        session.hooks["response"].append(_read_whole_if_unauthorized)
        super().__init__(credentials, session)
        self.set_timeout(TIMEOUTS)
        self.account = account_of(credentials)
        self._endpoint = endpoint.rstrip("/")
        self._patience = patience or Patience()
        self._pace = pace or Pace()

    def read(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        at_most: int | None = None,
    ) -> Answer:
        """What a call that changes nothing answers, read no further than `at_most` bytes.

        `path` is what follows /v4/spreadsheets/. Raises Refused, or WorkbookError when Google does not answer.
        """
        got = self._insist(method, self._url(path), writing=False, at_most=at_most, params=params, data=_encoded(body))
        return Answer(got.json, got.size, crc32(got.response.content), got.cut)

    def write(self, path: str, body: Mapping[str, Any], params: Mapping[str, Any] | None = None) -> Any:
        """The JSON of a POST that changes the spreadsheet; `path` is what follows /v4/spreadsheets/.

        Raises Refused or another WorkbookError when surely nothing was done, Uncertain when nobody knows.
        """
        return self._insist("POST", self._url(path), writing=True, params=params, data=_encoded(body)).json

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
        """What gspread's own methods call: a GET is a read, anything else a write."""
        url, writing = endpoint.replace(GOOGLE, self._endpoint, 1), method.upper() not in _READS
        sent = {"params": params, "data": data or _encoded(json), "files": files, "headers": headers}
        return self._insist(method, url, writing=writing, **sent).response

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _url(self, path: str) -> str:
        return f"{self._endpoint}/v4/spreadsheets/{path}"

    def _insist(self, method: str, url: str, *, writing: bool, at_most: int | None = None, **sent: Any) -> _Got:
        sent["params"] = {"prettyPrint": "false", **(sent.get("params") or {})}
        if sent.get("data"):
            sent["headers"] = {"Content-Type": "application/json", **(sent.get("headers") or {})}
        return self._patience.insist(lambda: self._once(method, url, sent, at_most, writing=writing))

    def _once(self, method: str, url: str, sent: Mapping[str, Any], at_most: int | None, *, writing: bool) -> _Got:
        if not writing:
            self._pace.keep()
        got = self._sent(method, url, sent, at_most)
        if isinstance(got, Exception):  # raised out of its except block: the request in it holds a token
            raise faults.broken(got, self.account, writing=writing)
        fault = faults.answered(got.response, self.account, writing=writing)
        if fault is None and got.json is None and not got.cut:
            fault = faults.unreadable(writing=writing)
        if fault is not None:
            raise fault
        return got

    def _sent(self, method: str, url: str, sent: Mapping[str, Any], at_most: int | None) -> _Got | Exception:
        """The answer, loaded; or what broke."""
        try:
            response = self.session.request(
                method, url, timeout=self.timeout, stream=True, allow_redirects=False, **sent
            )
            size, cut = _load(response, at_most)
            return _Got(response, size, None if cut else _decoded(response.content), cut)
        except (RequestException, HTTPError, GoogleAuthError) as error:
            return error


def connect(environment: Mapping[str, str], patience: Patience | None = None, pace: Pace | None = None) -> Client:
    """A client with the credentials and the endpoint that the environment names. Raises WorkbookError; calls nobody."""
    return Client(find(environment), environment.get(VARIABLE) or GOOGLE, patience, pace)


class Answer(NamedTuple):
    """JSON, bytes on the wire and checksum of an answer; `cut`: it was longer than wanted, and left at that."""

    json: Any
    size: int
    digest: int
    cut: bool


class _Got(NamedTuple):
    """An answer, its bytes on the wire, its JSON (None: it has none), whether it was cut short."""

    response: Response
    size: int
    json: Any
    cut: bool


def _encoded(body: Mapping[str, Any] | None) -> bytes | None:
    if body is None:
        return None
    return jsons.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _decoded(content: bytes) -> Any:
    try:
        return jsons.loads(content)
    except ValueError:
        return None


def _read_whole_if_unauthorized(response: Response, **_: Any) -> None:
    """Give the connection back: google-auth asks again with another token, and leaves what it streamed unread."""
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.content  # noqa: B018 (reads it)


def _load(response: Response, at_most: int | None) -> tuple[int, bool]:
    """Load the body; its bytes on the wire (requests counts none when it comes in chunks), and if it was cut."""
    wire: list[bytes] = []
    size = 0
    for chunk in response.raw.stream(_CHUNK, decode_content=False):
        size += len(chunk)
        if at_most is not None and size > at_most:
            response.close()
            wire, headers = [], {}
            break
        wire.append(chunk)
    else:
        headers = response.raw.headers
    body = io.BytesIO(b"".join(wire))
    response.raw = HTTPResponse(body, headers, response.status_code, preload_content=False)
    return size, not wire and size > 0
