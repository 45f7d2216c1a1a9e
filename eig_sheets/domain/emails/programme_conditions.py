"""Conditions: when each e-mail to candidates and to the projects that were selected is due, as in `call_conditions`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import DONE, POINTLESS, PRESELECTED, REFUSED, RETAINED, TO_EVALUATE
from eig_sheets.domain.emails.call_conditions import laureates
from eig_sheets.domain.emails.due import WISHES, Due, Situation, for_each, message_id, one_each
from eig_sheets.domain.rules import Experimentation

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
    """A reminder for each milestone that is near and not done; another when it is postponed."""
    period, milestones = _under_way(now), now.tables.milestones
    if period is None or milestones is None:
        return
    soon = milestones["echeance"] <= pd.Timestamp(now.today) + pd.Timedelta(days=period.remind_days)
    left = ~milestones["statut"].isin([DONE, POINTLESS]) & milestones["numero"].isin(_projects(now)["numero"])
    found = milestones.loc[soon & left, ["numero", "echeance", "jalon", "row"]]
    for numero, due_on, name, row in found.sort_values([*found]).to_numpy(dtype=object).tolist():
        day = due_on.date().isoformat()
        yield Due(message_id(template, f"{numero}\n{name}", day), template, numero, None, day, row)


def monthly_point(template: str, now: Situation) -> Iterator[Due]:
    """Each project, for the latest monthly point."""
    period = _under_way(now)
    if period and (points := _points(period, now.today)):
        yield from one_each(template, _projects(now), "numero", points[-1].isoformat())


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
