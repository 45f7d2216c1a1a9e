"""The present moment where the campaigns of the tests are: that of a machine in UTC is a day behind before midnight."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present moment in the campaign's zone, naive as in the workbook."""
    return datetime.now(PARIS).replace(tzinfo=None)


def today() -> date:
    """The present day in the campaign's zone."""
    return now().date()
