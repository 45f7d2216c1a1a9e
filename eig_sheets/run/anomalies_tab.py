"""The columns of anomalies, in the tab `Anomalies` and in the output of `check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.quoting import for_officers
from eig_sheets.workbook.table import Col, Table

TABLE: Final = Table[Anomaly](
    Col(
        "severity", "Gravité", cell=lambda anomaly: anomaly.severity.capitalize(),
        tab=Column(
            "Gravité", width=14, tones=(("Bloquant", Tone.BAD), ("Avertissement", Tone.DOUBT)),
            note="Bloquant : tant qu’elle n’est pas corrigée, ce que dit la cellule, ou toute sa ligne, ne compte pas.",
        ),
    ),
    Col("tab", "Onglet", tab=Column("Onglet", width=18)),
    Col(
        "cell", "Cellule", lambda anomaly: anomaly.shown_cell,
        tab=Column("Cellule", width=10, note="Cliquez pour y aller.", names_cells=True),
        cell=lambda anomaly: Link(anomaly.shown_cell or "", anomaly.tab, anomaly.cell) if anomaly.cell else None,
    ),
    Col("cells", value=lambda anomaly: anomaly.shown_cells),
    Col("dossier", "Dossier", tab=Column("N° de dossier", width=15)),
    Col("code"),
    Col("message", "Ce qui ne va pas", tab=Column("Ce qui ne va pas", Format.WRAPPED, 70)),
    Col(
        "remedy", "Que faire", tab=Column("Que faire", Format.WRAPPED, 60),
        cell=lambda anomaly: for_officers(anomaly.remedy),
    ),
    Col("code", for_programs=False, tab=Column("Code", width=24, note="Le nom de l’anomalie dans la documentation.")),
)  # fmt: skip


def cells(anomalies: Iterable[Anomaly], offered: Mapping[str, str]) -> Rows:
    """The rows of the tab, whose remedies say what officers ask for instead of a command."""
    return TABLE.cells(replace(one, remedy=for_officers(one.remedy, offered)) for one in anomalies)
