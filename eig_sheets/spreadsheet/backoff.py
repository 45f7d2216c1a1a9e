"""Retries with truncated exponential backoff and full jitter, within a time budget."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Final, TypeVar

T = TypeVar("T")

LOGGER: Final = logging.getLogger("eig_sheets.retries")
"""Called before each wait that a person notices, with its seconds, so that the shell can say that nothing hangs."""

NOTICED: Final = 2
"""Seconds of a wait that a person notices."""

MAX_ATTEMPTS = 20
"""Attempts for one call, however short the random waits: a run stays under Google's 60 requests a minute."""


class RetryableError(Exception):
    """A failed call that can safely be retried, after `retry_after` seconds at least; `error` is raised in the end."""

    def __init__(self, error: Exception, retry_after: float = 0) -> None:
        super().__init__()
        self.error = error
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Backoff:
    """Backoff settings in seconds: the first wait is random below `base`, the next below its double, up to `cap`.

    No call is made once `budget` seconds would have passed since the first, nor after `attempts` calls; a call itself
    may last longer.
    """

    base: float = 1
    cap: float = 32
    budget: float = 150
    attempts: int = MAX_ATTEMPTS

    def retry(self, call: Callable[[], T]) -> T:
        """The result of `call`, retried while it raises RetryableError; then raises the last error."""
        start, made = monotonic(), 0
        while True:
            made += 1
            try:
                return call()
            except RetryableError as failure:
                error, wait = failure.error, failure.retry_after + self._random_wait(made)
            if made >= self.attempts or monotonic() - start + wait > self.budget:
                raise error
            if wait >= NOTICED:
                LOGGER.info("nouvel essai dans %d s", math.ceil(wait))
            sleep(wait)

    def _random_wait(self, made: int) -> float:
        return random.uniform(0, min(self.cap, self.base * 2 ** (made - 1)))  # noqa: S311 (waits are no secret)
