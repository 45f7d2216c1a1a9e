"""Cell values of a Grist document: as its SQLite file has them, and as its API takes them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import NoneType
from typing import Any
from zoneinfo import ZoneInfo

from eig_sheets.workbook.grist.marshalled import MarshalError, decoded
from eig_sheets.workbook.model.cells import CellError, CellValue

_EPOCH = datetime(1970, 1, 1)
_UNREADABLE = CellError("#ILLISIBLE")
_NUMBERS = ("Numeric", "Int", "Any", "Text", "Choice")
"""Types of columns in which a number is one."""


def read(stored: Any, type_: str) -> CellValue:
    """A cell of a column of that type, as SQLite gives it."""
    if isinstance(stored, bytes):
        return _object(stored)
    if stored is None or stored == "":
        return None
    if type_ == "Bool" and stored in (0, 1):
        return bool(stored)
    if stored == 0 and type_.startswith("Ref:"):
        return None
    if isinstance(stored, (int, float)):
        return _number(stored, type_)
    return _list(stored) if _is_list(type_) else str(stored)


def _is_list(type_: str) -> bool:
    return type_ in ("ChoiceList", "RefList", "Attachments") or type_.startswith("RefList:")


def read_column(stored: Sequence[Any], type_: str) -> list[CellValue]:
    """The cells of a column of that type: as `read` reads each, which takes ten times longer on a long column."""
    kinds = {*map(type, stored)}
    if kinds <= {str, NoneType} and not _is_list(type_):
        return [value or None for value in stored]
    if kinds <= {int, float, NoneType} and type_ in _NUMBERS:
        return [None if value is None else float(value) for value in stored]
    known = {value: read(value, type_) for value in {*stored}}
    return [known[value] for value in stored]


def is_foreign(stored: Any) -> bool:
    """Whether the cell of a column of references holds something else: what a person or we wrote as a text."""
    return isinstance(stored, bytes) or (isinstance(stored, str) and bool(stored) and not stored.startswith("["))


def _number(stored: float, type_: str) -> CellValue:
    if type_ == "Date":
        return moment(stored, "UTC")
    if type_.startswith("DateTime"):
        return moment(stored, type_.partition(":")[2] or "UTC")
    return float(stored)


def moment(seconds: float, zone: str) -> datetime | CellError:
    """The naive local moment so many seconds after 1970, to the millisecond."""
    try:
        exact = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=round(seconds * 1000))
        return exact.astimezone(_zone(zone)).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return _UNREADABLE


def seconds(value: date, zone: str) -> float:
    """Seconds since 1970 of a naive local moment."""
    if not isinstance(value, datetime):
        return (datetime(value.year, value.month, value.day) - _EPOCH).total_seconds()
    return value.replace(tzinfo=_zone(zone)).timestamp()


@lru_cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


def _list(stored: str) -> CellValue:
    try:
        items = json.loads(stored)
    except ValueError:
        return stored
    return _listed(items) if isinstance(items, list) else stored


def _listed(items: Sequence[Any]) -> str | None:
    return " ; ".join(filter(None, map(_item, items))) or None


def _item(value: Any) -> str:
    """An item of a list: a number in its shortest form, a date as people write it."""
    if isinstance(value, list):
        item = _kind(value)
        return item.strftime("%d/%m/%Y") if isinstance(item, datetime) else str(item or "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _object(stored: bytes) -> CellValue:
    """A marshalled cell: a text that its column cannot hold, or a list whose first item is its kind."""
    try:
        value = decoded(stored)
    except MarshalError:
        return _UNREADABLE
    if not isinstance(value, list) or not value:
        return None if value in (None, "") else value if isinstance(value, (bool, str)) else _plain(value)
    return _kind(value)


def _kind(value: Sequence[Any]) -> CellValue:
    """A list whose first item says what it is."""
    kind, *rest = value or [""]
    if kind in ("D", "d") and rest and isinstance(rest[0], (int, float)):
        return moment(rest[0], str(rest[1]) if kind == "D" and len(rest) > 1 else "UTC")
    if kind == "L":
        return _listed(rest)
    return CellError(f"#{rest[0]}") if kind == "E" and rest else _UNREADABLE


def _plain(value: Any) -> CellValue:
    return float(value) if isinstance(value, (int, float)) else _UNREADABLE


def written(value: str | float | bool | datetime | None, type_: str, zone: str) -> Any:
    """A value as the API takes it for a column of that type. Raises ValueError for a number that is none."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number")
    if not isinstance(value, datetime):
        return value or None if isinstance(value, str) else value
    if type_ == "Date":
        return seconds(value, "UTC")
    if type_.startswith("DateTime:"):
        return seconds(value, type_.partition(":")[2])
    if type_ == "Numeric":  # Grist would keep it as « 2021-05-03 00:00:00+02:00 », which messages then quote
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    return ["D", seconds(value, zone), zone]
