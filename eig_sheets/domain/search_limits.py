"""Where a search of the best stops: at a number of steps, never at the clock, so that equal data have equal answers."""

from __future__ import annotations

from typing import Final

MOST_NODES: Final = 2_000
"""Nodes of a branch-and-bound. Real calls take one, the hardest of the benchmarks less than a hundred."""


class NoSolverError(Exception):
    """Nothing can be searched: HiGHS is not installed with this Python."""


class SearchCutError(Exception):
    """A search stopped before it found any answer, or proved that there is none."""
