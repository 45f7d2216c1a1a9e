"""Dates and times as people type them: `4/7/2021`, `07/04/2021 23:59`, `7 avril 2021`, `2:30 PM`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.sheets_server.locales import Locale
from tests.sheets_server.model import Json
from tests.sheets_server.serials import to_serial

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\Z")
NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?\Z")
DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:er)?[ -]([^\W\d]+\.?)(?:[ -](\d{4}|\d{2}))?\Z")
NAME_DAY_YEAR = re.compile(r"([^\W\d]+\.?) (\d{1,2})(?:, ?(\d{4}))?\Z")
TIME = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?(?: ?([ap]m))?\Z", re.IGNORECASE)


class Day(NamedTuple):
    """A day, and the pattern that shows it as it was typed."""

    day: date
    pattern: str


def read(text: str, locale: Locale, today: date) -> tuple[float, Json] | None:
    """Return the serial number and the format of a date, a time, or both; None when the text is neither."""
    alone = _time(text)
    if alone:
        return alone[0], {"type": "TIME", "pattern": alone[1]}
    day = _day(text, locale, today)
    if day:
        return to_serial(_midnight(day.day)), {"type": "DATE", "pattern": day.pattern}
    head, _, tail = text.partition("T") if re.match(r"\d{4}-\d\d?-\d\d?T", text) else _halves(text)
    day, clock = _day(head, locale, today), _time(tail)
    if not day or not clock or clock[0] >= 1:
        return None
    pattern = "yyyy-mm-dd h:mm:ss" if day.pattern.startswith("yyyy") else locale.date_time
    return to_serial(_midnight(day.day) + timedelta(days=clock[0])), {"type": "DATE_TIME", "pattern": pattern}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _halves(text: str) -> tuple[str, str, str]:
    match = re.match(r"(.*?),? (\d{1,2}:\d\d.*)\Z", text)
    return (match[1], " ", match[2]) if match else (text, "", "")


def _time(text: str) -> tuple[float, str] | None:
    match = TIME.match(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[5] or "").lower()
    if minutes > 59 or seconds > 59 or (half and not 1 <= hours <= 12):
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    thousandths = int((match[4] or "0").ljust(3, "0"))
    value = (hours * 3600 + minutes * 60 + seconds + thousandths / 1000) / 86_400
    pattern = ("[h]:mm:ss" if hours >= 24 else "h:mm:ss") if match[3] or hours >= 24 else "h:mm"
    return value, pattern + (" am/pm" if half else "")


def _day(text: str, locale: Locale, today: date) -> Day | None:
    for reader in (_iso, _numbers, _named):
        found = reader(text, locale, today)
        if found:
            return found
    return None


def _iso(text: str, locale: Locale, today: date) -> Day | None:
    match = ISO.match(text)
    return _valid(int(match[1]), int(match[3]), int(match[4]), "yyyy-mm-dd") if match else None


def _numbers(text: str, locale: Locale, today: date) -> Day | None:
    match = NUMBERS.match(text)
    if match is None or (match[2] == "." and not locale.day_first):
        return None
    day, month = (match[1], match[3]) if locale.day_first else (match[3], match[1])
    year = _year(match[4], today)
    return _valid(year, int(month), int(day), locale.date if match[4] else locale.short_date)


def _named(text: str, locale: Locale, today: date) -> Day | None:
    for pattern, day_group, name_group in ((DAY_NAME_YEAR, 1, 2), (NAME_DAY_YEAR, 2, 1)):
        match = pattern.match(text)
        month = _month(match[name_group], locale) if match else None
        if match and month:
            shown = "d mmmm yyyy" if locale.day_first else "mmmm d, yyyy"
            return _valid(_year(match[3], today), month, int(match[day_group]), shown)
    return None


def _month(name: str, locale: Locale) -> int | None:
    wanted = name.casefold().rstrip(".")
    for names in (locale.months, locale.short_months):
        for i, known in enumerate(names):
            if known.casefold().rstrip(".") == wanted:
                return i + 1
    return None


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def _valid(year: int, month: int, day: int, pattern: str) -> Day | None:
    try:
        return Day(date(year, month, day), pattern)
    except ValueError:
        return None
