"""Converts values of a frame to cells that the robot writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from eig_sheets.spreadsheet.model.cells import Formula, Link, WrittenValue
from eig_sheets.text.french import typographic

Rows = tuple[tuple[WrittenValue, ...], ...]


def written(value: Any) -> WrittenValue:
    """A scalar of a frame as a cell: missing values are blank, counts whole, dates naive."""
    if value is None or isinstance(value, (str, Formula, Link)):
        return value
    if value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 — NaN is not itself
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, datetime):
        return value
    if isinstance(value, (bool, np.bool_)):  # numpy's own truth value is no bool, and would pass for a number
        return bool(value)
    number = float(value)
    return int(number) if number.is_integer() else number


def column(frame: pd.DataFrame, name: str) -> list[WrittenValue]:
    """A column of a frame as cells."""
    return [written(value) for value in frame[name].tolist()]


def worded(codes: Iterable[Any], words: Mapping[str, str]) -> list[WrittenValue]:
    """A column of codes as their French words; a missing code is blank."""
    return [words[code] if isinstance(code, str) else None for code in codes]


def sentence(parts: Iterable[str]) -> str | None:
    """The parts joined by « ; », with a capital first letter; None without any."""
    text = " ; ".join(parts)
    return typographic(text[:1].upper() + text[1:]) if text else None


def rows(*columns: Iterable[WrittenValue]) -> Rows:
    """Transposes columns into the rows of a sheet."""
    return tuple(zip(*columns, strict=True))
