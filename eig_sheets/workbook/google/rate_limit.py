"""Rate limit of reads: Google allows 60 a minute per user, whatever the number of machines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic, sleep

READS_PER_MINUTE = 40
"""Reads in any minute; the rest of the quota is for runs on other machines and for people's own scripts."""


class RateLimit:
    """A sliding-window rate limit: at most `max_calls` calls in any `seconds`."""

    def __init__(
        self,
        max_calls: int = READS_PER_MINUTE,
        seconds: float = 60,
        *,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], object] = sleep,
    ) -> None:
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._calls: deque[float] = deque(maxlen=max_calls)

    def wait(self) -> None:
        """Wait until one more call is allowed, and count it."""
        if len(self._calls) == self._calls.maxlen:
            wait = self._calls[0] + self._seconds - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._calls.append(self._clock())
