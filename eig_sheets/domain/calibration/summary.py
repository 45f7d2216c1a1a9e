"""What is told of the drawn ranks: intervals, probability of selection, zone."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from eig_sheets.domain.calibration.design import Floats, Places
from eig_sheets.domain.calibration.sampling import Ranks
from eig_sheets.domain.scoring import EQUAL_DECIMALS

RANK_DECIMALS, PROBABILITY_DECIMALS, NOTE_DECIMALS = 2, 4, 3
"""Published decimals, far above the last bits of any machine; finer differences mean nothing."""

_TWENTIETHS = {"interval_50": (5, 15), "interval_90": (1, 19)}


def settled(values: Floats, decimals: int) -> Floats:
    """Values rounded for good, twice: to the billionth, then to `decimals`.

    So a value that is exactly between two others in the model (12.0625, to three decimals) goes the same way on every
    machine, whichever side of it the last bits were. A minus zero is a zero.
    """
    rounded: Floats = np.round(np.round(values, EQUAL_DECIMALS), decimals) + 0.0
    return rounded


class Zone(StrEnum):
    """Where the jury's time goes (Heyard et al. 2022): the 50 % interval beside the funding line."""

    IN = "retenu"  # all of the interval is above the line
    DELIBERATION = "deliberation"  # the interval holds the line
    OUT = "non_retenu"  # all of it is below


def pooled(values: Floats, equals: Places) -> Floats:
    """The mean of each set of equals (dossiers,), for each of them."""
    means: Floats = (np.bincount(equals, weights=values) / np.bincount(equals))[equals]
    return means


def selected(ranks: Ranks, equals: Places, places: int) -> Floats:
    """P(rank ≤ places) of each dossier (dossiers,); Σ is `places`, before rounding."""
    within = np.count_nonzero(ranks <= places, axis=0).astype(float)
    return settled(pooled(within, equals) / len(ranks), PROBABILITY_DECIMALS)


def intervals(ranks: Ranks, equals: Places) -> dict[str, list[tuple[int, int]]]:
    """The 50 % and 90 % intervals [lowest, highest] of each dossier's rank.

    A bound is the smallest rank r such that P(rank ≤ r) is at least ¼, ¾, 5 % or 95 %. Equals share their draws.
    """
    drawn = np.sort(ranks.T, axis=1)
    twentieths = [twentieth for pair in _TWENTIETHS.values() for twentieth in pair]
    bounds = {twentieth: drawn[:, _place(twentieth, len(ranks))].copy() for twentieth in twentieths}
    sizes = np.bincount(equals)
    for label in np.flatnonzero(sizes > 1):
        members = np.flatnonzero(equals == label)
        together = np.sort(drawn[members], axis=None)
        for twentieth, bound in bounds.items():
            bound[members] = together[_place(twentieth, len(together))]
    return {
        name: list(zip(bounds[low].tolist(), bounds[high].tolist(), strict=True))
        for name, (low, high) in _TWENTIETHS.items()
    }


def _place(twentieth: int, count: int) -> int:
    return -(-count * twentieth // 20) - 1


def zones(expected: Floats, halves: list[tuple[int, int]], places: int) -> tuple[float | None, list[Zone | None]]:
    """The funding line, which is the `places`-th smallest expected rank, and each zone.

    As many places as dossiers: there is no line, and no zone.
    """
    if places >= len(expected):
        return None, [None] * len(expected)
    line = float(np.sort(expected)[places - 1])
    return line, [
        Zone.IN if highest < line else Zone.OUT if lowest > line else Zone.DELIBERATION for lowest, highest in halves
    ]
