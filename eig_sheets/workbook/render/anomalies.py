"""The tab `Anomalies`: one row per anomaly, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.model.cells import Link, WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.officer_texts import for_officers
from eig_sheets.workbook.render.cells import Rows

COLUMNS = (
    Column(
        "Gravité", width=14, tones=(("Bloquant", Tone.BAD), ("Avertissement", Tone.DOUBT)),
        note="Bloquant : la ligne ne compte pas dans les résultats tant qu’elle n’est pas corrigée.",
    ),
    Column("Onglet", width=18),
    Column("Cellule", width=10, note="Cliquez pour y aller.", names_cells=True),
    Column("N° de dossier", width=15),
    Column("Ce qui ne va pas", Format.WRAPPED, 70),
    Column("Que faire", Format.WRAPPED, 60),
    Column("Code", width=24, note="Le nom de l’anomalie dans la documentation."),
)  # fmt: skip


def rows(anomalies: Sequence[Anomaly]) -> Rows:
    """One row per anomaly, in their order."""
    return tuple(map(_row, anomalies))


def _row(anomaly: Anomaly) -> tuple[WrittenValue, ...]:
    link = Link(anomaly.shown_cell or "", anomaly.tab, anomaly.cell) if anomaly.cell else None
    return (
        anomaly.severity.capitalize(),
        anomaly.tab,
        link,
        anomaly.dossier,
        anomaly.message,
        for_officers(anomaly.remedy),
        anomaly.code,
    )
