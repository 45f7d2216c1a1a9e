"""The results of the call for talents, as the rest of the program asks for them."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.jury.assignments import RECORDED, assignments_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import FeatureResult
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.features.talents.results import TalentResults, talent_results
from eig_sheets.features.talents.subject import SUBJECT
from eig_sheets.features.talents.tabs import TALENTS


def _computed(reading: Reading, results: Results) -> TalentResults | None:
    pairs = results.of(RECORDED).get(TALENTS, ())
    assigned = assignments_of(reading.holding(TALENTS), pairs, SUBJECT) if pairs else None
    return talent_results(reading, panels(reading), assigned)


RESULTS: Final = FeatureResult("talents", compute=_computed)
"""What the rules say of candidates; None where there are none."""
