"""The scores of a call: the notes of its jury, what corrects them, and the ranking. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS, Applications
from eig_sheets.call.scoring import rules_ranking, rules_scoring, sensitivity
from eig_sheets.call.scoring.calibration import Calibration, calibrate, expected_ranks, on_scale
from eig_sheets.call.scoring.sensitivity import Ballots
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result, Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.config import Campaign


@dataclass(frozen=True, slots=True)
class Scores:
    """What the jury says of the dossiers.

    `evaluations` as parsed, `evaluated` with their status and note; `calibration`, what corrects them; `ranking` in
    official order, with what is proposed; `departed`: the same, with what would be proposed had people decided nothing,
    which decisions are compared with.
    """

    evaluations: pd.DataFrame
    evaluated: pd.DataFrame
    calibration: Calibration
    ranking: pd.DataFrame
    departed: pd.DataFrame


SCORES: Final = Result[Scores]("scores")


def scores_of(
    reading: Reading, applications: Applications, expected: pd.Series | None, outdated: Collection[str]
) -> Scores:
    """The scores of a reading, by the rules of the call.

    `expected`: how many evaluations each dossier should have, by number; None where nothing is recorded. `outdated`:
    the numbers of the dossiers that changed since a juror scored them.
    """
    campaign, dossiers = reading.campaign, applications.dossiers
    evaluations = reading.valid_rows("evaluations")
    if not reading.owns("candidatures"):
        evaluations = evaluations.iloc[:0]
    evaluated = rules_scoring.evaluate(evaluations, campaign.criteria, campaign.scoring)
    notes = rules_scoring.score(
        evaluated, evaluations, dossiers["numero"], campaign.criteria, campaign.scoring, expected
    )
    contenders = rules_ranking.contenders(dossiers, applications.eligibility, notes)
    corrected = _calibrated(reading, evaluated, contenders)
    sections = campaign.campaign, campaign.ranking, campaign.scoring
    ranked = rules_ranking.rank(dossiers, applications.eligibility, notes, corrected, *sections, sorted(outdated))
    return Scores(evaluations, evaluated, corrected, ranked, ranked)


def with_proposals(
    scores: Scores, results: Results, campaign: Campaign, proposed: pd.Series, free: pd.Series
) -> Scores:
    """The scores with other proposals than those of the rank: `proposed`, and those `free` of what people decided."""
    sections = campaign.campaign, campaign.ranking, campaign.scoring
    eligibility = results.of(APPLICATIONS).eligibility
    ranked, departed = (
        rules_ranking.with_proposals(scores.ranking, proposals, eligibility, scores.calibration, *sections)
        for proposals in (proposed, free)
    )
    return replace(scores, ranking=ranked, departed=departed)


def _calibrated(reading: Reading, evaluated: pd.DataFrame, ranked: list[str]) -> Calibration:
    campaign = reading.campaign
    corrected = calibrate(
        included_votes(evaluated),
        ranked,
        campaign.campaign.target,
        note_range(campaign),
        panels(reading),
        campaign.ranking.zone,
    )
    lowest = rules_scoring.OUT_OF * campaign.scoring.min / campaign.scoring.max
    return on_scale(corrected, lowest, rules_scoring.OUT_OF)


def included_votes(evaluated: pd.DataFrame) -> pd.DataFrame:
    """The evaluations that count, of those that `rules_scoring` evaluated."""
    return evaluated[evaluated["status"] == rules_scoring.EvaluationStatus.INCLUDED]


def note_range(campaign: Campaign) -> float:
    """The highest minus the lowest note out of 20 that a juror can give."""
    scale = campaign.scoring
    return rules_scoring.OUT_OF * (scale.max - scale.min) / scale.max


def ballots(results: Results, campaign: Campaign, *, official: bool = True) -> Ballots:
    """The evaluations behind the ranking, for its sensitivity (`sensitivity.scenarios`).

    Of the `official` ranking, which may go by expected rank, or of the one by the note whatever the official one is.
    """
    scores = results.of(SCORES)
    ranked = scores.ranking.loc[scores.ranking["rank"].notna(), "numero"].tolist()
    rules, expected = campaign.ranking, None
    if official and rules_ranking.by_expected_rank(rules, scores.calibration):
        group_of = {str(juror): group for juror, group in scores.calibration.jurors["groupe"].dropna().items()}
        expected = partial(expected_ranks, note_range=note_range(campaign), group_of=group_of)
    return sensitivity.ballots(
        ranked, scores.evaluated, scores.evaluations, campaign.criteria, campaign.scoring, rules.tie_break, expected
    )
