"""Checks of co-financing: costs far from the estimates of the call, or typed in each other's place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.checks import about, records
from eig_sheets.call.cofinancing import rules_costs
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.rules_costs import (
    OVER_5_YEARS,
    SIMULATIONS,
    UP_TO_5_YEARS,
    Costs,
    costs_of_one,
    out_of_order,
)
from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import euros
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking

DOUBTFUL_COST: Final = blocking(
    "simulation_a_verifier",
    "Coût de {value} pour un EIG, alors que l’estimation est de {limit} : total d’équipe ? coût mensuel ? Le "
    "montant reste une fourchette, sous réserve.",
    "Demandez au porteur le coût total employeur d’un seul EIG, sur toute la durée du contrat. S’il est juste, "
    "élargissez cofinancing.plausible dans la configuration.",
)
COSTS_REVERSED: Final = blocking(
    "couts_inverses",
    "« {header} » ({value}, {place}) dépasse « {second} » ({limit}, {second_cell}) : colonnes inversées ? "
    "Le montant reste une fourchette, sous réserve.",
    "Vérifiez les deux coûts avec le porteur, puis corrigez-les ou échangez-les.",
)


def doubtful_costs(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> Iterator[Anomaly]:
    """The costs out of proportion with the estimates of the call (`rules_costs.plausible`)."""
    campaign = reading.campaign
    estimates = rules_costs.estimates(campaign.cofinancing, campaign.salaries)
    for field, (low, high) in rules_costs.plausible(campaign.cofinancing, campaign.salaries).items():
        doubtful = money["questioned"] & ((dossiers[field] < low) | (dossiers[field] > high))
        for dossier in records(dossiers[doubtful]):
            limit = euros(estimates[field])
            yield about(reading, DOUBTFUL_COST, dossier, field, euros(dossier[field]), limit)


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


def _of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    if reading.owns("candidatures"):
        dossiers, money = results.of(APPLICATIONS).dossiers, results.of(COFINANCING)
        yield from doubtful_costs(reading, dossiers, money)
        yield from reversed_cost_anomalies(reading, dossiers, money)


CHECK: Final = Check(of_rules=_of_rules)
