"""French working days: neither a week-end nor one of the public holidays of Code du travail, article L3133-1. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from holidays import HolidayBase


Rest = Literal["before", "after"]
"""What becomes of a date on which nobody works: the working day before it, or the one after."""

_DAY: Final = timedelta(days=1)


def public_holiday(day: date) -> str:
    """The French name of the public holiday of metropolitan France that a day is; '' when it is none."""
    name = _calendar().get(date(day.year, day.month, day.day), "")
    return (name[:1].lower() + name[1:]).replace("'", "’") if name[:1] in "JLF" else name


def is_working_day(day: date) -> bool:
    """Whether people work on that day."""
    return day.weekday() < 5 and not public_holiday(day)


def working_day(day: date, rest: Rest) -> date:
    """The day itself when people work on it, else the nearest working day on that side."""
    step = _DAY if rest == "after" else -_DAY
    while not is_working_day(day):
        day += step
    return day


@cache
def _calendar() -> HolidayBase:
    """The calendar, which works a year out when it is first asked for one of its days."""
    from holidays import country_holidays  # noqa: PLC0415 (forty milliseconds, which only those who need days pay)

    return country_holidays("FR", language="fr")
