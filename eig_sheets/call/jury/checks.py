"""Checks of the jury: assignments that hold no more, evaluations of an earlier version of a dossier. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.call.jury.assignments import RECORDED, lapse_anomalies
from eig_sheets.call.jury.scored_versions import OUTDATED
from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.workbook.anomalies import Anomaly, limited


def _of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    yield from limited([*lapse_anomalies(reading, results.of(RECORDED))])
    yield from results.of(OUTDATED)


CHECK: Final = Check(of_rules=_of_rules)
