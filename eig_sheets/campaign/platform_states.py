"""Anomalies of the states that dossiers have on the platform: withdrawn, or open to changes after the closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT
from eig_sheets.domain.frames import named_rows
from eig_sheets.text.french import plain
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning

STILL_EDITABLE: Final = warning(
    "dossier_modifiable",
    "Le dossier était « {value} » sur la plateforme à l’import, et l’appel est clos depuis le {limit} : son "
    "porteur peut encore le modifier.",
    "Passez-le en instruction sur la plateforme, puis saisissez « En instruction » dans « {header} ».",
)
DOSSIER_WITHDRAWN: Final = warning(
    "dossier_retire",
    "Le dossier est « {value} » sur la plateforme, et rien ne le dit ici : il compte avec les autres.",
    "S’il est retiré, saisissez « Désisté » dans « {column} » ; sinon, corrigez « {header} ».",
)

FIELD = "etat"
_REJECTED = (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)


def state_anomalies(reading: Reading, today: date) -> Iterator[Anomaly]:
    """Anomalies of undecided dossiers: withdrawn ones and, after the closing day, those that can still change."""
    tab = reading.layout.tabs.get("candidatures")
    if tab is None or FIELD not in tab.available:
        return
    settings, closing = reading.campaign.imports, reading.campaign.campaign.last_moment.date()
    dossiers = reading.valid_rows("candidatures")
    undecided = dossiers[dossiers["decision"].isna() & ~dossiers["preselection"].isin(_REJECTED)]
    where: dict[str, Any] = {
        "header": tab.header(FIELD), "limit": f"{closing:%d/%m/%Y}", "column": tab.header("decision"),
    }  # fmt: skip
    told = {DOSSIER_WITHDRAWN: settings.withdrawn_states}
    if today > closing:
        told[STILL_EDITABLE] = settings.editable_states
    for code, states in told.items():
        concerned = undecided.loc[is_in_state(undecided[FIELD], states), ["numero", FIELD, "row"]]
        for numero, state, row in named_rows(concerned):
            yield anomaly(code, tab.name, tab.cell(FIELD, int(row)), numero, value=state, **where)


def is_in_state(states: pd.Series, accepted: Sequence[str]) -> pd.Series:
    """Where a state of the platform is one of those."""
    return states.fillna("").map(plain).isin([plain(state) for state in accepted])
