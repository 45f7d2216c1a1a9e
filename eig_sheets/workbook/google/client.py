"""Calls to the Sheets API over one session: reads are asked again, writes only when they surely were not done."""

from __future__ import annotations

import io
import json as jsons
from collections.abc import Mapping
from typing import Any, NamedTuple

from gspread.http_client import FileType, HTTPClient, ParamsType
from requests import RequestException, Response
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from eig_sheets import __version__
from eig_sheets.workbook.google import faults
from eig_sheets.workbook.google.credentials import account_of, find
from eig_sheets.workbook.google.patience import Patience
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession

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

    def __init__(self, credentials: Credentials, endpoint: str = GOOGLE, patience: Patience | None = None) -> None:
        session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
        # Google compresses only for those who also say gzip in their name.
        session.headers.update({"Accept-Encoding": "gzip", "User-Agent": f"eig-sheets/{__version__} (gzip)"})
        super().__init__(credentials, session)
        self.set_timeout(TIMEOUTS)
        self.account = account_of(credentials)
        self._endpoint = endpoint.rstrip("/")
        self._patience = patience or Patience()

    def read(
        self, method: str, path: str, params: Mapping[str, Any] | None = None, body: Mapping[str, Any] | None = None
    ) -> tuple[Any, int]:
        """The JSON of a call that changes nothing, and how many bytes it took on the wire.

        `path` is what follows /v4/spreadsheets/. Raises Refused, or WorkbookError when Google does not answer.
        """
        got = self._insist(method, self._url(path), writing=False, params=params, data=_encoded(body))
        return got.json, got.size

    def write(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON of a POST that changes the spreadsheet; `path` is what follows /v4/spreadsheets/.

        Raises Refused or another WorkbookError when surely nothing was done, Uncertain when nobody knows.
        """
        return self._insist("POST", self._url(path), writing=True, data=_encoded(body)).json

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

    def _insist(self, method: str, url: str, *, writing: bool, **sent: Any) -> _Got:
        sent["params"] = {"prettyPrint": "false", **(sent.get("params") or {})}
        return self._patience.insist(lambda: self._once(method, url, sent, writing=writing))

    def _once(self, method: str, url: str, sent: Mapping[str, Any], *, writing: bool) -> _Got:
        got = self._sent(method, url, sent)
        if isinstance(got, Exception):  # raised out of its except block: the request in it holds a token
            raise faults.broken(got, self.account, writing=writing)
        fault = faults.answered(got.response, self.account, writing=writing)
        if fault is None and got.json is None:
            fault = faults.unreadable(writing=writing)
        if fault is not None:
            raise fault
        return got

    def _sent(self, method: str, url: str, sent: Mapping[str, Any]) -> _Got | Exception:
        """The answer, loaded whole; or what broke."""
        try:
            response = self.session.request(
                method, url, timeout=self.timeout, stream=True, allow_redirects=False, **sent
            )
            return _Got(response, _load(response), _decoded(response.content))
        except (RequestException, HTTPError, GoogleAuthError) as error:
            return error


def connect(environment: Mapping[str, str], patience: Patience | None = None) -> Client:
    """A client with the credentials and the endpoint that the environment names. Raises WorkbookError; calls nobody."""
    return Client(find(environment), environment.get(VARIABLE) or GOOGLE, patience)


class _Got(NamedTuple):
    """An answer, its bytes on the wire, its JSON (None: it has none)."""

    response: Response
    size: int
    json: Any


def _encoded(body: Mapping[str, Any] | None) -> bytes | None:
    if body is None:
        return None
    return jsons.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _decoded(content: bytes) -> Any:
    try:
        return jsons.loads(content)
    except ValueError:
        return None


def _load(response: Response) -> int:
    """Load the body; return its bytes on the wire, which requests and urllib3 do not count when it comes in chunks."""
    wire = b"".join(response.raw.stream(_CHUNK, decode_content=False))
    response.raw = HTTPResponse(io.BytesIO(wire), response.raw.headers, response.status_code, preload_content=False)
    return len(wire)
