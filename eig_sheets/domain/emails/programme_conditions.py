"""Conditions: when each e-mail to the projects that were selected is due, as in `call_conditions`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.emails.call_conditions import laureates
from eig_sheets.domain.emails.due import Due, Situation, one_each
from eig_sheets.domain.rules import Experimentation


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
