"""Where each value of the rules comes from: a cell that officers typed, or a comment of the configuration."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.overrides import Overrides, of_key
from eig_sheets.config import Campaign, sources
from eig_sheets.text.french import day, moment

CONFIGURED: Final = "configuration de la campagne"


class RuleSources:
    """Gives the source of a value by its key."""

    def __init__(self, campaign: Campaign, overrides: Overrides) -> None:
        self._comments = sources(campaign.path, campaign.provenance)
        self._origins = overrides.origins

    def __call__(self, key: str) -> str:
        """Its cells, else its comment, else that it is configured."""
        cells = " ; ".join(map(str, of_key(self._origins, key)))
        return cells or self._comments.get(key, CONFIGURED)

    @staticmethod
    def day(value: date | datetime) -> str:
        """A day or a moment, in words."""
        return moment(value) if isinstance(value, datetime) else day(value)
