"""The co-financing of a call: what each dossier is entitled to, and what the laureates cost together. Pure."""

from __future__ import annotations

from typing import Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS, Applications
from eig_sheets.call.cofinancing import rules_cofinancing
from eig_sheets.call.cofinancing.doubts import with_cells_to_check
from eig_sheets.call.cofinancing.rules_totals import Totals, totals, without_excluded
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import costed_rows
from eig_sheets.campaign.results import Result, Results
from eig_sheets.config import Campaign

COFINANCING: Final = Result[pd.DataFrame]("cofinancing")
"""Of each dossier, on the index of `Applications.dossiers` (`rules_cofinancing.cofinance`)."""


def cofinancing_of(reading: Reading, applications: Applications) -> pd.DataFrame:
    """The co-financing of each dossier: none for those that are out of the call, in doubt where a cell is."""
    campaign, dossiers = reading.campaign, applications.dossiers
    asked = rules_cofinancing.cofinance(dossiers, campaign.cofinancing, campaign.salaries, costed_rows(reading))
    inside = without_excluded(asked, dossiers, applications.eligibility, campaign.cofinancing)
    return with_cells_to_check(reading, dossiers, inside)


def cofinancing_totals(results: Results, campaign: Campaign) -> Totals:
    """What the laureates cost together, proposed and decided apart."""
    dossiers, ranking = results.of(APPLICATIONS).dossiers, results.of(SCORES).ranking
    return totals(results.of(COFINANCING), dossiers, ranking, campaign.cofinancing.envelope)
