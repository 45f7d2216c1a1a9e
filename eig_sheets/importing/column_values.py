"""The values of a column of an export: how many there are, a few of them, and whether they can be a field's. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from eig_sheets.importing.cell_conversion import parsed_value, readable_text
from eig_sheets.importing.columns import Columns
from eig_sheets.text.french import plain
from eig_sheets.text.numbers import number_fault
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.values import UnreadableError

_SHOWN: Final = 3
_LONGEST: Final = 20
_TRIED: Final = 200
"""Values of a column that are looked at: enough to tell amounts from names."""


class Samples(NamedTuple):
    """How many values a column has, and the first different ones, shortened."""

    filled: int
    shown: tuple[str, ...]


def samples(columns: Columns, place: int) -> Samples:
    """The number of values of a column, and three of them."""
    filled, shown = 0, dict[str, None]()
    for value in _values(columns, place):
        filled += 1
        if len(shown) < _SHOWN and filled <= _TRIED:
            shown[_short(value)] = None
    return Samples(filled, tuple(shown))


def can_be(columns: Columns, place: int, field: Field, zone: ZoneInfo, *, is_key: bool, is_required: bool) -> bool:
    """Whether most values of a column read as the field's; one that is required is filled in most rows."""
    if is_required and 2 * samples(columns, place).filled < _filled_rows(columns):
        return False
    tried = [value for value, _ in zip(_values(columns, place), range(_TRIED), strict=False)]
    if is_key:
        texts = [readable_text(value) or "" for value in tried]
        return bool(texts) and len({*texts}) == len(texts) and not any(map(number_fault, texts))
    return 2 * sum(_reads_as(field, value, zone) for value in tried) >= len(tried)


def _reads_as(field: Field, value: CellValue, zone: ZoneInfo) -> bool:
    text = str(value).strip()
    if field.kind in (Kind.TEXT, Kind.LIST):  # anything is a text, so that only what is surely else is told
        return not (plain(text) in ("oui", "non") or ("@" in text and " " not in text))
    try:
        parsed_value(field, value, zone)
    except UnreadableError:
        return False
    return True


def _filled_rows(columns: Columns) -> int:
    rows = columns.table.rows[columns.header_row :]
    return sum(any(value is not None and str(value).strip() for value in cells) for cells in rows)


def _values(columns: Columns, place: int) -> Iterator[CellValue]:
    for cells in columns.table.rows[columns.header_row :]:
        value = cells[place] if place < len(cells) else None
        if value is not None and str(value).strip():
            yield value


def _short(value: CellValue) -> str:
    words = " ".join((readable_text(value) or "").split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
