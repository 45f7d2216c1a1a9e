"""The HTTP server: routing, latency, faults, and the validation of every answer."""

from __future__ import annotations

import gc
import json
import select
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.sheets_server import (
    control,
    drive_api,
    drive_sharing,  # noqa: F401 (its calls join those of drive_api)
    gmail_api,
    raw,
    schema,
    sheets_api,
    wire,
    xlsx,
)
from tests.sheets_server.auth import EMAIL, Accounts, Bearer, GrantError
from tests.sheets_server.errors import ApiError, field_violation
from tests.sheets_server.world import World, permission

OWNER = "equipe-eig@example.org"  # who owns the spreadsheet that the server starts with
JSON = "application/json; charset=UTF-8"
LONGEST_WAIT = 60  # seconds that an answer is held for whoever does not hang up
BAD_GATEWAY = (
    b"<!DOCTYPE html>\n<html lang=en>\n  <title>Error 502 (Server Error)!!1</title>\n  <p><b>502.</b> <ins>That\xe2\x80"
    b"\x99s an error.</ins>\n  <p>The server encountered a temporary error and could not complete your request."
    b"<p>Please try again in 30 seconds.\n"
)


@dataclass(slots=True)
class Reply:
    """What goes back: `packed` is the body compressed.

    `dropped` closes the connection instead; `held` does so once whoever waits for the answer has hung up.
    """

    status: int = 200
    data: bytes = b""
    kind: str = JSON
    dropped: bool = False
    held: bool = False
    packed: bytes | None = None

    @property
    def sent(self) -> bytes:
        return self.data if self.packed is None else self.packed


def as_json(body: Any, status: int = 200) -> Reply:
    return Reply(status, raw.dumps(body))


@contextmanager
def without_collections() -> Iterator[None]:
    """Put Python's garbage collector off: among millions of cells each pass costs more than the call it is in."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def recorded(number: int, verb: str, path: str, came: int, body: bytes, reply: Reply) -> control.Recorded:
    """Return the line of a call in `/_control/calls`; `came` is the size of its body before it was compressed."""
    went, crossed = len(reply.data), len(body) + len(reply.sent)
    return control.Recorded(number, verb, unquote(path), came + went, came, went, crossed, reply.status)


@dataclass(slots=True)
class Server:
    """A running server; `check_answers` validates each answer against Google's discovery documents."""

    world: World
    latency: float = 0
    check_answers: bool = True
    accounts: Accounts = field(default_factory=Accounts)
    script: control.Script = field(default_factory=control.Script)
    mail: gmail_api.Mailboxes = field(default_factory=gmail_api.Mailboxes)
    late: list[tuple[int, Callable[[], Reply]]] = field(default_factory=list)  # after how many calls each is done
    url: str = ""
    spreadsheet_id: str = ""
    service_account: str = ""

    def reply(self, verb: str, target: str, headers: Any, body: bytes) -> Reply:
        """Return the reply to one HTTP request."""
        path, _, query = target.partition("?")
        if path.startswith("/_control/"):
            return self._guarded(lambda: as_json(self._control(verb, path, body)))
        if path == "/token":
            return self._token(body)
        with self.world.lock:
            number, fault = self.script.begin()
        time.sleep(self.latency + float(fault.get("seconds", 0)))
        with self.world.lock, without_collections():
            self._deliver_late()
            reply = self._with_fault(fault, lambda: self._api(verb, path, query, headers, wire.unpacked(headers, body)))
            reply.packed = wire.packed(headers, reply.data, reply.kind)
            came = wire.plain_size(headers, body)
            self.script.calls.append(recorded(number, verb, path, came, body, reply))
            control.people_edit(self.world, self.script, number)
        return reply

    def _control(self, verb: str, path: str, body: bytes) -> Any:
        with self.world.lock:
            return control.answer(
                self.world, self.script, self.accounts, verb, path, json.loads(body) if body else None
            )

    def _with_fault(self, fault: dict[str, Any], make: Any) -> Reply:
        kind = fault.get("kind")
        if kind == "status":
            return as_json(
                ApiError(int(fault["status"]), FAULT_MESSAGES.get(fault["status"], "Fault.")).body(), fault["status"]
            )
        if kind == "html_502":
            return Reply(502, BAD_GATEWAY, "text/html; charset=UTF-8")
        if kind == "delivered_late":
            self.late.append((int(fault["calls"]), lambda: self._guarded(make)))
        if kind in ("drop_before_apply", "delivered_late"):
            return Reply(0, dropped=True)
        made: Reply = self._guarded(make)
        if kind == "delivered_twice":
            again = self._guarded(make)
            made = made if fault.get("answer") == "first" else again
        made.dropped, made.held = kind == "drop_after_apply", kind == "late_answer"
        if kind == "truncated_json":
            made.data = made.data[: len(made.data) // 2]
        return made

    def _deliver_late(self) -> None:
        """Do the calls that were held up on the network until now."""
        waiting = [(calls - 1, deliver) for calls, deliver in self.late]
        self.late = [(calls, deliver) for calls, deliver in waiting if calls > 0]
        for calls, deliver in waiting:
            if calls <= 0:
                deliver()

    @staticmethod
    def _guarded(make: Any) -> Reply:
        try:
            made: Reply = make()
        except ApiError as error:
            return as_json(error.body(), error.code)
        except Exception:  # a fault of this server's, which whoever calls it has to see
            trace = traceback.format_exc()
            print(trace, file=sys.stderr)
            return as_json(ApiError(500, f"tests.sheets_server failed: {trace}").body(), 500)
        return made

    def _token(self, body: bytes) -> Reply:
        with self.world.lock:
            try:
                return as_json(self.accounts.grant(dict(parse_qsl(body.decode())), f"{self.url}/token"))
            except GrantError as error:
                return as_json(error.body, 400)

    def _api(self, verb: str, path: str, query: str, headers: Any, body: bytes) -> Reply:
        bearer = self.accounts.bearer(headers.get("Authorization", ""))
        if path.startswith("/v4/"):
            return self._sheets(verb, path, query, bearer, body)
        if path.startswith(gmail_api.PREFIX):
            return self._checked(*gmail_api.answer(self.mail, bearer, verb, path, query, body), gmail_api.API)
        made, type_name = drive_api.answer(self.world, bearer, verb, path, query, body)
        if made is None:
            return Reply(204, b"", "text/html")
        if isinstance(made, drive_api.Content):
            return Reply(200, made.data, made.kind)
        return self._checked(made, type_name, "drive.v3")

    def _sheets(self, verb: str, path: str, query: str, bearer: Bearer, body: bytes) -> Reply:
        route, parameters = sheets_api.find_route(verb, path)
        options = sheets_api.read_query(route, parse_qsl(query, keep_blank_values=True))
        given = _read(route.request, body) if route.request else {}
        call = sheets_api.Call(self.world, bearer.email, parameters, options, given, bearer.owns_files)
        return self._checked(sheets_api.answer(route, call, bearer.scopes), route.response, "sheets.v4")

    def _checked(self, made: Any, type_name: str, api: str) -> Reply:
        reply = as_json(made)
        if self.check_answers and type_name:
            wrong = schema.problems(type_name, json.loads(reply.data), api)
            if wrong:
                raise ApiError(500, f"tests.sheets_server gave an answer that is no {type_name}: {wrong[:3]}")
        return reply


WRAPPERS = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}
FAULT_MESSAGES = {
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    429: "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service "
    "'sheets.googleapis.com' for consumer 'project_number:000000000000'.",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}


