"""Date and time patterns, as in `dd/mm/yyyy hh:mm:ss`."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from tests.sheets_server.locales import Locale
from tests.sheets_server.serials import to_moment

DATE_TOKEN = re.compile(r"\[[hms]+\]|y+|m+|d+|h+|s+|am/pm|a/p", re.IGNORECASE)
PIECE = re.compile(
    r'"([^"]*)"|\\(.)|(\[[hms]+\]|yyyy|yy|y|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|\.0+|am/pm|a/p)|\[[^\]]*\]|(.)',
    re.IGNORECASE | re.DOTALL,
)


def date_text(serial: float, pattern: str, locale: Locale) -> str:
    """Return a moment by a pattern; a serial that is no date shows as Sheets shows it, as a plain number."""
    try:
        moment = to_moment(serial)
    except OverflowError:
        return str(serial)
    pieces = _pieces(pattern)
    half_day = any(code.lower() in ("am/pm", "a/p") for code, _ in pieces)
    return "".join(text if not code else _part(code, moment, serial, half_day, locale) for code, text in pieces)


@lru_cache(maxsize=1000)
def _pieces(pattern: str) -> tuple[tuple[str, str], ...]:
    found = []
    for match in PIECE.finditer(pattern):
        quoted, escaped, code, other = match.groups()
        found.append((code or "", quoted or escaped or other or ""))
    return tuple(_minutes(found))


def _minutes(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell minutes from months: an `m` right after hours or right before seconds is of minutes."""
    out = list(pieces)
    codes = [i for i, (code, _) in enumerate(pieces) if code]
    for place, i in enumerate(codes):
        code = pieces[i][0].lower()
        if code not in ("m", "mm"):
            continue
        before = pieces[codes[place - 1]][0].lower().strip("[]") if place else ""
        after = pieces[codes[place + 1]][0].lower() if place + 1 < len(codes) else ""
        if before.startswith("h") or after.startswith("s"):
            out[i] = ("n" * len(code), "")
    return out


def _part(code: str, moment: datetime, serial: float, half_day: bool, locale: Locale) -> str:
    lower = code.lower()
    if lower.startswith("["):
        return _elapsed(lower.strip("[]"), serial)
    if lower.startswith(".0"):
        return locale.decimal + f"{moment.microsecond:06d}"[: len(code) - 1]
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    numbers = {"y": moment.year, "m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    if lower in ("am/pm", "a/p"):
        return _half(code, moment)
    if lower in ("mmm", "mmmm", "mmmmm", "ddd", "dddd"):
        return _name(lower, moment, locale)
    if lower[0] == "y":
        return f"{moment.year:04d}" if len(lower) > 2 else f"{moment.year % 100:02d}"
    return f"{numbers[lower[0]]:0{len(lower)}d}"


def _half(code: str, moment: datetime) -> str:
    morning, evening = ("AM", "PM") if len(code) > 3 else ("A", "P")
    return morning if moment.hour < 12 else evening


def _name(code: str, moment: datetime, locale: Locale) -> str:
    month, day = moment.month - 1, moment.weekday()
    return {
        "mmm": locale.short_months[month],
        "mmmm": locale.months[month],
        "mmmmm": locale.months[month][:1],
        "ddd": locale.short_days[day],
        "dddd": locale.days[day],
    }[code]


def _elapsed(code: str, serial: float) -> str:
    unit = {"h": 24, "m": 24 * 60, "s": 24 * 3600}[code[0]]
    return f"{int(serial * unit + 1e-6):0{len(code)}d}"
