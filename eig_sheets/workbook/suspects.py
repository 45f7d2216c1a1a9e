"""Rows that a check found, with their anomalies; rows of a blocking code are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eig_sheets.domain.frames import named_rows
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.anomaly_limits import described
from eig_sheets.workbook.codes import Code, Severity
from eig_sheets.workbook.parse import Table


@dataclass(frozen=True, slots=True)
class Suspects:
    """Rows with an anomaly of one code, and the function that describes each."""

    code: Code
    rows: pd.DataFrame
    describe: Callable[[Any], Anomaly]

    def anomalies(self) -> Iterator[Anomaly]:
        """The listed anomalies, then the line that counts the others."""
        return described([*named_rows(self.rows)], self.describe)


def leave_out(tables: dict[str, Table], tab_id: str, suspects: Suspects, everything: list[Anomaly]) -> None:
    """Add the anomalies of these rows, and remove the rows from the table when their code blocks."""
    if suspects.code.severity is Severity.BLOCKING:
        tables[tab_id] = tables[tab_id].without(frozenset(suspects.rows["row"].tolist()))
    everything.extend(suspects.anomalies())
