"""The part by which a feature says how long what runs leave in the history is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eig_sheets.config import Campaign


@dataclass(frozen=True, slots=True, eq=False)
class HistoryPeriods:
    """How long a call keeps what its runs leave: the sections that say so, `runs` and `copies`.

    `keeps_copies`: whether the call decided how long the copies of its workbook stay, which name people; else none is
    made.
    """

    runs: str
    copies: str
    keeps_copies: Callable[[Campaign], bool]


def periods_of(campaign: Campaign) -> HistoryPeriods | None:
    """The periods of a call; None where no feature has any: runs and copies then stay."""
    return next(iter(campaign.features.parts(HistoryPeriods)), None)


def keeps_copies(campaign: Campaign) -> bool:
    """Whether each run leaves a copy of the workbook."""
    periods = periods_of(campaign)
    return periods is None or periods.keeps_copies(campaign)
