"""Talents who are retained: they are asked whether they accept, and are announced once their contract begins. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import recruited
from eig_sheets.features.acceptances.asked import Asked, Words, acceptance
from eig_sheets.workbook.anomalies import warning

BEGUN: Final = warning(
    "talent_sans_acceptation",
    "La candidature {value} est retenue, son contrat commence le {day}, et {answer}.",
    "Demandez-lui sa réponse, et saisissez-la en « {header} » ; si cette personne décline, « Désisté » en Statut.",
)


def _retained(_reading: Reading, candidates: pd.DataFrame) -> pd.DataFrame:
    return recruited(candidates)


def _since(reading: Reading, rows: pd.DataFrame) -> list[date | None]:
    """The first day of each contract; else that of the ten months."""
    period = reading.campaign.emails.experimentation
    begins = period.starts if period else None
    return [begins if pd.isna(moment) else moment.date() for moment in rows["debut_contrat"]]


TALENTS: Final = Asked(
    tab="talents",
    after="statut",
    field=acceptance("cette personne"),
    key="candidature",
    templates=("talent_retenu",),
    rows=_retained,
    since=_since,
    code=BEGUN,
    words=Words(
        ("talent n’a pas encore répondu", "talents n’ont pas encore répondu"),
        ("talent décline", "talents déclinent"),
        "Saisissez « Désisté » en Statut, et complétez l’équipe",
    ),
)
