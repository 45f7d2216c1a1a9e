"""Where each value of the rules comes from: a cell that officers typed, or a comment of the configuration."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.overrides import Overrides, of_key
from eig_sheets.config import Campaign, sources
from eig_sheets.text.french import day, moment

CONFIGURED: Final = "configuration de la campagne"
DEFAULT: Final = "hypothèse : valeur par défaut d’eig-sheets"


class RuleSources:
    """Gives the source of a value by its key, and remembers those that have none.

    `unsourced`: the keys that were asked for, whose value a file gives without a comment beside it.
    """

    def __init__(self, campaign: Campaign, overrides: Overrides) -> None:
        self._comments = sources(campaign.path, campaign.provenance)
        self._file_of = campaign.provenance.file_of
        self._origins = overrides.origins
        self.unsourced: dict[str, None] = {}

    def __call__(self, key: str) -> str:
        """Its cells, else its comment, else that no file gives it; CONFIGURED when it is `unsourced`."""
        return self.cells(key) or self.comment(key)

    def cells(self, key: str) -> str:
        """The cells in which officers typed it; '' for none."""
        return " ; ".join(map(str, of_key(self._origins, key)))

    def comment(self, key: str) -> str:
        """What the configuration says of it, whatever officers typed."""
        if key not in self._comments and self._file_of(key) is not None:
            self.unsourced[key] = None
            return CONFIGURED
        return self._comments.get(key, DEFAULT)

    @staticmethod
    def day(value: date | datetime) -> str:
        """A day or a moment, in words."""
        return moment(value) if isinstance(value, datetime) else day(value)
