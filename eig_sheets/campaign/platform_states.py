"""Anomalies of the states that dossiers have on the platform: withdrawn, or open to changes after the closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT
from eig_sheets.text.french import plain
from eig_sheets.workbook.anomalies import Anomaly, anomaly

FIELD = "etat"
_REJECTED = (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)


def state_anomalies(reading: Reading, today: date) -> Iterator[Anomaly]:
    """The anomalies of dossiers of which nothing is decided; that they can change is told after the closing day."""
    tab = reading.layout.tabs["candidatures"]
    if FIELD not in tab.available:
        return
    settings, closing = reading.campaign.imports, reading.campaign.campaign.last_moment.date()
    dossiers = reading.valid_rows("candidatures")
    undecided = dossiers[dossiers["decision"].isna() & ~dossiers["preselection"].isin(_REJECTED)]
    where: dict[str, Any] = {
        "header": tab.header(FIELD), "limit": f"{closing:%d/%m/%Y}", "column": tab.header("decision"),
    }  # fmt: skip
    told = {"dossier_retire": settings.withdrawn_states}
    if today > closing:
        told["dossier_modifiable"] = settings.editable_states
    for code, states in told.items():
        concerned = undecided.loc[_is_in(undecided[FIELD], states), ["numero", FIELD, "row"]]
        for numero, state, row in concerned.itertuples(index=False):
            yield anomaly(code, tab.name, tab.cell(FIELD, int(row)), numero, value=state, **where)


def _is_in(states: pd.Series, accepted: Sequence[str]) -> pd.Series:
    return states.fillna("").map(plain).isin([plain(one) for one in accepted])
