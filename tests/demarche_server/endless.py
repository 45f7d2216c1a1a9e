"""A server whose answer never ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b" ")

    do_POST = do_GET  # noqa: N815 (its caller's)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(HTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that had enough is no error."""


@contextmanager
def endless() -> Iterator[str]:
    """The URL of one, for a single request."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
