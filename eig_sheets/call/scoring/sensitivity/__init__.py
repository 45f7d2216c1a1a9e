"""Sensitivity of the official ranking: to a criterion’s weight, to a juror, to small gaps between dossiers."""

from eig_sheets.call.scoring.sensitivity.rank_analysis import Contribution, Gap, RankAnalysis, analyse_rank
from eig_sheets.call.scoring.sensitivity.scenarios import Ballots, Change, Scenario, ballots, scenarios

__all__ = [
    "Ballots",
    "Change",
    "Contribution",
    "Gap",
    "RankAnalysis",
    "Scenario",
    "analyse_rank",
    "ballots",
    "scenarios",
]
