"""Days of the configuration, compared with the day of the run. A day that is not given is never reached."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd

from eig_sheets.domain.rules import Experimentation


def reached(day: date | None, today: date) -> bool:
    """Whether that day has come."""
    return day is not None and day <= today


def still_open(before: date | datetime | None, today: date) -> bool:
    """Whether people can still answer: on the last day, they can."""
    return before is None or today <= (before.date() if isinstance(before, datetime) else before)


def to_come(moments: pd.Series, today: date) -> pd.Series:
    """Which moments are today or later; one that is not known yet is to come."""
    return moments.isna() | (moments >= pd.Timestamp(today))


def within_a_month(day: date | None, today: date) -> bool:
    """Whether that day has come, and not so long ago that writing now would surprise."""
    return day is not None and day <= today <= day + timedelta(30)


def monthly(period: Experimentation) -> list[date]:
    """The same day of each month after the start, until the end."""
    months = pd.period_range(period.starts, period.ends, freq="M").size
    days = [(pd.Timestamp(period.starts) + pd.DateOffset(months=month)).date() for month in range(1, months)]
    return [day for day in days if day <= period.ends]
