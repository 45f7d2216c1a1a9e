"""A local server that gives prepared answers, byte for byte: those of Google or of a proxy."""

import gzip
import json
import ssl
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

PAGE = b"<!DOCTYPE html><title>Bienvenue sur le Wi-Fi</title>"


class Asked(NamedTuple):
    """One received request."""

    method: str
    path: str
    headers: Message
    body: bytes


def error(code, message, status="INVALID_ARGUMENT", **details):
    """Google's JSON of an error; `details` are of its first google.rpc.ErrorInfo."""
    details_of_error = {"code": code, "message": message, "status": status}
    if details:
        details_of_error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", **details}]
    return code, {}, json.dumps({"error": details_of_error}).encode()


class OddGoogle:
    """A server on this machine, over TLS with a context; `answers` are given in turn, the last one for ever.

    `fixed` are those to paths of these ends, whenever they are asked.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.answers = [(200, {}, b"{}")]
        self.fixed: dict[str, tuple] = {}
        self.asked: list[Asked] = []

    def __enter__(self) -> "OddGoogle":
        self._http = _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._http.daemon_threads = True
        if self.tls:
            self._http.socket = self.tls.wrap_socket(self._http.socket, server_side=True)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.host = f"127.0.0.1:{self._http.server_port}"
        self.url = f"http://{self.host}"
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def next(self, path=""):
        if fixed := next((answer for end, answer in self.fixed.items() if path.endswith(end)), None):
            return fixed
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_):
        """Do not log: callers may close the connection."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: OddGoogle

    def _serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.owner.asked.append(Asked(self.command, self.path, self.headers, body))
        status, headers, data = self.owner.next(self.path)
        (self.send_response_only if "Date" in headers else self.send_response)(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Transfer-Encoding" not in headers and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_CONNECT = _serve  # noqa: N815

    def log_message(self, *_):
        """Do not log."""


def chunked(body, size=7):
    """The body, compressed and in chunks as Google sends it, and its size on the wire without their marks."""
    packed = gzip.compress(body)
    parts = [packed[start : start + size] for start in range(0, len(packed), size)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    return (200, {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}, framed), len(packed)
