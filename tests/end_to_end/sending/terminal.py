"""A person at a real terminal: what the program shows there, and what is typed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.sending.campaign import plain
from tests.program import command_line, environment

PATIENCE = 600


class Terminal:
    """A terminal on which a program runs."""

    def __init__(self, end: int, process: subprocess.Popen[bytes]) -> None:
        self._end, self._process, self._shown = end, process, b""

    @property
    def shown(self) -> str:
        """What it has shown so far, with ordinary spaces."""
        return plain(self._shown.decode(errors="replace"))

    def wait_for(self, text: str) -> None:
        """Read until the program shows this."""
        while text not in self.shown:
            assert self._read(), (text, self.shown)

    def type(self, keys: str) -> None:
        """Type what ends with a new line, or a key such as Ctrl-D."""
        os.write(self._end, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> int:
        """The exit code, once the program is over."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], PATIENCE)
        assert ready, self.shown
        try:
            piece = os.read(self._end, 65536)
        except OSError:  # Linux says so that the program has left its terminal
            return False
        self._shown += piece
        return bool(piece)


@contextmanager
def _interruptible() -> Iterator[None]:
    """What starts here obeys Ctrl-C, as what a person starts: a suite in the background of a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def at_a_terminal(arguments: Sequence[str | Path]) -> Iterator[Terminal]:
    """The program, run by somebody who looks and types."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 250, 0, 0))  # as wide as what it shows
    with (
        _interruptible(),
        subprocess.Popen(
            command_line(*arguments), env=environment(), stdin=theirs, stdout=theirs, stderr=theirs
        ) as process,
    ):
        os.close(theirs)
        try:
            yield Terminal(ours, process)
        finally:
            process.kill()
            os.close(ours)
