"""Conditions: when each e-mail to candidates is due, as in `call_conditions`."""

from __future__ import annotations

import pandas as pd

from eig_sheets.domain.decisions import PRESELECTED, REFUSED, RETAINED, TO_EVALUATE
from eig_sheets.domain.emails.due import Situation, for_each, message_id
from eig_sheets.features.talents.settings import WISHES, TalentDates
from eig_sheets.features.talents.tabs import TALENTS


@for_each(TALENTS, "candidature")
def to_evaluate(talents: pd.DataFrame, _now: Situation) -> pd.Series:
    """Nobody has decided on the candidate."""
    return talents["statut"].isna() | talents["statut"].isin([TO_EVALUATE])


@for_each(TALENTS, "candidature")
def to_choose(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """Candidates may choose projects, and this one has not."""
    dates = now.settings.section(TalentDates)
    choosing = now.reached(dates.revealed) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & choosing


@for_each(TALENTS, "candidature")
def to_remind_of_choice(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate was told to choose projects and has not, and the end is near."""
    dates = now.settings.section(TalentDates)
    told = talents["candidature"].map(lambda number: message_id("choix_projets", number) in now.received)
    late = now.reached(dates.wishes_reminder) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & told.astype(bool) & late


@for_each(TALENTS, "candidature")
def talent_hearing(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate chose projects, and is invited to a hearing."""
    return talents["statut"].isin([PRESELECTED]) & _chose(talents) & now.to_come(talents["audition"])


@for_each(TALENTS, "candidature")
def talent_retained(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is recruited."""
    return talents["statut"].isin([RETAINED]) & now.announced(now.settings.section(TalentDates).announced)


@for_each(TALENTS, "candidature")
def talent_refused(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is not recruited."""
    return talents["statut"].isin([REFUSED]) & now.announced(now.settings.section(TalentDates).announced)


def _chose(talents: pd.DataFrame) -> pd.Series:
    return talents[[*WISHES]].notna().any(axis=1)
