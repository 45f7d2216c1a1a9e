"""Results of a campaign: every rule applied to what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import pandas as pd

from eig_sheets.call.applications import rules_eligibility as eligibility
from eig_sheets.call.applications.modifications import NO_CHANGES, ReceivedChanges
from eig_sheets.call.cofinancing import rules_cofinancing as cofinancing
from eig_sheets.call.cofinancing.doubts import with_cells_to_check
from eig_sheets.call.cofinancing.rules_totals import Totals, totals, without_excluded
from eig_sheets.call.jury.grilles import PageLink
from eig_sheets.call.jury.scored_versions import NOTHING_KNOWN, Known, outdated
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.call.scoring import rules_ranking as ranking
from eig_sheets.call.scoring import rules_scoring, sensitivity
from eig_sheets.call.scoring.calibration import Calibration, calibrate, expected_ranks, on_scale
from eig_sheets.call.scoring.sensitivity import Ballots
from eig_sheets.call.selection.selection import Selection, selection_of
from eig_sheets.campaign import checks
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.checks import Assessed
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered, Value
from eig_sheets.campaign.result_parts import FeatureResult, Found, T, costed_rows, found_in
from eig_sheets.campaign.reviews.affectations import Assignment
from eig_sheets.campaign.reviews.assignments import Recorded, assignments_of, expected_reviews, recorded_of
from eig_sheets.campaign.reviews.notes_recues import NOTHING_COLLECTED, CollectedRows
from eig_sheets.campaign.reviews.subjects import DOSSIERS
from eig_sheets.config import Campaign
from eig_sheets.workbook.anomalies import Anomaly, limited
from eig_sheets.workbook.cells import Rows


@dataclass(frozen=True, slots=True)
class Results:
    """The results: one frame for each rule, about the dossiers that no blocking anomaly leaves out.

    `dossiers` as parsed; `eligibility`, `cofinancing` on its index; `evaluations` with their status and note;
    `ranking` in official order; `calibration`, what corrects it; `anomalies` all of them, those of the rules included;
    `rules`: those of the call, recorded and current; `recorded`: who is to review what; `page_links`: where jurors fill
    their pages online; `changes`: what imports brought and the tab does not say; `collected`: the rows of what jurors'
    pages say; `archived`: those of the archive of e-mails; `selection`: the one under limits, of a call that has rules
    for one; `found`: the results of features; `listed_elsewhere`: anomalies of the rules about cells of the other
    workbook, where they are listed; `remembered`: what this machine remembers for features; `kept_rows`: of tabs that
    features keep from run to run.
    """

    dossiers: pd.DataFrame
    evaluations: pd.DataFrame
    evaluated: pd.DataFrame
    eligibility: pd.DataFrame
    ranking: pd.DataFrame
    calibration: Calibration
    cofinancing: pd.DataFrame
    anomalies: tuple[Anomaly, ...]
    rules: tuple[RecordedRule, ...] = ()
    recorded: Recorded = field(default_factory=dict)
    page_links: tuple[PageLink, ...] = ()
    changes: ReceivedChanges = NO_CHANGES
    collected: CollectedRows = NOTHING_COLLECTED
    selection: Selection | None = None
    archived: Rows = ()
    found: Found = field(default_factory=Found)
    listed_elsewhere: tuple[Anomaly, ...] = ()
    kept_rows: Mapping[str, Rows] = field(default_factory=dict)
    remembered: Mapping[Remembered[Any], Any] = field(default_factory=dict)

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Who is to read which dossier."""
        return self.recorded.get(DOSSIERS.tab, ())

    def of(self, key: FeatureResult[T]) -> T:
        """The result of a feature that is on. Raises KeyError."""
        return self.found.of(key)

    def recalled(self, what: Remembered[Value]) -> Value:
        """What this machine remembers for a feature."""
        return cast("Value", self.remembered.get(what, what.nothing))


