"""Asks a Grist server as somebody: its API, and the calls that its own web client makes of an open document.

Grist takes those calls over long polling (Engine.IO) as well as over a websocket: the same server code answers both.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import requests

_PLACE: Final = {"EIO": "4", "transport": "polling"}
_SEPARATOR: Final = "\x1e"
"""What Engine.IO puts between the messages of one answer."""
_PING, _PONG, _MESSAGE = "2", "3", "4"
_ERROR: Final = 400
_LATEST: Final = 60


@dataclass(frozen=True)
class Answer:
    """What came back: its status (400 for a refused call of the web client), and all the text that is in it."""

    status: int
    text: str

    @property
    def is_refusal(self) -> bool:
        return self.status >= _ERROR

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Visitor:
    """Somebody at a server, with a key or as nobody (''), and the document that they open at their first call.

    `heard` is what the open page was told without asking.
    """

    url: str
    key: str
    document: str
    heard: list[str] = field(default_factory=list)
    _session: requests.Session = field(default_factory=requests.Session)
    _sid: str = ""
    _numbers: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        self._session.headers["X-Requested-With"] = "XMLHttpRequest"
        if self.key:
            self._session.headers["Authorization"] = f"Bearer {self.key}"

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """What the server answers; `path` begins with `/`, or is that of the document in the API."""
        url = self.url + (path if path.startswith("/") else f"/api/docs/{self.document}/{path}".rstrip("/"))
        answer = self._session.request(method, url, json=body, timeout=60, allow_redirects=False, **more)
        return Answer(answer.status_code, _text(answer.content))

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.ask("POST", path, {} if body is None and not more else body, **more)

    def call(self, method: str, *arguments: Any) -> Answer:
        """What the web client would be answered, were it to call that method of the document that it has opened."""
        if self._sid:
            with suppress(requests.HTTPError):  # Grist dropped the page, which did not listen for a moment
                return self._call(method, 0, *arguments)
        opened = self.open()
        return opened if opened.is_refusal else self._call(method, 0, *arguments)

    def open(self, **options: Any) -> Answer:
        """What comes when the web client opens the document."""
        self.close()
        said = self._session.get(f"{self.url}/o/docs", params=_PLACE, timeout=60)
        if said.status_code != requests.codes.ok:
            return Answer(said.status_code, said.text)
        self._sid = json.loads(said.text[1:])["sid"]
        self._receive()  # its greeting: what is sent before it is lost
        opened = self._call("openDoc", self.document, options)
        if opened.is_refusal:
            self.close()
        return opened

    def throw_away(self, document: str) -> None:
        """A document of theirs is no more: a server keeps each that is open in memory."""
        self.ask("DELETE", f"/api/docs/{document}")

    def close(self) -> None:
        """The web client's page is closed."""
        if self._sid:
            self._send("1")
            self._sid = ""

    def told_during(self, act: Callable[[], Any]) -> str:
        """What the open page is told without asking while others act: Grist drops a page that does not listen."""
        self.heard.clear()
        with ThreadPoolExecutor(1) as beside:
            number = next(self._numbers)
            listening = beside.submit(self._answer, number)
            act()
            self._send(_request(number, "waitForInitialization", 0))
            listening.result()
        return "\n".join(self.heard)

    def _call(self, method: str, *arguments: Any) -> Answer:
        number = next(self._numbers)
        self._send(_request(number, method, *arguments))
        return self._answer(number)

    def _answer(self, number: int) -> Answer:
        until = time.monotonic() + _LATEST
        while time.monotonic() < until:
            for message in self._receive():
                said = json.loads(message)
                if said.get("reqId") == number:
                    return Answer(_ERROR if "error" in said else 200, message)
                self.heard.append(message)
        raise TimeoutError(number)

    def _send(self, packet: str) -> bool:
        where = {**_PLACE, "sid": self._sid}
        headers = {"Content-Type": "text/plain;charset=UTF-8"}
        return self._session.post(
            f"{self.url}/o/docs", params=where, data=packet.encode(), headers=headers, timeout=60
        ).ok

    def _receive(self) -> list[str]:
        answer = self._session.get(f"{self.url}/o/docs", params={**_PLACE, "sid": self._sid}, timeout=60)
        answer.raise_for_status()
        packets = answer.content.decode().split(_SEPARATOR)
        if _PING in packets:
            self._send(_PONG)
        return [packet[1:] for packet in packets if packet.startswith(_MESSAGE)]


def _request(number: int, method: str, *arguments: Any) -> str:
    return _MESSAGE + json.dumps({"reqId": number, "method": method, "args": arguments})


def _text(content: bytes) -> str:
    """What is in a file, of a zip too (.xlsx, attachments) and of SQLite, whose texts stand in it as they are."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")
