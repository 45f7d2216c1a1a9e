"""Laureates: their administrations are asked whether they accept, and everybody knows them on a day. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Revealed
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.features.acceptances.asked import Asked, Words, acceptance
from eig_sheets.workbook.anomalies import warning

ANNOUNCED: Final = warning(
    "laureat_sans_acceptation",
    "Le projet est connu de tous comme lauréat depuis le {day}, et {answer}.",
    "Demandez à son porteur s’il accepte, et saisissez sa réponse en « {header} » ; s’il décline, « Désisté » en "
    "Décision.",
)


def _laureates(_reading: Reading, dossiers: pd.DataFrame) -> pd.DataFrame:
    return dossiers[dossiers["decision"].isin([LAUREATE])]


def _since(reading: Reading, rows: pd.DataFrame) -> list[date | None]:
    """The day on which everybody knows them: when they are revealed, or projects begin, whichever comes first."""
    campaign = reading.campaign
    period = campaign.emails.experimentation
    days = [part.day(campaign) for part in campaign.features.parts(Revealed)] + [period.starts if period else None]
    return [min((day for day in days if day is not None), default=None)] * len(rows)


LAUREATES: Final = Asked(
    tab="candidatures",
    after="decision",
    field=acceptance("l’administration"),
    key="numero",
    templates=("laureat", "promotion_liste_attente"),
    rows=_laureates,
    since=_since,
    code=ANNOUNCED,
    words=Words(
        ("lauréat n’a pas encore répondu", "lauréats n’ont pas encore répondu"),
        ("lauréat décline", "lauréats déclinent"),
        "Saisissez « Désisté » en Décision",
    ),
)
