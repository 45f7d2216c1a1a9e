"""Dates of a workbook: conversion from and to serial numbers, according to number formats."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from enum import Enum


class NumberKind(Enum):
    """The kind of value that a number shows in a number format."""

    NUMBER = 0
    DATE = 1
    TIME = 2
    DURATION = 3


_BUILT_IN = dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), NumberKind.DATE)
_BUILT_IN |= dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), NumberKind.TIME) | {46: NumberKind.DURATION}
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_NOT_CODES = re.compile(r"am/pm|a/p|general|standard", re.IGNORECASE)
_SECOND = 1e-3
_LAST_SERIAL = 2_958_466


def kind_of_format(format_id: int, code: str | None) -> NumberKind:
    """The kind of value that a format shows, from its built-in id or its code."""
    if code is None:
        return _BUILT_IN.get(format_id, NumberKind.NUMBER)
    section = _LITERAL.sub("", code).split(";")[0]
    if _ELAPSED.search(section):
        return NumberKind.DURATION
    letters = set(_NOT_CODES.sub("", _BRACKETS.sub("", section)).lower())
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s"}):
        return NumberKind.DATE
    return NumberKind.TIME if letters & {"h", "s", "m"} else NumberKind.NUMBER


def from_serial(serial: float, shown: NumberKind, *, since_1904: bool) -> float | datetime | time | timedelta:
    """The date, time or duration that a number shows, to the millisecond; else the number."""
    if shown is NumberKind.NUMBER or not math.isfinite(serial):
        return serial
    if shown is NumberKind.DURATION:
        return _to_millisecond(timedelta(days=serial)) if abs(serial) < _LAST_SERIAL else serial
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1 and (shown is NumberKind.TIME or not since_1904):
        return (datetime.min + _to_millisecond(timedelta(days=serial))).time()
    return _epoch(serial, since_1904) + _to_millisecond(timedelta(days=serial))


def _epoch(serial: float, since_1904: bool) -> datetime:
    if since_1904:
        return datetime(1904, 1, 1)
    return (
        datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
    )  # 60 is the 29th of February 1900, which did not exist


def _to_millisecond(duration: timedelta) -> timedelta:
    return timedelta(milliseconds=round(duration / timedelta(milliseconds=1)))


def to_serial(moment: datetime, *, since_1904: bool) -> float:
    """The serial number of a naive date and time. Raises ValueError before the workbook's first day."""
    serial = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    serial -= 1462 if since_1904 else (serial < 61)
    if serial < 0:
        raise ValueError(f"a workbook cannot hold the date {moment}")
    return serial


def from_iso(text: str) -> datetime | time:
    """The value of a cell of type `d`, in ISO 8601. Raises ValueError."""
    bare = text.strip().rstrip("Zz")
    if "T" not in bare and "-" not in bare:
        return time.fromisoformat(bare)
    if "T" not in bare:
        return datetime.combine(date.fromisoformat(bare), time.min)
    return datetime.fromisoformat(bare).replace(tzinfo=None)
