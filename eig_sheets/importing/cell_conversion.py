"""Conversion of the cells of an export: parsing, comparison, and the value to write in the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eig_sheets.text.french import number, typographic
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.model.cells import CellValue, is_too_long, shortened
from eig_sheets.workbook.programmes import programme
from eig_sheets.workbook.values import UnreadableError
from eig_sheets.workbook.years import years

FieldValue = None | str | float | bool | datetime | tuple[str, ...]

ImportedValue = None | str | float | int | datetime
"""A value that an import writes in a cell."""


def parsed_value(field: Field, value: CellValue, zone: ZoneInfo) -> FieldValue:
    """The typed value of a cell of `field`; dates are naive in `zone`. Raises UnreadableError."""
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return _to_the_second(values.moment(value, zone))
    if field.kind is Kind.CHOICE:
        return values.choice(value, values.plain_choices(field.choices))
    parsed: FieldValue = _READERS[field.kind](value)
    return parsed


_READERS: dict[Kind, Callable[[CellValue], Any]] = {
    Kind.TEXT: values.text,
    Kind.EMAIL: values.email,
    Kind.INTEGER: values.integer,
    Kind.YEARS: years,
    Kind.AMOUNT: values.amount,
    Kind.SCORE: values.number,
    Kind.YES_NO: values.yes_no,
    Kind.LIST: values.items,
    Kind.PROGRAMME: programme,
}


def _to_the_second(moment: datetime | None) -> datetime | None:
    # A spreadsheet keeps a moment as a fraction of a day: 23:59:59 may come back as 23:59:58.999999.
    return None if moment is None else (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def comparison_key(field: Field, value: CellValue, zone: ZoneInfo) -> object:
    """A value that is equal for two cells of `field` with the same meaning, whatever their spaces and notation."""
    try:
        parsed = parsed_value(field, value, zone)
    except UnreadableError:
        parsed = readable_text(value)
    if isinstance(parsed, float):
        return round(parsed, 2)
    return " ".join(parsed.split()) or None if isinstance(parsed, str) else parsed


def cell_value(field: Field, value: CellValue, zone: ZoneInfo) -> ImportedValue:
    """The value to write in the workbook. Raises UnreadableError."""
    parsed = parsed_value(field, value, zone)
    if isinstance(parsed, bool):
        return "oui" if parsed else "non"
    if isinstance(parsed, float):
        return int(parsed) if field.kind is Kind.INTEGER else parsed
    if isinstance(parsed, datetime):
        return parsed
    return str(parsed) if field.kind is Kind.CHOICE and parsed else readable_text(value)


def readable_text(value: CellValue) -> str | None:
    """The cell as a text that a workbook can hold, with line breaks; one that is too long says that it is cut."""
    if isinstance(value, (str, int, float, date, type(None))):
        words = (values.text(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return (_cut(words) if is_too_long(words) else words).strip() or None
    return str(value)


def _cut(text: str) -> str:
    return shortened(
        text,
        typographic(f"… [Coupé ici à l’import : {number(len(text))} caractères ; le texte entier est dans l’export]"),
    )
