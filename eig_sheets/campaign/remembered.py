"""What this machine remembers for a feature, beside the workbook: a run is pure, and is given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Remembered(Generic[Value]):
    """What a feature keeps on this machine, by which results have it: a typed key of `Results.remembered`.

    `place`: the function that reads it, « module:name », imported before a run: it takes the state folder and the key
    of the workbook. `nothing`: the value where nobody read it.
    """

    place: str
    nothing: Value
