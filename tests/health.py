"""A monitoring service on this machine, which answers what a test wants."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "c0ffee-secret"


@dataclass
class Health:
    """`asked`: what it was asked, in order. `answer`: its status, and an event that each answer waits for."""

    url: str
    asked: list[str]
    answer: dict[str, object]


@contextmanager
def listening():
    """The service, for as long as the context lasts."""
    asked, answer = [], {"status": 200, "wait": threading.Event(), "headers": {}}
    answer["wait"].set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer["wait"].wait()
            self.send_response(answer["status"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Health(f"http://127.0.0.1:{server.server_port}/ping/{SECRET}", asked, answer)
    finally:
        answer["wait"].set()
        server.shutdown()
        server.server_close()
        thread.join()
