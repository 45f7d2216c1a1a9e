"""Who is proposed in which project: an exact integer program, and what it gives up where not all can be had.

`propose` takes a Problem and gives a Proposal: as many projects served as can be, then as many of the métiers that they
ask for, then the best notes and wishes.
"""

from eig_sheets.domain.teams.problem import Candidate, Pair, Problem, Project, Relaxed, TeamDemandKind, Worth, worth
from eig_sheets.domain.teams.propose import Proposal, propose

__all__ = [
    "Candidate",
    "Pair",
    "Problem",
    "Project",
    "Proposal",
    "Relaxed",
    "TeamDemandKind",
    "Worth",
    "propose",
    "worth",
]
