"""Ctrl-C, remembered: Python drops a KeyboardInterrupt that is raised where nobody can have it.

`__del__`, the callbacks of weak references, C code that clears errors: the run goes on as if nobody had asked it to
stop. So each one is remembered, and raised again before anything else leaves or is written.
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

_asked = Event()


@contextmanager
def remembered() -> Iterator[None]:
    """Remember each Ctrl-C meanwhile, unless this process ignores them, as those in the background of a shell do."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    shown = sys.unraisablehook

    def show(dropped: UnraisableHookArgs) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            shown(dropped)

    _asked.clear()
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = show
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = shown


def _interrupt(_: int, __: FrameType | None) -> NoReturn:
    _asked.set()
    raise KeyboardInterrupt


def obey() -> None:
    """Raise KeyboardInterrupt, once, for a Ctrl-C that was dropped: not while one is on its way already."""
    if _asked.is_set():
        _asked.clear()
        if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            raise KeyboardInterrupt
