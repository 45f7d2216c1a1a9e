"""Recruitment checks: costs, contracts and counts of recruits that make a co-financing doubtful or inexact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from eig_sheets.campaign.cofinancing_doubts import recruit_anomalies
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.cofinancing import CofinancingStatus
from eig_sheets.domain.contracts import is_reversed, needs_dates
from eig_sheets.domain.costs import SIMULATIONS, costs_of_one
from eig_sheets.domain.decisions import LAUREATE, RETAINED
from eig_sheets.domain.frames import is_yes
from eig_sheets.text.french import euros, number
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import blocking, warning

UNFORESEEN_COST: Final = warning(
    "cout_reel_a_verifier",
    "« {header} » : {value}, hors des coûts prévus par le projet pour lequel cette personne est retenue.",
    "Vérifiez qu’il s’agit du coût total employeur d’une personne pour dix mois (« cofinancing --explain » dit ce "
    "qui était prévu). S’il est juste, laissez-le : c’est lui qui est payé.",
)
TOO_MANY_RECRUITED: Final = warning(
    "trop_de_recrutes",
    "{value} EIG sont retenus dans Talents pour ce projet, qui en demande {limit} : le montant reste une fourchette.",
    "Corrigez « Statut » ou « Projet décidé » dans Talents, ou « Nombre d’EIG demandés » si l’appel l’a accordé.",
)
CONTRACT_REVERSED: Final = blocking(
    "contrat_a_l_envers",
    "« {header} » ({value}) précède le début du contrat ({limit}) : cet EIG ne compte pas dans un montant exact.",
    "Corrigez l’une des deux dates, ou videz la fin du contrat : elle est alors dix mois après le début.",
)


def recruitment_anomalies(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> Iterator[Anomaly]:
    """One anomaly for each project that asks for a co-financing and for which too many people are recruited."""
    tab = reading.layout_of("candidatures")
    asking = money[money["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])].join(
        dossiers[["row", "nombre_eig"]]
    )
    too_many = asking.loc[asking["recruited"] > asking["nombre_eig"], ["numero", "row", "recruited", "nombre_eig"]]
    for numero, row, recruited, asked in too_many.itertuples(index=False):
        cell = tab.cell("nombre_eig", int(row))
        yield anomaly(TOO_MANY_RECRUITED, tab.name, cell, numero, value=number(recruited), limit=number(asked))


def contract_anomalies(reading: Reading) -> Iterator[Anomaly]:
    """Anomalies of recruited people: an unforeseen or unlikely cost, an unknown project, a reversed contract.

    Of the people retained for a laureate that asks for a co-financing, in the workbook that has their tab alone.
    """
    rules = reading.campaign.cofinancing
    if rules.rule == "none" or not (reading.owns("talents") and reading.has("candidatures")):
        return
    dossiers, talents = reading.valid_rows("candidatures"), reading.valid_rows("talents")
    yield from recruit_anomalies(reading, dossiers, costs_of_one(dossiers, rules, reading.campaign.salaries))
    if rules.rule != "months":
        return
    asking = dossiers[is_yes(dossiers["demande_cofinancement"]) & dossiers["decision"].isin([LAUREATE])]
    kept = talents[(talents["statut"] == RETAINED) & talents["projet_decide"].isin(asking["numero"])]
    if kept.empty:
        return
    yield from _unforeseen_costs(reading, kept, asking)
    if needs_dates(rules):
        yield from _reversed_contracts(reading, kept)


def _unforeseen_costs(reading: Reading, kept: pd.DataFrame, asking: pd.DataFrame) -> Iterator[Anomaly]:
    campaign, tab = reading.campaign, reading.layout_of("talents")
    costs = costs_of_one(asking, campaign.cofinancing, campaign.salaries)
    used = costs.used.set_axis(asking["numero"])
    ends, (lowest, highest) = used[SIMULATIONS].dropna(), costs.bounds
    plausible = kept["cout_reel"].between(lowest, highest)  # what is not is told as such
    priced = kept[plausible & kept["projet_decide"].isin(ends.index)]
    for numero, row, cost in priced[["projet_decide", "row", "cout_reel"]].itertuples(index=False):
        low, high = sorted(map(float, ends.loc[numero]))
        if not low <= cost <= high:
            header, cell = tab.header("cout_reel"), tab.cell("cout_reel", int(row))
            yield anomaly(UNFORESEEN_COST, tab.name, cell, numero, header=header, value=euros(cost))


def _reversed_contracts(reading: Reading, kept: pd.DataFrame) -> Iterator[Anomaly]:
    tab = reading.layout_of("talents")
    turned = kept[is_reversed(kept["debut_contrat"], kept["fin_contrat"])]
    columns = ["projet_decide", "row", "debut_contrat", "fin_contrat"]
    for numero, row, start, end in turned[columns].itertuples(index=False):
        header, cell = tab.header("fin_contrat"), tab.cell("fin_contrat", int(row))
        ends, starts = f"{end:%d/%m/%Y}", f"{start:%d/%m/%Y}"
        yield anomaly(CONTRACT_REVERSED, tab.name, cell, numero, header=header, value=ends, limit=starts)
