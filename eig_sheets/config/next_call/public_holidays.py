"""The public holidays of France (Code du travail, article L3133-1), for any year of the Gregorian calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_FIXED: Final = {
    (1, 1): "jour de l’An", (5, 1): "fête du Travail", (5, 8): "8 mai 1945", (7, 14): "fête nationale",
    (8, 15): "Assomption", (11, 1): "Toussaint", (11, 11): "11 novembre 1918", (12, 25): "Noël",
}  # fmt: skip
_AFTER_EASTER: Final = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}


def public_holiday(day: date) -> str:
    """The French name of the public holiday that a day is; '' when it is none."""
    after_easter = (date(day.year, day.month, day.day) - _easter(day.year)).days
    return _FIXED.get((day.month, day.day)) or _AFTER_EASTER.get(after_easter, "")


def _easter(year: int) -> date:
    """Easter Sunday: the algorithm of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, 1) + timedelta(days=day)
