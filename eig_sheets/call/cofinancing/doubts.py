"""Cells that keep a co-financing from being settled, by their header and place, and the anomalies of some. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from eig_sheets.call.cofinancing.rules_costs import (
    OVER_5_YEARS,
    SIMULATIONS,
    UP_TO_5_YEARS,
    Costs,
    costs_of_one,
    out_of_order,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.domain.frames import objects
from eig_sheets.text.french import euros, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking
from eig_sheets.workbook.layout import TabLayout

COSTS_REVERSED: Final = blocking(
    "couts_inverses",
    "« {header} » ({value}, {place}) dépasse « {second} » ({limit}, {second_cell}) : colonnes inversées ? "
    "Le montant reste une fourchette, sous réserve.",
    "Vérifiez les deux coûts avec le porteur, puis corrigez-les ou échangez-les.",
)


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


def reversed_cost_anomalies(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> Iterator[Anomaly]:
    """One anomaly for each dossier of which one EIG of up to five years would cost more than one of more.

    At the cell of the first, or at that of the other where the first is only estimated; it names both where both are
    typed. A cost that is not plausible is told as such instead.
    """
    campaign, tab = reading.campaign, reading.layout_of("candidatures")
    if campaign.cofinancing.rule != "months" or dossiers.empty:
        return
    costs: Costs = costs_of_one(dossiers, campaign.cofinancing, campaign.salaries)
    typed_ones = dossiers[SIMULATIONS].notna()
    wrong = out_of_order(costs.used) & money["questioned"] & (costs.doubtful == typed_ones).all(axis=1)
    records: list[Any] = dossiers[wrong].to_dict("records")
    for row, used in zip(records, costs.used[wrong].to_dict("records"), strict=True):
        typed = [field for field in SIMULATIONS if pd.notna(row[field])]
        places = {field: tab.cell(field, row["row"]) if field in typed else "estimé" for field in SIMULATIONS}
        yield anomaly(
            COSTS_REVERSED, tab.name, tab.cell(typed[0], row["row"]), row["numero"],
            header=tab.header(UP_TO_5_YEARS), value=euros(used[UP_TO_5_YEARS]), place=places[UP_TO_5_YEARS],
            second=tab.header(OVER_5_YEARS), limit=euros(used[OVER_5_YEARS]), second_cell=places[OVER_5_YEARS],
        )  # fmt: skip
