"""What the ranking by the raw notes hangs on: a weight, a juror, a hair between two dossiers."""

from eig_sheets.domain.sensitivity.contest import Contest, Passing, Pull, contest
from eig_sheets.domain.sensitivity.scenarios import Ballots, Change, Scenario, ballots, scenarios

__all__ = ["Ballots", "Change", "Contest", "Passing", "Pull", "Scenario", "ballots", "contest", "scenarios"]
