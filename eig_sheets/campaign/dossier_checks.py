"""Checks of dossiers: what a rule makes ineligible, costs far from the estimates, numbers that are no SIRET. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.config import Campaign
from eig_sheets.domain import costs
from eig_sheets.domain.eligibility import EligibilityCode, EligibilityStatus
from eig_sheets.text.french import euros, listed
from eig_sheets.text.siret import siret_fault
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import Code, blocking, warning
from eig_sheets.workbook.quoting import quoted, value_and_limit

LATE: Final = warning(
    "depot_hors_delai",
    "Déposé le {value}, après la clôture ({limit}) : le dossier est inéligible.",
    "Vérifiez la date de réception.",
)
EARLY: Final = warning(
    "depot_avant_ouverture",
    "Déposé le {value}, avant l’ouverture ({limit}) : le dossier est inéligible.",
    "Vérifiez la date de réception.",
)
EIG_NUMBER_REFUSED: Final = warning(
    "nombre_eig_refuse",
    "Nombre d’EIG demandés : {value}, alors que l’appel accepte {limit} ; le dossier est inéligible.",
    "Vérifiez le nombre avec le porteur.",
)
DOUBTFUL_COST: Final = blocking(
    "simulation_a_verifier",
    "Coût de {value} pour un EIG, alors que l’estimation est de {limit} : total d’équipe ? coût mensuel ? Le "
    "montant reste une fourchette, sous réserve.",
    "Demandez au porteur le coût total employeur d’un seul EIG, sur toute la durée du contrat. S’il est juste, "
    "élargissez cofinancing.plausible dans la configuration.",
)
DOUBTFUL_SIRET: Final = warning(
    "siret_douteux",
    "« {header} » : « {value} » {reason}.",
    "Vérifiez-le avec le contact gestion, ou videz la cellule : les annexes diront qu’il est à compléter.",
    unintended=True,
)

_CODES: Final = {
    EligibilityCode.TOO_LATE: LATE,
    EligibilityCode.TOO_EARLY: EARLY,
    EligibilityCode.EIG_NUMBER_REFUSED: EIG_NUMBER_REFUSED,
}


def broken_rules(reading: Reading, dossiers: pd.DataFrame, assessed: pd.DataFrame) -> Iterator[Anomaly]:
    """The broken rules that make a dossier ineligible, at the cell that breaks each; blanks are told elsewhere."""
    limits = _limits(reading.campaign)
    broken = assessed["status"] == EligibilityStatus.INELIGIBLE
    for dossier, reasons in zip(_records(dossiers[broken]), assessed.loc[broken, "reasons"], strict=True):
        for reason, field in reasons:
            if code := _CODES.get(reason):
                yield _about(reading, code, dossier, field, *value_and_limit(dossier[field], limits[reason]))


def _limits(campaign: Campaign) -> Mapping[str, datetime | str]:
    call = campaign.campaign
    return {
        EligibilityCode.TOO_LATE: call.last_moment,
        EligibilityCode.TOO_EARLY: call.first_moment,
        EligibilityCode.EIG_NUMBER_REFUSED: listed(map(str, campaign.eligibility.eig_numbers), "ou"),
    }


def doubtful_costs(reading: Reading, dossiers: pd.DataFrame, money: pd.DataFrame) -> Iterator[Anomaly]:
    """The costs out of proportion with the estimates of the call (`domain.costs.plausible`)."""
    campaign = reading.campaign
    estimates = costs.estimates(campaign.cofinancing, campaign.salaries)
    for field, (low, high) in costs.plausible(campaign.cofinancing, campaign.salaries).items():
        doubtful = money["questioned"] & ((dossiers[field] < low) | (dossiers[field] > high))
        for dossier in _records(dossiers[doubtful]):
            limit = euros(estimates[field])
            yield _about(reading, DOUBTFUL_COST, dossier, field, euros(dossier[field]), limit)


def siret_anomalies(reading: Reading, dossiers: pd.DataFrame) -> Iterator[Anomaly]:
    """One anomaly for each SIRET that cannot be one."""
    tab = reading.layout.tabs["candidatures"]
    filled = dossiers.dropna(subset="siret")
    for numero, row, typed in zip(filled["numero"], filled["row"], filled["siret"], strict=True):
        if fault := siret_fault(typed):
            cell, header = tab.cell("siret", int(row)), tab.header("siret")
            yield anomaly(DOUBTFUL_SIRET, tab.name, cell, numero, header=header, value=quoted(typed), reason=fault)


def _records(dossiers: pd.DataFrame) -> list[dict[Any, Any]]:
    return dossiers.to_dict("records") if len(dossiers) else []


def _about(reading: Reading, code: Code, dossier: Mapping[str, Any], field: str, value: str, limit: str) -> Anomaly:
    tab = reading.layout.tabs["candidatures"]
    cell = tab.cell(field, dossier["row"])
    return anomaly(code, tab.name, cell, dossier["numero"], value=value, limit=limit)
