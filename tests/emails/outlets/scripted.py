"""A mail server that answers what it is told to at each stage, and knows which messages it has."""

import contextlib
import select
import socket
import threading
from collections import deque
from unittest.mock import patch

STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "RSET", "QUIT")
USUAL = {"greeting": "220 ready", "EHLO": "250-here\r\n250 SIZE 1000000", "DATA": "354 go on", "QUIT": "221 bye"}
DROP, SILENCE, NOISE, DROP_AFTER = "drop", "silence", "noise", "drop after a yes"


class _Impatient(socket.socket):
    """A client's end whose time-out is over as soon as the server has nothing to say, and never before."""

    silent: threading.Event

    def recv_into(self, *arguments):
        while not select.select([self], [], [], 0.01)[0]:
            if self.silent.is_set():
                self.silent.clear()
                raise TimeoutError
        return super().recv_into(*arguments)


class Scripted:
    """`script[stage]` are the next answers there; the usual ones follow. DROP closes, SILENCE waits for the client.

    The client's time-outs are then over at once: nobody waits, and no other answer can come too late.
    """

    def __init__(self, script=None):
        self.script = {stage: deque(answers) for stage, answers in (script or {}).items()}
        self.had, self.perhaps, self.heard, self.connections = [], [], [], 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._silent = threading.Event()
        self._connecting = patch.object(socket, "create_connection", self._connected)

    def __enter__(self):
        self._thread.start()
        self._connecting.start()
        return self

    def __exit__(self, *_):
        self._connecting.stop()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(300)
        assert not self._thread.is_alive()

    def _connected(self, address, *arguments, create_connection=socket.create_connection, **options):
        made = create_connection(address, *arguments, **options)
        if address[1] != self.port:
            return made
        seconds = made.gettimeout()
        client = _Impatient(fileno=made.detach())
        client.settimeout(seconds)
        client.silent = self._silent
        return client

    def _run(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with connection, connection.makefile("rb") as lines, contextlib.suppress(ConnectionError):
                connection.settimeout(300)
                self._talk(connection, lines)

    def _talk(self, connection, lines):
        go_on = self._answer(connection, "greeting")
        while go_on and (line := lines.readline()):
            self.heard.append(line.decode().strip())
            stage = line.split()[0].decode().upper()
            answer = self._next(stage)
            go_on = self._say(connection, answer) and stage != "QUIT"
            if go_on and stage == "DATA" and answer.startswith("354"):
                go_on = self._body(connection, lines)

    def _body(self, connection, lines):
        body = []
        while (line := lines.readline()) != b".\r\n":
            if not line:
                return False
            body.append(line.removeprefix(b".") if line.startswith(b".") else line)
        answer = self._next("body")
        if answer.startswith("2"):
            self.had.append(b"".join(body))
        elif answer[0] not in "45":
            self.perhaps.append(b"".join(body))
        return self._say(connection, answer)

    def _answer(self, connection, stage):
        return self._say(connection, self._next(stage))

    def _next(self, stage):
        waiting = self.script.get(stage)
        return waiting.popleft() if waiting else USUAL.get(stage, "250 yes")

    def _say(self, connection, answer):
        if answer == DROP:
            return False
        if answer == SILENCE:
            self._silent.set()
            with contextlib.suppress(OSError):
                connection.recv(1)  # until the client is tired of it
            return False
        connection.sendall((answer if answer != NOISE else "?!").encode() + b"\r\n")
        return not answer.startswith(("221", "421"))
