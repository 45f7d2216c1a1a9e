"""Conditions: when each e-mail to candidates and to the projects that were selected is due, as in `call_conditions`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import PRESELECTED, REFUSED, RETAINED, TO_EVALUATE
from eig_sheets.domain.emails.call_conditions import laureates
from eig_sheets.domain.emails.due import Due, Situation, for_each, message_id, one_each
from eig_sheets.domain.rules import Experimentation
from eig_sheets.domain.talents.rules import WISHES

# ---- Candidates


@for_each("talents")
def to_evaluate(talents: pd.DataFrame, _now: Situation) -> pd.Series:
    """Nobody has decided on the candidate."""
    return talents["statut"].isna() | talents["statut"].isin([TO_EVALUATE])


@for_each("talents")
def to_choose(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """Candidates may choose projects, and this one has not."""
    dates = now.rules.talents
    choosing = now.reached(dates.revealed) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & choosing


@for_each("talents")
def to_remind_of_choice(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate was told to choose projects and has not, and the end is near."""
    dates = now.rules.talents
    told = talents["candidature"].map(lambda number: message_id("choix_projets", number) in now.received)
    late = now.reached(dates.wishes_reminder) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & told.astype(bool) & late


@for_each("talents")
def talent_hearing(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate chose projects, and is invited to a hearing."""
    return talents["statut"].isin([PRESELECTED]) & _chose(talents) & now.to_come(talents["audition"])


@for_each("talents")
def talent_retained(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is recruited."""
    return talents["statut"].isin([RETAINED]) & now.announced(now.rules.talents.announced)


@for_each("talents")
def talent_refused(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is not recruited."""
    return talents["statut"].isin([REFUSED]) & now.announced(now.rules.talents.announced)


# ---- Projects, while they last


def welcome(template: str, now: Situation) -> Iterator[Due]:
    """Each selected project, from the first day, for a month."""
    period = under_way(now)
    if period and not months_reached(period, now.today):
        yield from one_each(template, selected_projects(now), "numero")


def monthly(period: Experimentation) -> list[date]:
    """The first day once more in each month that follows, until the end."""
    months = pd.period_range(period.starts, period.ends, freq="M").size
    days = [(pd.Timestamp(period.starts) + pd.DateOffset(months=month)).date() for month in range(1, months)]
    return [day for day in days if day <= period.ends]


def months_reached(period: Experimentation, today: date) -> list[date]:
    """Those of these days that are not to come."""
    return [day for day in monthly(period) if day <= today]


def under_way(now: Situation) -> Experimentation | None:
    """The experimentation, on one of its days."""
    period = now.rules.experimentation
    return period if period and period.starts <= now.today <= period.ends else None


def selected_projects(now: Situation) -> pd.DataFrame:
    """The dossiers that are selected."""
    return now.tables.dossiers[laureates(now.tables.dossiers)]


def _chose(talents: pd.DataFrame) -> pd.Series:
    return talents[[*WISHES]].notna().any(axis=1)
