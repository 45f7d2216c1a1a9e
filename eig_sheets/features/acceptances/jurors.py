"""Jurors: they are asked whether they sit, and accept by declaring their interests or by noting. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.acceptances.asked import FIELD, Asked, Words, acceptance
from eig_sheets.text.french_days import named_days
from eig_sheets.workbook.anomalies import warning

SITTING: Final = warning(
    "jure_sans_acceptation",
    "{value} est du jury, qui se réunit depuis le {day}, et {answer} : ni déclaration, ni note ne sont venues.",
    "Demandez-lui sa réponse, et saisissez-la en « {header} » ; si cette personne n’en est plus, retirez sa ligne.",
)


def _silent(reading: Reading, jurors: pd.DataFrame) -> pd.DataFrame:
    """Those who did nothing: who declared or noted accepted by doing so, unless they say otherwise."""
    noted = {*reading.valid_rows("evaluations")["jure"]} if reading.has("evaluations") else set()
    acted = jurors["declaration"].notna() | jurors["email"].isin(noted)
    return jurors[~(acted & jurors[FIELD].isna())]


def _since(reading: Reading, rows: pd.DataFrame) -> list[date | None]:
    """The first day on which the jury sits."""
    days = named_days(reading.campaign.emails.jury_dates)
    return [days.first if days else None] * len(rows)


JURORS: Final = Asked(
    tab="jury",
    after="groupe",
    field=acceptance("cette personne"),
    key="email",
    templates=("invitation_jury",),
    rows=_silent,
    since=_since,
    code=SITTING,
    words=Words(
        ("juré n’a pas encore répondu", "jurés n’ont pas encore répondu"),
        ("juré décline", "jurés déclinent"),
        "Mettez 0 en Nombre maximum de dossiers, et confiez à d’autres ceux qui lui étaient affectés",
    ),
    refusal_is_over=True,
    is_dossier=False,
)
