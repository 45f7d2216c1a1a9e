"""The order in which anomalies are listed, those of one cause as one line. Pure."""

from __future__ import annotations

from eig_sheets.campaign.reading import Reading
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.workbook.anomalies import Anomaly, Severity, grouped, limited

_AFTER_ALL = (1 << 30, 0)


def in_order(reading: Reading, anomalies: tuple[Anomaly, ...]) -> tuple[Anomaly, ...]:
    """The anomalies to list, one for each cause: blocking ones first, then by tab in people's order, row and column."""
    place = {tab.name: index for index, tab in enumerate(reading.snapshot.tabs)}

    def key(anomaly: Anomaly) -> tuple[bool, int, tuple[int, int]]:
        cell = parse_a1(anomaly.cell) if anomaly.cell else _AFTER_ALL if anomaly.others else (0, 0)
        return anomaly.severity is not Severity.BLOCKING, place.get(anomaly.tab, len(place)), cell

    in_their_order = sorted(limited(sorted(anomalies, key=key)), key=key)
    return tuple(grouped(anomaly.named(reading.snapshot) for anomaly in in_their_order))
