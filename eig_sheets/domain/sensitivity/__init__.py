"""Sensitivity of the ranking by the raw notes: to a criterion’s weight, to a juror, to small gaps between dossiers."""

from eig_sheets.domain.sensitivity.contest import Contest, Passing, Pull, contest
from eig_sheets.domain.sensitivity.scenarios import Ballots, Change, Scenario, ballots, scenarios

__all__ = ["Ballots", "Change", "Contest", "Passing", "Pull", "Scenario", "ballots", "contest", "scenarios"]
