"""Results of a call: what each of its steps, and each of its features, computed of what was read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast

from eig_sheets.campaign.reading_parts import Remembered, Value
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.cells import Rows

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)  # without slots, so that `Result[T](…)` can say of which type it is
class Result(Generic[T_co]):
    """A key, by which `Results` has what a step computed; `nothing`: what it is until then, if it may be."""

    name: str
    nothing: T_co | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What the steps of a call computed, by their keys; each step adds its own, and reads those before it.

    `anomalies`: all that is wrong here. `listed_elsewhere`: anomalies of the rules about cells of the other workbook.
    `remembered`: what this machine remembers for features. `kept_rows`: of tabs that features keep from run to run.
    """

    values: Mapping[Result[Any], Any] = field(default_factory=dict)
    anomalies: tuple[Anomaly, ...] = ()
    listed_elsewhere: tuple[Anomaly, ...] = ()
    kept_rows: Mapping[str, Rows] = field(default_factory=dict)
    remembered: Mapping[Remembered[Any], Any] = field(default_factory=dict)

    def of(self, key: Result[T]) -> T:
        """What a step computed. Raises KeyError where it is not done, and the key says nothing of that."""
        if key not in self.values and key.nothing is None:
            raise KeyError(key.name)
        return cast("T", self.values.get(key, key.nothing))

    def having(self, key: Result[T], value: T) -> Results:
        """These results with that of one step more, or in the place of what it was."""
        return replace(self, values={**self.values, key: value})

    def recalled(self, what: Remembered[Value]) -> Value:
        """What this machine remembers for a feature."""
        return cast("Value", self.remembered.get(what, what.nothing))
