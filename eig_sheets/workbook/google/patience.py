"""How long Google is asked again: truncated exponential waits with full jitter, within a budget."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")

MOST_CALLS = 20
"""Calls for one answer, however short the waits drawn: a run stays under Google's 60 requests a minute."""


class TryAgainError(Exception):
    """The call may be made again, harmlessly. `refusal` is raised when it is not; `asked`: seconds to wait at least."""

    def __init__(self, refusal: Exception, asked: float = 0) -> None:
        super().__init__()
        self.refusal = refusal
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: the first wait is drawn below `base`, the next below its double, up to `cap`.

    No call is made once `budget` seconds would have passed since the first; a call itself may last longer.
    """

    base: float = 1
    cap: float = 32
    budget: float = 150

    def insist(self, call: Callable[[], T]) -> T:
        """What `call` returns, called again as long as it raises TryAgainError; its last refusal in the end."""
        start, calls = monotonic(), 0
        while True:
            calls += 1
            try:
                return call()
            except TryAgainError as again:
                refusal, wait = again.refusal, again.asked + self._drawn(calls)
            if calls == MOST_CALLS or monotonic() - start + wait > self.budget:
                raise refusal
            sleep(wait)

    def _drawn(self, calls: int) -> float:
        return random.uniform(0, min(self.cap, self.base * 2 ** (calls - 1)))  # noqa: S311 (waits are no secret)
