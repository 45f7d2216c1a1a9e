"""Conditions: when each e-mail to candidates and to the projects that were selected is due, as in `call_conditions`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import (
    DONE,
    OF_THE_PROGRAMME,
    POINTLESS,
    PRESELECTED,
    REFUSED,
    RETAINED,
    TO_EVALUATE,
)
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
    """Each selected project, from the first day until the first monthly point."""
    period = _under_way(now)
    if period and not _points(period, now.today):
        yield from one_each(template, _projects(now), "numero")


def milestone(template: str, now: Situation) -> Iterator[Due]:
    """A reminder for each milestone that is near and not done, until its day; another when it is postponed.

    `remind_days` of each is that of its rule; NaN for one that people added, or that has none of its own.
    """
    period, milestones = now.rules.experimentation, now.tables.milestones
    if period is None or milestones is None or not now.announced(now.rules.announced):
        return
    today, days = pd.Timestamp(now.today), milestones["remind_days"].fillna(period.remind_days)
    near = (milestones["echeance"] >= today) & (milestones["echeance"] - pd.to_timedelta(days, unit="D") <= today)
    theirs = milestones["numero"].isin(_projects(now)["numero"]) & ~milestones["responsable"].isin([OF_THE_PROGRAMME])
    left = ~milestones["statut"].isin([DONE, POINTLESS])
    due_soon = milestones.loc[near & left & theirs, ["numero", "echeance", "jalon", "row"]]
    for numero, due_on, name, row in due_soon.sort_values([*due_soon]).to_numpy(dtype=object).tolist():
        day = due_on.date().isoformat()
        yield Due(message_id(template, f"{numero}\n{name}", day), template, numero, None, day, row)


def monthly_point(template: str, now: Situation) -> Iterator[Due]:
    """Each project, for the latest monthly point."""
    period = _under_way(now)
    if period and (points := _points(period, now.today)):
        yield from one_each(template, _projects(now), "numero", points[-1].isoformat())


def openness(template: str, now: Situation) -> Iterator[Due]:
    """Each project, from the day on which it may tell what it opened, until the last."""
    period, asked = now.rules.experimentation, now.tables.openness_asked
    if period and asked and asked <= now.today <= period.ends:
        yield from one_each(template, _projects(now), "numero")


def monthly(period: Experimentation) -> list[date]:
    """The same day of each month, from the start to the end."""
    months = pd.period_range(period.starts, period.ends, freq="M").size
    days = [(pd.Timestamp(period.starts) + pd.DateOffset(months=month)).date() for month in range(1, months)]
    return [day for day in days if day <= period.ends]


def _points(period: Experimentation, today: date) -> list[date]:
    return [day for day in monthly(period) if day <= today]


def _under_way(now: Situation) -> Experimentation | None:
    period = now.rules.experimentation
    return period if period and period.starts <= now.today <= period.ends else None


def _projects(now: Situation) -> pd.DataFrame:
    return now.tables.dossiers[laureates(now.tables.dossiers)]


def _chose(talents: pd.DataFrame) -> pd.Series:
    return talents[[*WISHES]].notna().any(axis=1)
