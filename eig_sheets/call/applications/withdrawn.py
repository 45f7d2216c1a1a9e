"""Dossiers of people's tabs that were deleted on Démarche Numérique: an anomaly each, until people decide. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.subjects import review_subjects
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import REFUSED, WITHDRAWN
from eig_sheets.storage.last_run import LastRun, Withdrawal
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly

_SETTLED: Final = (WITHDRAWN, REFUSED)


def _decided(campaign: Campaign) -> dict[str, tuple[str, Code]]:
    """Where people decide on the rows of each tab, and the anomaly of one that was deleted."""
    return {subject.tab: (subject.withdrawn, subject.deleted) for subject in review_subjects(campaign)}


def anomalies(reading: Reading, withdrawn: Mapping[str, Withdrawal], tab_id: str = "candidatures") -> Iterator[Anomaly]:
    """One for each withdrawn dossier that has a row where nobody decided « Désisté » or « Non retenu »."""
    table = reading.tables.get(tab_id)
    if table is None or not withdrawn:
        return
    decision, code = _decided(reading.campaign)[tab_id]
    frame, layout, zone = table.frame, table.layout, reading.campaign.zone
    key = layout.schema.key
    rows = frame.loc[frame[key].isin([*withdrawn]) & ~frame[decision].isin(_SETTLED), [key, "row"]]
    for number, row in rows.itertuples(index=False):
        told = withdrawn[str(number)]
        day = f"{told.moment.astimezone(zone):%d/%m/%Y}"
        cell, header = layout.cell(decision, int(row)), layout.header(decision)
        yield anomaly(code, layout.name, cell, str(number), header=header, day=day, reason=told.reason)


def known_anomalies(reading: Reading, last_run: LastRun) -> Iterator[Anomaly]:
    """The anomalies of the rows that the last import of each tab found deleted."""
    for tab_id in _decided(reading.campaign):
        yield from anomalies(reading, last_run.imports_of(tab_id).withdrawn, tab_id)
