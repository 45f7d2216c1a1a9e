"""Who calls the server in these tests: gspread's session, and raw calls."""

from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials

from tests.sheets_server.server import Server

SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


class Redirected(requests.adapters.HTTPAdapter):
    """Sends to the local server what is meant for Google."""

    def __init__(self, url: str) -> None:
        super().__init__(max_retries=0)
        self.url = url

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        target = urlsplit(request.url)
        request.url = f"{self.url}{target.path}{'?' if target.query else ''}{target.query}"
        return super().send(request, **options)


def session_of(server: Server, **claims: Any) -> AuthorizedSession:
    credentials = Credentials.from_service_account_file(server.service_account, scopes=SCOPES, **claims)
    session = AuthorizedSession(credentials)
    session.mount("https://", Redirected(server.url))
    return session


class Api:
    """Raw calls to one spreadsheet, as one person."""

    def __init__(self, server: Server, book_id: str, email: str = "") -> None:
        self.server, self.book_id = server, book_id
        self.headers = {"Authorization": f"Bearer emulator{':' + email if email else ''}"}

    def call(self, verb: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        url = f"{self.server.url}/v4/spreadsheets/{self.book_id}{path}"
        return requests.request(verb, url, json=body, params=query, headers=self.headers, timeout=300)

    def batch(self, *wanted: Any, **options: Any) -> Any:
        answer = self.call("POST", ":batchUpdate", {"requests": list(wanted), **options})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, *wanted: Any) -> str:
        """The message of a batch that fails with a 400."""
        answer = self.call("POST", ":batchUpdate", {"requests": list(wanted)})
        assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT"), answer.text
        return answer.json()["error"]["message"]

    def get(self, fields: str = "", **query: Any) -> Any:
        answer = self.call("GET", "", **({"fields": fields} if fields else {}), **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def values(self, name: str, **query: Any) -> Any:
        answer = self.call("GET", f"/values/{name}", **query)
        assert answer.status_code == 200, answer.text
        return answer.json().get("values", [])

    def type(self, cell: str, *rows: list[Any]) -> None:
        body = {"values": list(rows)}
        answer = self.call("PUT", f"/values/{cell}", body, valueInputOption="USER_ENTERED")
        assert answer.status_code == 200, answer.text

    def dump(self) -> Any:
        return requests.get(f"{self.server.url}/_control/spreadsheets/{self.book_id}", timeout=300).json()
