"""Checks the e-mail addresses of people's tabs for characters that look like others."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from eig_sheets.text.confusables import misleads
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.parse import Table, dossier_of
from eig_sheets.workbook.quoting import quoted


def misleading(table: Table, allowed: Collection[str]) -> list[Anomaly]:
    """An anomaly for each misleading address, but for the addresses, or « @domaine », that the campaign allows."""
    return limited(_misleading(table, allowed))


def _misleading(table: Table, allowed: Collection[str]) -> Iterator[Anomaly]:
    layout = table.layout
    for field in layout.schema.fields:
        if field.kind is not Kind.EMAIL or field.id not in layout.columns:
            continue
        for row in table.frame.loc[table.frame[field.id].notna(), "row"].tolist():
            typed = str(layout.tab.value(row, layout.columns[field.id])).strip()
            if reason := misleads(typed, allowed):
                yield anomaly(
                    "adresse_trompeuse",
                    layout.name,
                    layout.cell(field.id, row),
                    dossier_of(table.frame, row),
                    value=quoted(typed),
                    header=layout.header(field.id),
                    reason=reason,
                )
