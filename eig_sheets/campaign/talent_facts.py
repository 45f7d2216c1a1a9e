"""What the teams need to know of each candidate: note, valid wishes, eligibility. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.domain.eligibility import EligibilityStatus

_DECIMALS: Final = 3
"""Notes are compared to the thousandth."""


@dataclass(frozen=True, slots=True)
class TalentFacts:
    """By the number of a candidature: `notes` out of 20; valid `wishes`, project → its place from 1; the `ineligible`.

    The note is the mean of the evaluations that count, whatever the project heard for: the jury may propose another.
    """

    notes: Mapping[str, float]
    wishes: Mapping[str, Mapping[str, int]]
    ineligible: frozenset[str]


def facts_of(results: TalentResults) -> TalentFacts:
    """What the rules say of the candidates."""
    notes = results.scores.by_candidate["note"].dropna().round(_DECIMALS)
    chosen, assessed = results.choices, results.eligibility
    wishes = zip(chosen["candidature"], chosen["wishes"], strict=True)
    return TalentFacts(
        {str(number): float(note) for number, note in notes.items()},
        {number: {project: place for place, project in enumerate(valid, 1)} for number, valid in wishes},
        frozenset(assessed.loc[assessed["status"] == EligibilityStatus.INELIGIBLE, "candidature"]),
    )
