"""The applications of a call: its dossiers, and which of them are eligible. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.call.applications import rules_eligibility
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result


@dataclass(frozen=True, slots=True)
class Applications:
    """The dossiers that no blocking anomaly leaves out, as parsed, and their `eligibility`, on the same index."""

    dossiers: pd.DataFrame
    eligibility: pd.DataFrame


APPLICATIONS: Final = Result[Applications]("applications")


def applications_of(reading: Reading) -> Applications:
    """Those of a reading; none in the workbook of candidates alone: nothing of the projects may be shown there."""
    campaign, dossiers = reading.campaign, reading.valid_rows("candidatures")
    if not reading.owns("candidatures"):
        dossiers = dossiers.iloc[:0]
    available = reading.layout_of("candidatures").available
    assessed = rules_eligibility.assess(dossiers, available, campaign.campaign, campaign.eligibility)
    return Applications(dossiers, assessed)
