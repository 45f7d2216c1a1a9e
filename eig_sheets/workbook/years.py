"""Parses a number of years of experience, as people type it."""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.workbook.value_codes import (
    NEGATIVE_NUMBER,
    UNLIKELY_YEARS,
)
from eig_sheets.workbook.values import UnreadableError, number

_YEARS = re.compile(
    r"(?P<years>\d+(?:[.,]\d+)?)(?: ?(?:ans?|annees?)(?:(?P<half> et demie?)|(?: et)? ?(?P<extra>\d{1,2}) mois)?)?"
)


_MONTHS_ALONE = re.compile(r"(?P<months>\d{1,3}) mois")


_LONGEST_CAREER: Final = 60
"""Years that nobody worked: such a number is a typing error, or the year of something."""


def years(value: CellValue) -> float | None:
    """A number of years, whole or not: 5, 5,5, « 5 ans », « 5 ans et demi », « 5 ans et 6 mois », « 18 mois »."""
    worded = _years_in_words(value) if isinstance(value, str) else None
    result = number(value) if worded is None else worded
    if result is not None and result < 0:
        raise UnreadableError(NEGATIVE_NUMBER)
    if result is not None and result > _LONGEST_CAREER:
        raise UnreadableError(UNLIKELY_YEARS)
    return result


def _years_in_words(value: str) -> float | None:
    """The years that words tell; None where they are no such words."""
    words = " ".join(value.lower().replace("é", "e").split())
    if match := _YEARS.fullmatch(words):
        months = 6 if match["half"] else int(match["extra"] or 0)
        return float(match["years"].replace(",", ".")) + months / 12
    alone = _MONTHS_ALONE.fullmatch(words)
    return int(alone["months"]) / 12 if alone else None
