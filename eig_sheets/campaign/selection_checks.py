"""Checks of a selection under limits: values that no dossier has, limits that cannot be met, places to give again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.selection import Selection
from eig_sheets.campaign.selection_texts import bound_text, limit_name, relaxed_text
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.domain.selection.reserve import Successor
from eig_sheets.text.french import listed_first
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.quoting import did_you_mean, quoted

LIMIT_WITHOUT_DOSSIER: Final = warning(
    "limite_sans_dossier",
    "La limite « {value} » porte sur une valeur qu’aucun dossier n’a en « {header} ».{hint}",
    "Corrigez la valeur dans la colonne, ou selection.limits dans la configuration.",
)
SELECTION_IMPOSSIBLE: Final = warning(
    "selection_impossible",
    "Aucune sélection ne respecte toutes les limites. Le plus petit assouplissement qui en permette une : {value}.",
    "Revoyez ces limites ou les décisions saisies ; « eig-sheets select » montre la sélection que cet "
    "assouplissement donnerait. D’ici là, la proposition est « Délibération ».",
)
PLACE_FREED: Final = warning(
    "place_liberee",
    "{withdrawn} : une place est libre, et {value} est le suivant de la réserve qui respecte les limites.{hint}",
    "Si vous le retenez, saisissez « Lauréat » en « {header} » : l’e-mail qui annonce qu’une place s’est libérée "
    "est alors préparé.",
)
PLACE_WITHOUT_NEXT: Final = warning(
    "place_sans_suivant",
    "{withdrawn} : une place est libre, et aucun dossier de la réserve ne peut la prendre.{hint}",
    "Laissez la place vide, ou revoyez les limites ou les décisions.",
)

_MOST_PASSED = 3


def selection_anomalies(reading: Reading, dossiers: pd.DataFrame, selection: Selection) -> Iterator[Anomaly]:
    """Every anomaly of a selection."""
    tab = reading.layout.tabs["candidatures"]
    for limit in selection.limits:
        if not limit.known:
            hint = did_you_mean(limit.values[0], limit.closest_to)
            header = limit.column.header
            yield anomaly(LIMIT_WITHOUT_DOSSIER, tab.name, value=limit_name(limit), header=header, hint=hint)
    if selection.outcome.relaxed:
        asked = " ; ".join(relaxed_text(relaxed, selection) for relaxed in selection.outcome.relaxed)
        yield anomaly(SELECTION_IMPOSSIBLE, tab.name, value=asked)
    yield from _free_places(reading, dossiers, selection)


def _free_places(reading: Reading, dossiers: pd.DataFrame, selection: Selection) -> Iterator[Anomaly]:
    """An anomaly for each place that somebody left: who is next, at the cell of their decision."""
    tab = reading.layout.tabs["candidatures"]
    gone = dossiers[dossiers["decision"] == WITHDRAWN].to_dict("records")
    rows = {dossier["numero"]: dossier for dossier in dossiers.to_dict("records")}
    withdrawn = f"« Désisté » saisi pour {listed_first([_name(dossier) for dossier in gone])}"
    for successor in selection.successors:
        hint = _passed(successor, selection)
        if successor.dossier is None:
            cell, numero = tab.cell("decision", gone[-1]["row"]), gone[-1]["numero"]
            yield anomaly(PLACE_WITHOUT_NEXT, tab.name, cell, numero, withdrawn=withdrawn, hint=hint)
            continue
        following = rows[selection.problem.numbers[successor.dossier]]
        words = {"withdrawn": withdrawn, "value": _name(following), "header": tab.header("decision"), "hint": hint}
        cell = tab.cell("decision", following["row"])
        yield anomaly(PLACE_FREED, tab.name, cell, following["numero"], blocks=False, **words)


def _name(dossier: Mapping[Any, Any]) -> str:
    """« BatID » (3713503), or le dossier 3713503."""
    project, numero = dossier["projet"], dossier["numero"]
    return f"« {quoted(project)} » ({numero})" if isinstance(project, str) else f"le dossier {numero}"


def _passed(successor: Successor, selection: Selection) -> str:
    """Who came before and does not fit, with the limit; '' when nobody did."""
    told = [
        f"{selection.problem.numbers[dossier]} ne convient pas : {bound_text(bounds[0], selection)}"
        for dossier, bounds in successor.passed[:_MOST_PASSED]
    ]
    return f" Avant : {' ; '.join(told)}." if told else ""
