"""What a cell means for one field: how it compares, and how it is written in the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eig_sheets.workbook import values
from eig_sheets.workbook.cells import MAX_TEXT, CellValue
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.values import UnreadableError

Meaning = None | str | float | bool | datetime | tuple[str, ...]

Typed = None | str | float | int | datetime
"""What an import writes in a cell."""


def understood(field: Field, value: CellValue, zone: ZoneInfo) -> Meaning:
    """The typed value of a cell of `field`; dates are naive in `zone`. Raises UnreadableError."""
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return _to_the_second(values.moment(value, zone))
    if field.kind is Kind.CHOICE:
        return values.choice(value, values.plain_choices(field.choices))
    meaning: Meaning = _READERS[field.kind](value)
    return meaning


_READERS: dict[Kind, Callable[[CellValue], Any]] = {
    Kind.TEXT: values.text,
    Kind.EMAIL: values.email,
    Kind.INTEGER: values.integer,
    Kind.AMOUNT: values.amount,
    Kind.SCORE: values.number,
    Kind.YES_NO: values.yes_no,
    Kind.LIST: values.items,
}


def _to_the_second(moment: datetime | None) -> datetime | None:
    # A spreadsheet keeps a moment as a fraction of a day: 23:59:59 may come back as 23:59:58.999999.
    return None if moment is None else (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def comparable(field: Field, value: CellValue, zone: ZoneInfo) -> object:
    """Two cells of `field` mean the same when these are equal: spaces, line breaks and ways of typing do not count."""
    try:
        meaning = understood(field, value, zone)
    except UnreadableError:
        meaning = readable_text(value)
    if isinstance(meaning, float):
        return round(meaning, 2)
    return " ".join(meaning.split()) or None if isinstance(meaning, str) else meaning


def written(field: Field, value: CellValue, zone: ZoneInfo) -> Typed:
    """What to write in the workbook. Raises UnreadableError."""
    meaning = understood(field, value, zone)
    if isinstance(meaning, bool):
        return "oui" if meaning else "non"
    if isinstance(meaning, float):
        return int(meaning) if field.kind is Kind.INTEGER else meaning
    if isinstance(meaning, datetime):
        return meaning
    return str(meaning) if field.kind is Kind.CHOICE and meaning else readable_text(value)


def readable_text(value: CellValue) -> str | None:
    """The cell as text that a workbook can hold, line breaks kept."""
    if isinstance(value, (str, int, float, date, type(None))):
        words = (values.text(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return words[:MAX_TEXT].strip() or None
    return str(value)
