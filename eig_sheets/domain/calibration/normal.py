"""The upper tail of the standard normal distribution, from a table: numpy has no error function of arrays."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

from eig_sheets.domain.calibration.design import Floats

_MAX_DEVIATIONS = 8.0  # standard deviations: beyond, a probability is 0 or 1 to the fifteenth decimal
_STEPS = 2048  # a straight line between two steps is within 2e-6 of the curve

POINTS = np.linspace(-_MAX_DEVIATIONS, _MAX_DEVIATIONS, _STEPS + 1)
"""Where the table and any curve beside it are known, in standard deviations."""

UPPER_TAIL = np.array([erfc(-x / sqrt(2)) / 2 for x in (-POINTS).tolist()])
"""P(Z > x) at these points."""


def upper_tail(deviations: Floats) -> Floats:
    """P(Z > x) for each x; `deviations` are overwritten."""
    return interpolated(UPPER_TAIL, deviations)


def interpolated(curve: Floats, deviations: Floats) -> Floats:
    """A curve that is known at POINTS, at any deviations, which are overwritten."""
    deviations *= _STEPS / (2 * _MAX_DEVIATIONS)
    deviations += _STEPS / 2
    np.clip(deviations, 0, _STEPS - 1e-9, out=deviations)
    below = deviations.astype(np.intp)
    deviations -= below
    deviations *= np.diff(curve)[below]
    deviations += curve[below]
    return deviations
