"""How often Google is asked: it answers 60 reads a minute of one user, whatever the number of machines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic, sleep

MOST = 40
"""Reads in any minute: what is left is for the runs of other machines and for a person's own scripts."""


class Pace:
    """Lets so many calls go in any `seconds`, and has the next one wait."""

    def __init__(
        self,
        most: int = MOST,
        seconds: float = 60,
        *,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], object] = sleep,
    ) -> None:
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._calls: deque[float] = deque(maxlen=most)

    def keep(self) -> None:
        """Wait until one more call may go; it goes now."""
        if len(self._calls) == self._calls.maxlen:
            wait = self._calls[0] + self._seconds - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._calls.append(self._clock())
