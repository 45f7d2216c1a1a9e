"""Dossiers of `Candidatures` that were deleted on Démarche Numérique: an anomaly each, until people decide. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REFUSED, WITHDRAWN
from eig_sheets.storage.last_run import Withdrawal
from eig_sheets.workbook.anomalies import Anomaly, anomaly

_SETTLED: Final = (WITHDRAWN, REFUSED)


def anomalies(reading: Reading, withdrawn: Mapping[str, Withdrawal]) -> Iterator[Anomaly]:
    """One for each withdrawn dossier that has a row where nobody decided « Désisté » or « Non retenu »."""
    table = reading.tables.get("candidatures")
    if table is None or not withdrawn:
        return
    frame, layout, zone = table.frame, table.layout, reading.campaign.zone
    for dossier in frame[frame["numero"].isin([*withdrawn])].itertuples():
        if dossier.decision in _SETTLED:
            continue
        told = withdrawn[str(dossier.numero)]
        day = f"{told.moment.astimezone(zone):%d/%m/%Y}"
        cell, header = layout.cell("decision", int(str(dossier.row))), layout.header("decision")
        number = str(dossier.numero)
        yield anomaly("dossier_supprime", layout.name, cell, number, header=header, day=day, reason=told.reason)
