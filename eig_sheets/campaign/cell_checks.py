"""What is wrong with cells that were read, where the reading alone tells: no rule has to be applied. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.campaign.appeal_checks import appeal_anomalies
from eig_sheets.campaign.availability import availability_anomalies
from eig_sheets.campaign.metier_checks import metier_anomalies
from eig_sheets.campaign.milestone_names import milestone_name_anomalies
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recruitment_checks import contract_anomalies
from eig_sheets.campaign.wish_checks import wish_anomalies
from eig_sheets.workbook.anomalies import Anomaly


def anomalies_of(reading: Reading) -> tuple[Anomaly, ...]:
    """All that is wrong with its cells, as far as the reading tells."""
    return reading.anomalies if reading.problems else (*reading.anomalies, *cell_anomalies(reading))


def cell_anomalies(reading: Reading) -> Iterator[Anomaly]:
    """The anomalies of a reading without problem in its tabs or headers, besides `Reading.anomalies`."""
    yield from contract_anomalies(reading)
    yield from metier_anomalies(reading)
    yield from milestone_name_anomalies(reading)
    yield from appeal_anomalies(reading)
    if reading.owns("candidatures"):
        yield from availability_anomalies(reading)
    yield from wish_anomalies(reading)
