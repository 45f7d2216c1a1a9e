"""The SHA-256 of the inputs of a ranking: two people who have the same digest have the same data.

It names nobody, so that what is kept of a run without a name has the same one (`history verify`).
"""

from __future__ import annotations

from eig_sheets.campaign import ranking_digest
from eig_sheets.campaign.ranking_inputs import inputs_of
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign


def inputs(results: Results, campaign: Campaign) -> bytes:
    """The inputs of the ranking, the same bytes whatever the order of the rows (`ranking_digest.inputs`)."""
    return ranking_digest.inputs(inputs_of(results, campaign))


def digest(results: Results, campaign: Campaign) -> str:
    """The SHA-256 of the inputs, in hexadecimal."""
    return ranking_digest.digest(inputs_of(results, campaign))
