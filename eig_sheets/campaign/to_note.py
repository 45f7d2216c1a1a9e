"""Which dossiers, and which candidates, the jury is to read and note. Pure."""

from __future__ import annotations

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_results import assessed_candidates
from eig_sheets.domain import eligibility
from eig_sheets.domain.ranking import to_read
from eig_sheets.domain.talents.ranking import to_hear


def dossiers_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the dossiers that the jury reads: those that would be ranked once they are."""
    dossiers, campaign = reading.valid_rows("candidatures"), reading.campaign
    available = reading.layout_of("candidatures").available
    return to_read(dossiers, eligibility.assess(dossiers, available, campaign.campaign, campaign.eligibility))


def candidates_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the candidates whom the jury hears; none without their tab."""
    if not reading.has("talents"):
        return []
    candidates, evaluations, assessed = assessed_candidates(reading)
    return to_hear(candidates, assessed, evaluations["candidature"])
