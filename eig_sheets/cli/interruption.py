"""The Ctrl-C that Python drops: a KeyboardInterrupt raised while an object is destroyed goes no further.

`__del__` and the callbacks of weak references have nobody to raise it to: Python prints it and goes on. So it is kept
here, and raised again before anything else leaves or is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_dropped = Event()


@contextmanager
def kept() -> Iterator[None]:
    """Keep each interruption that Python drops meanwhile; what else it drops is shown as usual."""
    usual = sys.unraisablehook

    def keep(dropped: UnraisableHookArgs) -> None:
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            _dropped.set()
        else:
            usual(dropped)

    _dropped.clear()
    sys.unraisablehook = keep
    try:
        yield
    finally:
        sys.unraisablehook = usual


def obey() -> None:
    """Raise KeyboardInterrupt, once, when one was dropped."""
    if _dropped.is_set():
        _dropped.clear()
        raise KeyboardInterrupt
