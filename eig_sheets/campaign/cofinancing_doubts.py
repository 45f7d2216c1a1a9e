"""Cells that keep a co-financing from being settled, by their header and place, and the anomalies of some. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.costs import OVER_5_YEARS, SIMULATIONS, UP_TO_5_YEARS, Costs, costs_of_one, out_of_order
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.frames import is_yes, objects, records_of
from eig_sheets.domain.recruitment import unplaced
from eig_sheets.domain.talents.people import same_people
from eig_sheets.text.french import euros, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import blocking
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, quoted

COSTS_REVERSED: Final = blocking(
    "couts_inverses",
    "« {header} » ({value}, {place}) dépasse « {second} » ({limit}, {second_cell}) : colonnes inversées ? "
    "Le montant reste une fourchette, sous réserve.",
    "Vérifiez les deux coûts avec le porteur, puis corrigez-les ou échangez-les.",
)
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
)

TALENTS = "talents"


def recruits_read(reading: Reading) -> pd.DataFrame | None:
    """The rows of talents for the co-financing: the valid ones, and retained people whose row is left out.

    The number of the latter, and of a person retained twice, is marked unreadable: they may be one person more, or
    not. None without such a tab.
    """
    if not reading.has(TALENTS):
        return None
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


def with_cells_to_check(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """The co-financing with `to_check`: for each dossier, a tuple of « header » and place of each doubtful cell."""
    tab = reading.layout_of("candidatures")
    talents = reading.layout_of(TALENTS) if reading.has(TALENTS) else None
    rows = zip(dossiers["row"], money["doubtful"], money["doubtful_recruits"], strict=True)
    cells = (
        (
            *(_cell(tab, field, int(row)) for field in fields),
            *(_cell(talents, field, place) for place, field in recruits if talents is not None),
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


def recruit_anomalies(reading: Reading, dossiers: pd.DataFrame, costs: Costs) -> Iterator[Anomaly]:
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
