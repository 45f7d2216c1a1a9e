"""Cells that keep a co-financing from being settled, by their header and place, and the anomalies of some. Pure."""

from __future__ import annotations

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.domain.frames import objects
from eig_sheets.text.french import typographic
from eig_sheets.workbook.layout import TabLayout


def with_cells_to_check(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """The co-financing with `to_check`: for each dossier, a tuple of « header » and place of each doubtful cell."""
    tab = reading.layout_of("candidatures")
    tab_id = recruits_tab(reading.campaign)
    people = reading.layout_of(tab_id) if tab_id and reading.has(tab_id) else None
    rows = zip(dossiers["row"], money["doubtful"], money["doubtful_recruits"], strict=True)
    cells = (
        (
            *(_cell(tab, field, int(row)) for field in fields),
            *(_cell(people, field, place) for place, field in recruits if people is not None),
        )
        for row, fields, recruits in rows
    )
    return money.assign(to_check=objects(cells, money.index))


def _cell(tab: TabLayout, field: str, row: int) -> str:
    """« Nombre d’EIG demandés » (Candidatures!R5)."""
    place = tab.reference(field, row)
    return typographic(f"« {tab.header(field)} »{f' ({place})' if place else ''}")
