"""The results of a call: its steps one after the other, then its features, then all that is wrong. Pure."""

from __future__ import annotations

from eig_sheets.call.applications.applications import APPLICATIONS, applications_of
from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_of
from eig_sheets.call.jury.assignments import RECORDED, Recorded, expected_of, recorded_of
from eig_sheets.call.jury.scored_versions import NOTHING_KNOWN, OUTDATED, Known, outdated
from eig_sheets.call.scoring.scores import SCORES, scores_of, with_proposals
from eig_sheets.call.selection.selection import SELECTION, selection_of
from eig_sheets.campaign import checks
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import with_features
from eig_sheets.campaign.results import Results
from eig_sheets.workbook.anomalies import Anomaly, limited


def compute(
    reading: Reading,
    reported: tuple[Anomaly, ...] = (),
    recorded: Recorded | None = None,
    scored: Known = NOTHING_KNOWN,
) -> Results:
    """Every result of a reading without problem in its tabs or headers; `reported` are anomalies found elsewhere.

    `recorded`: who is to read what, where the tab may not say all that was recorded. `scored`: what jurors had scored,
    and of which version of the dossiers, when the last run read it.
    """
    results = Results().having(RECORDED, recorded_of(reading) if recorded is None else recorded)
    applications = applications_of(reading)
    results = results.having(APPLICATIONS, applications)
    earlier = outdated(reading, scored)
    results = results.having(OUTDATED, earlier)
    changed = {str(anomaly.dossier) for anomaly in earlier}
    results = results.having(SCORES, scores_of(reading, applications, expected_of(reading, results), changed))
    results = results.having(COFINANCING, cofinancing_of(reading, applications))
    results = _selected(reading, results)
    return _checked(reading, with_features(reading, results), reported)


def _selected(reading: Reading, results: Results) -> Results:
    """The results with the selection of a call that has limits, and the ranking with what it proposes."""
    scores, dossiers = results.of(SCORES), results.of(APPLICATIONS).dossiers
    selection = selection_of(reading, dossiers, scores.ranking, results.of(COFINANCING))
    results = results.having(SELECTION, selection)
    if selection is None:
        return results
    proposed = with_proposals(scores, results, reading.campaign, selection.proposals, selection.unforced)
    return results.having(SCORES, proposed)


def _checked(reading: Reading, results: Results, reported: tuple[Anomaly, ...]) -> Results:
    """The results with what is wrong: what cells and rules tell, and what was `reported`."""
    checked = (*checks.of_reading(reading), *checks.of_rules(reading, results), *reported)
    here = [*reading.listed_here(checked)]
    shown, anomalies = {*here}, in_order(reading, (*reading.anomalies, *here))
    elsewhere = (anomaly for anomaly in (*checked, *checks.of_other(reading, results)) if anomaly not in shown)
    return Results(results.values, anomalies, tuple(limited(elsewhere)))
