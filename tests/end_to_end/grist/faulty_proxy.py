"""A proxy between the program and a Grist server: it counts calls and does to some what networks and servers do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

Fault = Callable[["Call"], None]


class CutError(Exception):
    """The connection closes without an answer."""


class Call:
    """One request on its way: a fault may forward it, once or twice, answer in its place, or cut."""

    def __init__(self, handler: BaseHTTPRequestHandler, upstream: str) -> None:
        self.handler, self.upstream = handler, upstream
        self.method, self.path = handler.command, handler.path
        self.body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))

    @property
    def is_write(self) -> bool:
        return self.method == "POST"

    def forward(self) -> requests.Response:
        headers = {"Authorization": self.handler.headers["Authorization"], "Content-Type": "application/json"}
        return requests.request(self.method, self.upstream + self.path, data=self.body, headers=headers, timeout=120)

    def answer(self, status: int, content: bytes) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Length", str(len(content)))
        self.handler.end_headers()
        self.handler.wfile.write(content)

    def pass_on(self) -> None:
        found = self.forward()
        self.answer(found.status_code, found.content)


def cut_before(_: Call) -> None:
    raise CutError


def cut_after(call: Call) -> None:
    call.forward()
    raise CutError


def delivered_twice(call: Call) -> None:
    found = call.forward()
    call.forward()
    call.answer(found.status_code, found.content)


def cut_then_delivered_late(call: Call) -> None:
    threading.Timer(0.5, call.forward).start()
    raise CutError


def truncated(call: Call) -> None:
    found = call.forward()
    call.answer(found.status_code, found.content[: len(found.content) // 2])


def status(code: int, content: bytes = b"") -> Fault:
    return lambda call: call.answer(code, content)


def slow(call: Call) -> None:
    time.sleep(0.3)
    call.pass_on()


class FaultyProxy:
    """The proxy: `faults` are what befalls the next calls, in turn; None passes a call on."""

    def __init__(self, upstream: str, *faults: Fault | None, before_write: Callable[[], Any] | None = None) -> None:
        self.upstream, self.faults, self.before_write = upstream, [*faults], before_write
        self.calls: list[str] = []

    def __enter__(self) -> FaultyProxy:
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def handle(self, call: Call) -> None:
        self.calls.append(f"{call.method} {call.path.rpartition('/')[2].partition('?')[0]}")
        if call.is_write and self.before_write is not None:
            meanwhile, self.before_write = self.before_write, None
            meanwhile()
        fault = self.faults.pop(0) if self.faults else None
        (fault or Call.pass_on)(call)


class _Handler(BaseHTTPRequestHandler):
    proxy: FaultyProxy

    def do_GET(self) -> None:
        try:
            self.proxy.handle(Call(self, self.proxy.upstream))
        except CutError:
            self.connection.close()

    do_POST = do_GET  # noqa: N815 (as above)

    def log_message(self, *_: object) -> None:
        pass
