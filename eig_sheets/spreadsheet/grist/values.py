"""Cell values of a Grist document: as its SQLite file has them, and as its API takes them."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import NoneType
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.spreadsheet.model.cells import CellError, CellValue

_CONSTANTS: Final = {b"N": None, b"T": True, b"F": False}
_MOST_ITEMS: Final = 1_000_000


class MarshalError(ValueError):
    """The bytes are not of this format."""


def decoded(data: bytes) -> Any:
    """The value: None, a bool, a number, a text, or lists and dictionaries of these. Raises MarshalError."""
    try:
        value, end = _value(data, 0, 0)
    except (struct.error, UnicodeDecodeError, IndexError, TypeError) as error:  # TypeError: a key that is a list
        raise MarshalError(str(error)) from None
    if end != len(data):
        raise MarshalError("bytes follow the value")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    kind, at = data[at : at + 1], at + 1
    if kind in _CONSTANTS:
        return _CONSTANTS[kind], at
    if reader := _SCALARS.get(kind):
        return reader(data, at)
    if depth < 50 and kind in (b"[", b"("):
        return _items(data, at, depth)
    if depth < 50 and kind == b"{":
        return _pairs(data, at, depth)
    raise MarshalError(f"unknown type {kind!r}")


def _int32(data: bytes, at: int) -> tuple[int, int]:
    return struct.unpack_from("<i", data, at)[0], at + 4


def _int64(data: bytes, at: int) -> tuple[int, int]:
    return struct.unpack_from("<q", data, at)[0], at + 8


def _double(data: bytes, at: int) -> tuple[float, int]:
    return struct.unpack_from("<d", data, at)[0], at + 8


def _text(data: bytes, at: int) -> tuple[str, int]:
    length, at = _int32(data, at)
    if not 0 <= length <= len(data) - at:
        raise MarshalError("a text is cut")
    return data[at : at + length].decode(), at + length


_SCALARS: Final[dict[bytes, Callable[[bytes, int], tuple[Any, int]]]] = {
    b"i": _int32, b"I": _int64, b"g": _double, b"u": _text, b"s": _text,
}  # fmt: skip


def _items(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    count, at = _int32(data, at)
    if not 0 <= count <= _MOST_ITEMS:
        raise MarshalError("a list is too long")
    items = []
    for _ in range(count):
        item, at = _value(data, at, depth + 1)
        items.append(item)
    return items, at


def _pairs(data: bytes, at: int, depth: int) -> tuple[dict[Any, Any], int]:
    pairs = {}
    while data[at : at + 1] != b"0":
        key, at = _value(data, at, depth + 1)
        pairs[key], at = _value(data, at, depth + 1)
    return pairs, at + 1


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
