"""A mail server that answers what it is told to at each stage, and knows which messages it has."""

import contextlib
import socket
import threading
from collections import deque

STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "RSET", "QUIT")
USUAL = {"greeting": "220 ready", "EHLO": "250-here\r\n250 SIZE 1000000", "DATA": "354 go on", "QUIT": "221 bye"}
DROP, SILENCE, NOISE, DROP_AFTER = "drop", "silence", "noise", "drop after a yes"


class Scripted:
    """`script[stage]` are the next answers there; the usual ones follow. DROP closes, SILENCE waits for the client."""

    def __init__(self, script=None):
        self.script = {stage: deque(answers) for stage, answers in (script or {}).items()}
        self.had, self.perhaps, self.heard, self.connections = [], [], [], 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with connection, connection.makefile("rb") as lines, contextlib.suppress(ConnectionError):
                connection.settimeout(10)
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

    @staticmethod
    def _say(connection, answer):
        if answer == DROP:
            return False
        if answer == SILENCE:
            with contextlib.suppress(OSError):
                connection.recv(1)  # until the client is tired of it
            return False
        connection.sendall((answer if answer != NOISE else "?!").encode() + b"\r\n")
        return not answer.startswith(("221", "421"))
