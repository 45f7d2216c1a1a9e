"""Candidates and their evaluations, typed in the workbook of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eig_sheets.spreadsheet.model.cells import CellValue
from tests.columns import cell_of
from tests.features.talents.anomalous_talents import candidate, review
from tests.people_cells import type_in
from tests.program import Campaign
from tests.workbook.snapshots import Row

PROJECTS = ("3712437", "3720749")
"""Selected projects of the demonstration."""


def type_rows(campaign: Campaign, tab_id: str, name: str, rows: Sequence[Row]) -> None:
    """Type rows under the headers of a tab."""
    header = next(number for number, cells in enumerate(_rows(campaign, name), 1) if "N° de candidature" in cells)
    for number, row in enumerate(rows, header + 1):
        for field, value in row.items():
            typed = f"{value:%d/%m/%Y %H:%M:%S}" if isinstance(value, datetime) else value
            type_in(campaign.workbook, name, cell_of(tab_id, field, number), typed)


def type_candidates(campaign: Campaign) -> None:
    """Three candidates, two of whom were heard for the project of their first wish."""
    people = [
        candidate("T1", statut="Présélectionné", voeu_1=PROJECTS[0], voeu_2=PROJECTS[1]),
        candidate("T2", statut="Présélectionné", voeu_1=PROJECTS[0], prenom="Noa", email="noa@candidat.example"),
        candidate("T3", statut_actuel="Fonctionnaire", email="lou@candidat.example"),
    ]
    scores = {"T1": 3.0, "T2": 4.0}
    names = read_jurors(campaign)[:2]
    reviews = [
        {**review(number, "", *[score] * 5, numero=PROJECTS[0]), "jure": name}
        for number, score in scores.items() for name in names
    ]  # fmt: skip
    type_rows(campaign, "talents", "Talents", people)
    type_rows(campaign, "evaluations_talents", "Évaluations talents", reviews)


def read_jurors(campaign: Campaign) -> list[str]:
    """The addresses of the jury."""
    return sorted({cell for row in _rows(campaign, "Jury") for cell in row if isinstance(cell, str) and "@" in cell})


def _rows(campaign: Campaign, name: str) -> Sequence[Sequence[CellValue]]:
    tab = campaign.read().tab(name)
    assert tab is not None
    return tab.rows