def _read(type_name: str, body: bytes) -> dict[str, Any]:
    """Return the body of a request of the Sheets API, in canonical form."""
    try:
        parsed = json.loads(body) if body else None
    except ValueError:
        raise field_violation("", "Invalid JSON payload received. Unexpected token.") from None
    return schema.read_request(type_name, parsed, WRAPPERS.get(type_name, ""))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for headers and body
    disable_nagle_algorithm = True
    owner: Server

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        reply = self.owner.reply(self.command, self.path, self.headers, body)
        if reply.held:
            select.select([self.connection], [], [], LONGEST_WAIT)
        if reply.dropped or reply.held:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        if reply.packed is not None:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(reply.sent)))
        self.end_headers()
        self.wfile.write(reply.sent)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: what was called is in /_control/calls."""


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def running(
    port: int = 0, load: Path | None = None, locale: str = "en_US", latency: float = 0, check_answers: bool = True
) -> Iterator[Server]:
    """Run a server that holds one spreadsheet, owned by a person and shared with the service account."""
    server = Server(World(locale), latency, check_answers)
    with without_collections():
        book = xlsx.load(load, locale, server.world.time_zone) if load else None
    made = server.world.create(book.title if book else "Campagne", OWNER, book)
    server.world.files[made.id].permissions.append(permission("user", "writer", EMAIL))
    handler = type("Handler", (_Handler,), {"owner": server})
    with _Threads(("127.0.0.1", port), handler) as http, tempfile.TemporaryDirectory() as folder:
        server.url = f"http://127.0.0.1:{http.server_port}"
        server.spreadsheet_id = made.id
        key = Path(folder) / "service_account.json"
        server.accounts.write_key_file(key, server.url)
        server.service_account = str(key)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
