"""Child processes of a fleet: a few at a time, one a call, none left behind when the parent is interrupted.

Each has its own process group, so that a terminal's Ctrl-C reaches the parent alone, which then ends them one way.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import current_thread, main_thread
from types import FrameType
from typing import IO, Final, NoReturn

from eig_sheets.features.fleet.files import Call, CallOutcome, CallStatus
from eig_sheets.text.french import why

_POLL: Final = 0.05
_GRACES: Final = (("SIGINT", 30.0), ("SIGTERM", 10.0), ("SIGKILL", 10.0))
"""What a child is sent to end it, and the seconds that it then has: it is written to end cleanly on the first."""
TERMINATED: Final = 128 + signal.SIGTERM


class TerminatedError(KeyboardInterrupt):
    """SIGTERM: as a Ctrl-C, of which the exit code tells."""


@contextmanager
def raising_on_termination() -> Iterator[None]:
    """Raise TerminatedError on SIGTERM, in the thread that may."""
    if current_thread() is not main_thread():
        yield
        return

    def terminate(_: int, __: FrameType | None) -> NoReturn:
        raise TerminatedError

    previous = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


@dataclass(frozen=True, slots=True)
class _Running:
    """A process, when it began, and the files that hold what it writes: a pipe that nobody reads would stop it."""

    call: Call
    process: subprocess.Popen[bytes]
    began: float
    out: IO[bytes]
    err: IO[bytes]

    def outcome(self, *, interrupted: bool) -> CallOutcome:
        code = self.process.wait()
        failed = CallStatus.INTERRUPTED if interrupted else CallStatus.FAILED
        status = failed if code else CallStatus.DONE
        return CallOutcome(self.call, status, code, time.monotonic() - self.began, _text(self.out), _text(self.err))


class Fleet:
    """The processes of some calls, `jobs` at a time; `command`: the arguments of the program for one of them.

    `ended` is told of each outcome as it comes.
    """

    def __init__(
        self,
        calls: Sequence[Call],
        jobs: int,
        command: Callable[[Call], Sequence[str]],
        environment: Mapping[str, str],
        ended: Callable[[CallOutcome], None],
    ) -> None:
        self._waiting, self._jobs, self._running = [*calls], jobs, list[_Running]()
        self._command, self._environment, self._ended = command, dict(environment), ended
        self.outcomes: list[CallOutcome] = []
        self.interruption: KeyboardInterrupt | None = None

    def run(self) -> None:
        """Run them all; an interruption ends those that run, starts no other, and is kept in `interruption`."""
        try:
            while self._waiting or self._running:
                self._start()
                self._collect(interrupted=False)
                time.sleep(_POLL)
        except KeyboardInterrupt as interruption:
            self.interruption = interruption
            self._stop()
        finally:
            self._kill()
        self.outcomes += [CallOutcome(call, CallStatus.NOT_STARTED) for call in self._waiting]
        self.outcomes.sort(key=lambda outcome: outcome.call.name)

    def _start(self) -> None:
        while self._waiting and len(self._running) < self._jobs:
            call = self._waiting.pop(0)
            try:
                self._running.append(self._started(call))
            except OSError as error:  # no memory, no process left: this one fails, the others go on
                self._end(
                    CallOutcome(call, CallStatus.FAILED, err=f"Ce processus n’a pas pu être lancé ({why(error)}).")
                )

    def _started(self, call: Call) -> _Running:
        with ExitStack() as files:
            out, err = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            process = subprocess.Popen(  # noqa: S603 (this very program, with a path as one argument)
                [sys.executable, "-m", "eig_sheets", *self._command(call)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=self._environment, start_new_session=True,
            )  # fmt: skip
            files.pop_all()
            return _Running(call, process, time.monotonic(), out, err)

    def _end(self, outcome: CallOutcome) -> None:
        self.outcomes.append(outcome)
        self._ended(outcome)

    def _collect(self, *, interrupted: bool) -> None:
        for child in [*self._running]:
            if child.process.poll() is not None:
                self._running.remove(child)
                self._end(child.outcome(interrupted=interrupted))

    def _stop(self) -> None:
        """End what runs: asked first, then made to. Another interruption goes on to the next means at once."""
        for name, grace in _GRACES:
            with suppress(KeyboardInterrupt):
                self._send(name)
                until = time.monotonic() + grace
                while self._running and time.monotonic() < until:
                    self._collect(interrupted=True)
                    time.sleep(_POLL)

    def _send(self, name: str) -> None:
        number = getattr(signal, name, signal.SIGTERM)
        for child in self._running:
            with suppress(OSError):  # it has just ended
                child.process.terminate() if os.name == "nt" else child.process.send_signal(number)

    def _kill(self) -> None:
        """Leave no child behind, whatever was raised."""
        for child in self._running:
            child.process.kill()
            child.process.wait()
        self._running.clear()


def _text(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode(errors="replace")
