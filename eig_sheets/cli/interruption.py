"""Reliable Ctrl-C: records each KeyboardInterrupt, since Python drops those raised where no code can catch them.

In `__del__`, callbacks of weak references, C code that clears errors, the run goes on as if nobody had interrupted it.
So each one is recorded, and raised again before anything else is sent or written.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


_interrupted = Event()


@contextmanager
def recording_interrupts() -> Iterator[None]:
    """Record each Ctrl-C in this context, unless this process ignores them, as one in a shell's background does."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    previous_hook = sys.unraisablehook

    def hook(dropped: UnraisableHookArgs) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            previous_hook(dropped)

    _interrupted.clear()
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = hook
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = previous_hook


def _interrupt(_: int, __: FrameType | None) -> NoReturn:
    _interrupted.set()
    raise KeyboardInterrupt


def raise_if_interrupted() -> None:
    """Raise KeyboardInterrupt, once, for a Ctrl-C that was dropped: not while one is on its way already."""
    if _interrupted.is_set():
        _interrupted.clear()
        if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            raise KeyboardInterrupt
