"""A proxy of its own process between a benchmark and a server: it adds latency to calls and connections, and counts.

Connections stay open on both sides for as long as the client keeps its own. Opening one costs two round trips, as HTTPS
does: one of TCP, one of TLS 1.3.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

CONTROL = "/_control/calls"
ROUND_TRIPS_OF_A_CONNECTION = 2
_OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class Proxy(ThreadingHTTPServer):
    """The proxy. `latency` is that of a round trip, in seconds.

    A call is its method, path, status and bytes, the `seconds` that the server took to answer, and whether it came by a
    new connection (`opened`).
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: str, latency: float) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream, self.latency = urlsplit(upstream), latency
        self.calls: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    """One connection of a client, and one to the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together
    server: Proxy

    def setup(self) -> None:
        super().setup()
        self.is_new = True
        self.there = http.client.HTTPConnection(str(self.server.upstream.hostname), self.server.upstream.port)

    def finish(self) -> None:
        self.there.close()
        super().finish()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == CONTROL:
            found, self.server.calls = self.server.calls, []
            self._answer(200, {}, json.dumps(found).encode())
            return
        opened, self.is_new = self.is_new, False
        time.sleep(self.server.latency * (1 + ROUND_TRIPS_OF_A_CONNECTION * opened))
        self._pass_on(body, opened=opened)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 (as above)

    def _pass_on(self, body: bytes, *, opened: bool) -> None:
        start = time.perf_counter()
        self.there.request(self.command, self.path, body or None, _passed(self.headers))
        answer = self.there.getresponse()
        content, headers = answer.read(), _passed(answer.headers)
        seconds = time.perf_counter() - start
        whole = gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
        call = {"method": self.command, "path": self.path, "status": answer.status, "sent": len(body)}
        sizes = {"got": len(whole), "wire": len(body) + len(content)}
        self.server.calls.append({**call, **sizes, "seconds": seconds, "opened": opened})
        self._answer(answer.status, headers, content)

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def _passed(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _OF_ONE_CONNECTION}


def main() -> None:
    """Print the proxy's own URL, then serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upstream", help="the URL of the server")
    parser.add_argument("--latency-ms", type=float, default=0)
    asked = parser.parse_args()
    with Proxy(asked.upstream, asked.latency_ms / 1000) as proxy:
        print(f"http://127.0.0.1:{proxy.server_port}", flush=True)
        proxy.serve_forever()


if __name__ == "__main__":
    main()
