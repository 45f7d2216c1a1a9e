"""Times ours beside a peer in the same run, in alternation."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

Found = TypeVar("Found")


def timed(rounds: int, ours: Callable[[], Found], peer: Callable[[], object]) -> tuple[float, float, Found]:
    """The median of each, in seconds, of interleaved rounds, and what ours found."""
    found, taken = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        found.append(ours())
        middle = time.perf_counter()
        peer()
        taken.append((middle - start, time.perf_counter() - middle))
    return median(own for own, _ in taken), median(other for _, other in taken), found[-1]
