"""Dates and moments that people type as texts: 07/04/2021 23:59, 7 avril 2021, ISO with or without an offset. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.text.french import MONTHS, plain

_CLOCK = r"(?:[T, ]+(?:à )?(\d{1,2}) ?[:hH] ?(?:(\d{2})(?:(?: ?min ?|:)(\d{2})(?: ?s)?)?(?:[.,]\d+)?)?)?"
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})" + _CLOCK)
_WORDED_DATE = re.compile(r"(?:[a-zé]+,? )?(\d{1,2})(?:er)? ([a-zéûô]+)\.? (\d{4})" + _CLOCK, re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})" + _CLOCK)
_ISO_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2}|UTC)")
_FIRST_YEAR: Final = 1900
"""No spreadsheet program has earlier dates: such a year is a typing error."""
_MONTH_NUMBERS = {plain(month): index for index, month in enumerate(MONTHS, 1)}


def moment_in_words(words: str, zone: ZoneInfo) -> datetime:
    """The naive moment of a text, in that zone. Raises ValueError when it is none, or of a year that nobody means."""
    try:
        moment = _with_offset(words, zone) or _without_offset(words)
    except OverflowError:  # the first and last days of the calendar have no other zone
        raise ValueError(words) from None
    if moment.year < _FIRST_YEAR:
        raise ValueError(words)
    return moment


def date_in_words(words: str) -> datetime | None:
    """The whole date that a text is: what a column of numbers of a Grist document keeps of one. « 3/4 » is none."""
    try:
        return _without_offset(words)
    except ValueError:
        return None


def _with_offset(words: str, zone: ZoneInfo) -> datetime | None:
    match = _ISO_OFFSET.fullmatch(words)
    if match is None:
        return None
    offset = match[2].replace("UTC", "Z")
    return datetime.fromisoformat(match[1].replace(" ", "T") + offset).astimezone(zone).replace(tzinfo=None)


def _without_offset(words: str) -> datetime:
    if match := _ISO_DATE.fullmatch(words):
        year, month, day = (int(part) for part in match.groups()[:3])
    elif match := _NUMERIC_DATE.fullmatch(words):
        day, month, year = (int(part) for part in match.groups()[:3])
        year += 2000 if len(match[3]) == 2 else 0
    elif match := _WORDED_DATE.fullmatch(words):
        day, month, year = int(match[1]), _MONTH_NUMBERS.get(plain(match[2]), 0), int(match[3])
    else:
        raise ValueError(words)
    hour, minute, second = (int(part or 0) for part in match.groups()[3:6])
    return datetime(year, month, day, hour, minute, second)
