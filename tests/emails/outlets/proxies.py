"""A machine on the way to a server: it cuts the line when it hears some words, from one side or the other."""

import contextlib
import socket
import threading


class Proxy:
    """`cut_at`: (bytes, from the server?) that are heard once and never passed on; `deaf` then takes no more calls."""

    def __init__(self, port, cut_at=None, *, deaf=False):
        self._target, self._cut_at, self._deaf = port, cut_at, deaf
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.calls = 0
        self._ends, self._threads = [], []

    def __enter__(self):
        self._start(self._accept)
        return self

    def __exit__(self, *_):
        self._stop_listening()
        for end in self._ends:
            _shut(end)
        for thread in self._threads:
            thread.join(300)
        for end in self._ends:
            end.close()

    def _start(self, run, *arguments):
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _stop_listening(self):
        _shut(self._listening)
        self._listening.close()

    def _accept(self):
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            self.calls += 1
            there = socket.create_connection(("127.0.0.1", self._target))
            self._ends += [here, there]
            self._start(self._pass, here, there, False)
            self._start(self._pass, there, here, True)

    def _pass(self, source, target, from_server):
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if self._cut_at and self._cut_at[1] == from_server and self._cut_at[0] in data:
                    self._cut_at = None
                    if self._deaf:
                        self._stop_listening()
                    break
                target.sendall(data)
        _shut(source)
        _shut(target)


def _shut(end):
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
