"""The stand-in over HTTP, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from tests.demarche_server.dossiers import Thing
from tests.demarche_server.faults import Fault, Reply
from tests.demarche_server.service import Engine, Service

TOKEN = "jeton-fictif-0123456789abcdef"


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


class Server(ThreadingHTTPServer):
    """A service, the requests that came, and the faults that wait: one for each of the next requests.

    Addresses of files are good until `expire_files`; `file_faults` are those of downloads.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.service = Service(file_url=self._file_url)
        self.token = TOKEN
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.file_faults: list[Fault] = []
        self._files: dict[str, bytes] = {}
        self._period = 0

    def handle_error(self, *_: Any) -> None:
        """A client that had enough is no error."""

    @property
    def url(self) -> str:
        """What `[demarche] host` says."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def requests(self) -> list[Any]:
        """What was asked of the API, one after the other."""
        return [one.body for one in self.asked if one.method == "POST"]

    @property
    def operations(self) -> list[str]:
        """The operations that were asked for, one after the other."""
        return [one["operationName"] for one in self.requests]

    def expire_files(self) -> None:
        """No address of a file that was given until now is good any more."""
        self._period += 1

    def reply(self, asked: Asked) -> Reply:
        """What answers a request."""
        waiting = self.faults if asked.method == "POST" else self.file_faults
        if waiting:
            return waiting.pop(0)(lambda: self._answer(asked))
        if asked.method == "GET":
            return self._file(asked.path)
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            refused = {"errors": [{"message": "Jeton inconnu", "extensions": {"code": "unauthorized"}}]}
            return Reply(401, {}, json.dumps(refused).encode())
        return Reply(200, {}, json.dumps(self._answer(asked)).encode())

    def _answer(self, asked: Asked) -> dict[str, Any]:
        return _engine().answer(self.service, asked.body)

    def _file_url(self, file: Thing) -> str:
        name = f"/files/{file['checksum'].replace('/', '_')}/{quote(file['filename'], safe='')}"
        self._files[urlsplit(name).path] = file["content"]
        return f"{self.url}{name}?period={self._period}"

    def _file(self, path: str) -> Reply:
        asked = urlsplit(path)
        if asked.path not in self._files or parse_qs(asked.query).get("period") != [str(self._period)]:
            return Reply(403, {}, b"expired")
        return Reply(200, {"Content-Type": "application/octet-stream"}, self._files[asked.path])


@cache
def _engine() -> Engine:
    return Engine()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece: two would wait for an acknowledgement
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._reply(json.loads(body))

    def do_GET(self) -> None:
        self._reply(None)

    def _reply(self, body: Any) -> None:
        asked = Asked(self.command, self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        reply = self.server.reply(asked)
        if not reply.status:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Server]:
    """The stand-in, for as long as it is asked for."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
