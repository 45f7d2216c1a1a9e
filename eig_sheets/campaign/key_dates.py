"""The days of a feature that the rest of a call goes by. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from eig_sheets.config import Campaign


@dataclass(frozen=True, slots=True, eq=False)
class LastContact:
    """The last day on which a call has to do with people who are not of its projects; None when nothing says it."""

    day: Callable[[Campaign], date | None]


@dataclass(frozen=True, slots=True, eq=False)
class Revealed:
    """The day on which a feature reveals the selected projects, and its key; None when nothing says it."""

    key: str
    day: Callable[[Campaign], date | None]
