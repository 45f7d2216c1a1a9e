"""The phases of a call: from which day each tab that belongs to one is of use, by the dates of the configuration. Pure.

Only tabs that would be empty until then have a phase.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.config import Campaign


def _cofinancing(campaign: Campaign) -> date | None:
    """Once every dossier is there, their co-financing can be held against the envelope."""
    return _day(campaign.campaign.closes) if campaign.cofinancing.rule != "none" else None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


_OPENINGS: Final[Mapping[str, Callable[[Campaign], date | None]]] = {
    "cofinancement": _cofinancing,
}


def is_open(tab_id: str, campaign: Campaign, today: date) -> bool:
    """Whether a tab is of use on a day or was before it. Without a phase, it always is."""
    if (opening := _opening(tab_id, campaign)) is None:
        return True
    day = opening(campaign)
    return day is not None and today >= day


def has_phase(tab_id: str, campaign: Campaign) -> bool:
    """Whether the tab waits for its phase."""
    return _opening(tab_id, campaign) is not None


def _opening(tab_id: str, campaign: Campaign) -> Callable[[Campaign], date | None] | None:
    of_features = {tab.id: tab.opens for tab in campaign.features.parts(PeopleTab)}
    return _OPENINGS.get(tab_id) or of_features.get(tab_id)
