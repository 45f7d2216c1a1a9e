"""The people recruited for projects as the co-financing reads them, and what makes it doubtful or inexact. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus
from eig_sheets.call.cofinancing.rules_costs import SIMULATIONS, Costs, costs_of_one
from eig_sheets.call.cofinancing.rules_recruits import is_reversed, needs_dates, unplaced
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import CostedRecruits
from eig_sheets.domain.decisions import LAUREATE, RETAINED
from eig_sheets.domain.frames import is_yes, objects, records_of
from eig_sheets.features.talents.rules_choices import same_people
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.text.french import euros, number
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, warning
from eig_sheets.workbook.quoting import did_you_mean, quoted

UNLIKELY_REAL_COST: Final = blocking(
    "cout_reel_improbable",
    "« {header} » : {value}, hors de tout ce qui est plausible ({limit}) : le montant du projet reste une "
    "fourchette, sous réserve.",
    "Corrigez-le (coût total employeur d’une personne, pour dix mois). S’il est juste, élargissez "
    "cofinancing.plausible dans la configuration.",
)
UNKNOWN_DECIDED_PROJECT: Final = blocking(
    "projet_decide_inconnu",
    "« {header} » : aucun dossier n’a le numéro « {value} », cette personne retenue ne compte dans aucune "
    "équipe.{hint}",
    "Corrigez le numéro. En attendant, aucun projet au recrutement clos, et à qui il manque un EIG, n’a de montant "
    "exact.",
    is_read=True,
)

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


def costed_recruits(reading: Reading) -> pd.DataFrame:
    """The rows of talents for the co-financing: the valid ones, and retained people whose row is left out.

    The number of the latter, and of a person retained twice, is marked unreadable: they may be one person more, or
    not.
    """
    counting, table = reading.valid_rows(TALENTS), reading.holding(TALENTS).tables[TALENTS]
    aside = table.frame[table.frame["row"].isin(table.blocked) & table.frame["statut"].isin([RETAINED])]
    twice = _retained_twice(counting)
    counting = _without_number(counting, counting["candidature"].isin(twice)) if twice else counting
    if aside.empty:
        return counting
    return pd.concat([counting, _without_number(aside, pd.Series(data=True, index=aside.index))], ignore_index=True)


def _retained_twice(talents: pd.DataFrame) -> set[str]:
    """The numbers of the candidatures of each person who is retained in several."""
    retained = talents[talents["statut"].isin([RETAINED])]
    return {number for group in same_people(records_of(retained)) for number in group}


def _without_number(rows: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
    """The rows, the number marked unreadable where `where` is true."""
    pairs = zip(rows["unreadable"], where, strict=True)
    unread = objects((fields | {"candidature"} if doubtful else fields for fields, doubtful in pairs), rows.index)
    return rows.assign(unreadable=unread)


def _recruit_anomalies(reading: Reading, dossiers: pd.DataFrame, costs: Costs) -> Iterator[Anomaly]:
    """One anomaly for each person recruited for no known project, and each real cost that nobody could cost.

    In the workbook that has their tab. `dossiers`: all of them, whatever they ask for; `costs`: theirs.
    """
    tab, talents = reading.layout_of(TALENTS), reading.valid_rows(TALENTS)
    known = dossiers["numero"].dropna().tolist()
    lost: list[Any] = unplaced(talents, dossiers["numero"]).dropna(subset="projet_decide").to_dict("records")
    for row in lost:
        cell, header = tab.cell("projet_decide", row["row"]), tab.header("projet_decide")
        hint, value = did_you_mean(row["projet_decide"], known), quoted(row["projet_decide"])
        yield anomaly(
            UNKNOWN_DECIDED_PROJECT, tab.name, cell, row["candidature"], header=header, value=value, hint=hint
        )
    if costs.flat is not None:
        return
    asking = dossiers.loc[is_yes(dossiers["demande_cofinancement"]), "numero"]
    kept = talents[(talents["statut"] == RETAINED) & talents["projet_decide"].isin(asking)]
    low, high = costs.bounds
    beyond: list[Any] = kept[(kept["cout_reel"] < low) | (kept["cout_reel"] > high)].to_dict("records")
    for row in beyond:
        cell, header = tab.cell("cout_reel", row["row"]), tab.header("cout_reel")
        words: dict[str, Any] = {"value": euros(row["cout_reel"]), "limit": f"de {euros(low)} à {euros(high)}"}
        yield anomaly(UNLIKELY_REAL_COST, tab.name, cell, row["projet_decide"], header=header, **words)


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
    if rules.rule == "none" or not (reading.owns(TALENTS) and reading.has("candidatures")):
        return
    dossiers, talents = reading.valid_rows("candidatures"), reading.valid_rows(TALENTS)
    yield from _recruit_anomalies(reading, dossiers, costs_of_one(dossiers, rules, reading.campaign.salaries))
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
    campaign, tab = reading.campaign, reading.layout_of(TALENTS)
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
    tab = reading.layout_of(TALENTS)
    turned = kept[is_reversed(kept["debut_contrat"], kept["fin_contrat"])]
    columns = ["projet_decide", "row", "debut_contrat", "fin_contrat"]
    for numero, row, start, end in turned[columns].itertuples(index=False):
        header, cell = tab.header("fin_contrat"), tab.cell("fin_contrat", int(row))
        ends, starts = f"{end:%d/%m/%Y}", f"{start:%d/%m/%Y}"
        yield anomaly(CONTRACT_REVERSED, tab.name, cell, numero, header=header, value=ends, limit=starts)


COSTED: Final = CostedRecruits(costed_recruits)
