"""Dates and times as Sheets counts them: days since 30 December 1899, without a time zone."""

from __future__ import annotations

from datetime import datetime, timedelta

EPOCH = datetime(1899, 12, 30)


def to_serial(moment: datetime) -> float:
    """Return the serial number of a naive date and time; a whole number when it is midnight."""
    days = (moment - EPOCH) / timedelta(days=1)
    return int(days) if days == int(days) else days


def to_moment(serial: float) -> datetime:
    """Return the naive date and time of a serial number, to the microsecond; OverflowError beyond year 9999."""
    return EPOCH + timedelta(milliseconds=round(serial * 86_400_000))
