"""SIRET checks: a number that cannot be a SIRET would go as it is into the documents of the finance department."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.text.siret import siret_fault
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.quoting import quoted

DOUBTFUL_SIRET: Final = warning(
    "siret_douteux",
    "« {header} » : « {value} » {reason}.",
    "Vérifiez-le avec le contact gestion, ou videz la cellule : les annexes diront qu’il est à compléter.",
    unintended=True,
)


def siret_anomalies(reading: Reading, dossiers: pd.DataFrame) -> Iterator[Anomaly]:
    """One anomaly for each SIRET that cannot be one."""
    tab = reading.layout.tabs["candidatures"]
    filled = dossiers.dropna(subset="siret")
    for numero, row, typed in zip(filled["numero"], filled["row"], filled["siret"], strict=True):
        if fault := siret_fault(typed):
            cell, header = tab.cell("siret", int(row)), tab.header("siret")
            yield anomaly(DOUBTFUL_SIRET, tab.name, cell, numero, header=header, value=quoted(typed), reason=fault)
