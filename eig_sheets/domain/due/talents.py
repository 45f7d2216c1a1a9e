"""E-mails to a candidate, from the state that people typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import PRESELECTED, REFUSED, RETAINED, TO_EVALUATE
from eig_sheets.domain.due.days import reached, still_open, to_come
from eig_sheets.domain.due.ids import Due, to_people
from eig_sheets.domain.rules import TalentDates

WISHES = ("voeu_1", "voeu_2", "voeu_3")


def to_talents(talents: pd.DataFrame, dates: TalentDates, today: date) -> Iterator[Due]:
    """The e-mails of the call for candidates."""
    state = talents["statut"]
    preselected = state.isin([PRESELECTED])
    chose = talents[[*WISHES]].notna().any(axis=1)
    choosing = reached(dates.revealed, today) and still_open(dates.wishes_before, today)
    announced = dates.announced is None or reached(dates.announced, today)
    conditions = {
        "accuse_talent": state.isna() | state.isin([TO_EVALUATE]),
        "choix_projets": preselected & ~chose & choosing,
        "convocation_talent": preselected & chose & to_come(talents["audition"], today),
        "talent_retenu": state.isin([RETAINED]) & announced,
        "talent_non_retenu": state.isin([REFUSED]) & announced,
    }
    for template, concerned in conditions.items():
        yield from to_people(template, talents[concerned], "candidature")
