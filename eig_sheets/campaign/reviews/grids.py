"""The grids of a call: what each of its juries scores, on which criteria, and until when. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.reviews.received_notes import DOSSIER_NOTES_TAB, NotesTab
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import Criterion


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """What a jury fills: the tabs of its evaluations, its criteria and its scale.

    `last_day`: the last one on which a page may be saved, None when nothing says it. A feature adds one as a part.
    """

    notes: NotesTab
    criteria: Callable[[Campaign], tuple[Criterion, ...]]
    scale: Callable[[Campaign], tuple[float, float]]
    last_day: Callable[[Campaign], date | None]

    def labels(self, campaign: Campaign) -> list[tuple[str, str]]:
        """The (id, label) of the criteria, in the order of the columns."""
        return [(criterion.id, criterion.label) for criterion in self.criteria(campaign)]


def _last_day(campaign: Campaign) -> date | None:
    closes = campaign.scoring.closes
    return closes.date() if isinstance(closes, datetime) else closes


OF_DOSSIERS: Final = Grid(
    notes=DOSSIER_NOTES_TAB,
    criteria=lambda campaign: campaign.criteria,
    scale=lambda campaign: campaign.scale,
    last_day=_last_day,
)


def grids(campaign: Campaign) -> tuple[Grid, ...]:
    """That of the jury of projects, then those of features."""
    return (OF_DOSSIERS, *campaign.features.parts(Grid))


def notes_tabs(campaign: Campaign) -> tuple[NotesTab, ...]:
    """The tabs of what jurors' pages say, each with that of people's of the same evaluations."""
    return tuple(grid.notes for grid in grids(campaign))
