"""An order of the pairs that depends on nothing but names: it chooses among assignments that are equally good.

Any order would do; one that looks random mixes the readers, so that the comparison of dossiers seldom hangs on one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

_COSTS: Final = 1000
_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""The multipliers of splitmix64, which scatters close numbers (Steele, Lea and Flood, 2014)."""


def tie_costs(dossiers: Sequence[str], readers: Sequence[str], order: int) -> npt.NDArray[np.int64]:
    """The cost of each pair (dossiers × readers), from 0 to 999, in one order among others."""
    mixed = _numbers(dossiers)[:, None] ^ ((_numbers(readers)[None, :] + np.uint64(order)) * _MIX[1])
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[0]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
    costs: npt.NDArray[np.int64] = ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(_COSTS)).astype(np.int64)
    return costs


def _numbers(names: Sequence[str]) -> npt.NDArray[np.uint64]:
    digests = (blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "big") for digest in digests], dtype=np.uint64)
