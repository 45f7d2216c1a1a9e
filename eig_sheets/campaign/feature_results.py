"""What the rules of a feature say of a workbook, and how the rest of the program asks for it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from eig_sheets.campaign.assignments import Recorded
from eig_sheets.campaign.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class FeatureResult(Generic[T]):
    """A result of a feature: a key, by which `Found` has it, and how to compute it.

    `compute`: from a reading, and who is to review what.
    """

    compute: Callable[[Reading, Recorded], T]


@dataclass(frozen=True, slots=True)
class Found:
    """The results of the features of a call, by their keys."""

    results: Mapping[FeatureResult[Any], Any] = field(default_factory=dict)

    def of(self, key: FeatureResult[T]) -> T:
        """The result of a feature that is on. Raises KeyError."""
        return cast("T", self.results[key])


def found_in(reading: Reading, recorded: Recorded) -> Found:
    """The results of the features of its call."""
    parts = reading.campaign.features.parts(FeatureResult)
    return Found({part: part.compute(reading, recorded) for part in parts})