def compute(
    reading: Reading,
    reported: tuple[Anomaly, ...] = (),
    recorded: Recorded | None = None,
    scored: Known = NOTHING_KNOWN,
) -> Results:
    """Every result of a reading without problem in its tabs or headers; `reported` are anomalies found elsewhere.

    In the workbook of candidates alone, what is about dossiers is empty: nothing of it may be shown there.
    `recorded`: who is to read what, where the tab may not say all that was recorded. `scored`: what jurors had scored,
    and of which version of the dossiers, when the last run read it.
    """
    campaign = reading.campaign
    dossiers, evaluations = reading.valid_rows("candidatures"), reading.valid_rows("evaluations")
    is_here = reading.owns("candidatures")
    if not is_here:
        dossiers, evaluations = dossiers.iloc[:0], evaluations.iloc[:0]
    available = reading.layout_of("candidatures").available
    assessed = eligibility.assess(dossiers, available, campaign.campaign, campaign.eligibility)
    evaluated = rules_scoring.evaluate(evaluations, campaign.criteria, campaign.scoring)
    recorded = recorded_of(reading) if recorded is None else recorded
    assignments = recorded.get(DOSSIERS.tab, ())
    expected = expected_reviews(assignments_of(reading, assignments), assignments)
    scores = rules_scoring.score(
        evaluated, evaluations, dossiers["numero"], campaign.criteria, campaign.scoring, expected
    )
    corrected = _calibrated(reading, evaluated, ranking.contenders(dossiers, assessed, scores))
    sections = campaign.campaign, campaign.ranking, campaign.scoring
    earlier = outdated(reading, scored) if is_here else ()
    changed = sorted({str(anomaly.dossier) for anomaly in earlier})
    ranked = ranking.rank(dossiers, assessed, scores, corrected, *sections, changed)
    asked = cofinancing.cofinance(dossiers, campaign.cofinancing, campaign.salaries, costed_rows(reading))
    money = with_cells_to_check(reading, dossiers, without_excluded(asked, dossiers, assessed, campaign.cofinancing))
    selection = selection_of(reading, dossiers, ranked, money) if is_here else None
    departed = ranked
    if selection is not None:
        ranked, departed = (
            ranking.with_proposals(ranked, proposed, assessed, corrected, *sections)
            for proposed in (selection.proposals, selection.unforced)
        )
    found = found_in(reading, recorded)
    assessment = Assessed(
        dossiers, assessed, money, evaluated, departed, corrected, earlier, selection, recorded, found,
    )  # fmt: skip
    checked = (*checks.of_reading(reading), *checks.of_rules(reading, assessment), *reported)
    here = [*reading.listed_here(checked)]
    shown, anomalies = {*here}, in_order(reading, (*reading.anomalies, *here))
    elsewhere = (anomaly for anomaly in (*checked, *checks.of_other(reading, assessment)) if anomaly not in shown)
    return Results(
        dossiers,
        evaluations,
        evaluated,
        assessed,
        ranked,
        corrected,
        money,
        anomalies,
        recorded=recorded,
        selection=selection,
        found=found,
        listed_elsewhere=tuple(limited(elsewhere)),
    )


def cofinancing_totals(results: Results, campaign: Campaign) -> Totals:
    """What the laureates cost together, proposed and decided apart."""
    return totals(results.cofinancing, results.dossiers, results.ranking, campaign.cofinancing.envelope)


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
    return on_scale(corrected, rules_scoring.OUT_OF * campaign.scoring.min / campaign.scoring.max, rules_scoring.OUT_OF)


def included_votes(evaluated: pd.DataFrame) -> pd.DataFrame:
    """The evaluations that count, of those that `domain.scoring` evaluated."""
    return evaluated[evaluated["status"] == rules_scoring.EvaluationStatus.INCLUDED]


def note_range(campaign: Campaign) -> float:
    """The highest minus the lowest note out of 20 that a juror can give."""
    scale = campaign.scoring
    return rules_scoring.OUT_OF * (scale.max - scale.min) / scale.max


def panels(reading: Reading) -> dict[str, str]:
    """The group of each juror that has one, by address."""
    jury = reading.valid_rows("jury").dropna(subset=["email", "groupe"])
    return dict(zip(jury["email"], jury["groupe"], strict=True))


def ballots(results: Results, campaign: Campaign, *, official: bool = True) -> Ballots:
    """The evaluations behind the ranking, for its sensitivity (`domain.sensitivity`).

    Of the `official` ranking, which may go by expected rank, or of the one by the note whatever the official one is.
    """
    ranked = results.ranking.loc[results.ranking["rank"].notna(), "numero"].tolist()
    rules, expected = campaign.ranking, None
    if official and ranking.by_expected_rank(rules, results.calibration):
        group_of = {str(juror): group for juror, group in results.calibration.jurors["groupe"].dropna().items()}
        expected = partial(expected_ranks, note_range=note_range(campaign), group_of=group_of)
    return sensitivity.ballots(
        ranked, results.evaluated, results.evaluations, campaign.criteria, campaign.scoring, rules.tie_break, expected
    )
