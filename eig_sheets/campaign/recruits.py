"""The people who are recruited for projects, from the tab of a feature that has them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from eig_sheets.campaign.people_tabs import recruits_tab
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import RETAINED


@dataclass(frozen=True, slots=True, eq=False)
class CostedRecruits:
    """The rows of the tab of recruits on which a co-financing rests, in a reading that has it.

    `rows`: those that count, and those of which it cannot be told whether they do.
    """

    rows: Callable[[Reading], pd.DataFrame]


def candidate_rows(reading: Reading) -> pd.DataFrame | None:
    """The rows of that tab that count, whoever is recruited; None without such a tab."""
    tab = recruits_tab(reading.campaign)
    return reading.valid_rows(tab) if tab and reading.has(tab) else None


def costed_rows(reading: Reading) -> pd.DataFrame | None:
    """The rows on which a co-financing rests; None without such a tab."""
    tab, parts = recruits_tab(reading.campaign), reading.campaign.features.parts(CostedRecruits)
    return next((part.rows(reading) for part in parts if tab and reading.has(tab)), None)


def recruited(rows: pd.DataFrame) -> pd.DataFrame:
    """Those who are recruited."""
    return rows[rows["statut"].isin([RETAINED])]
