"""Decoder of cells that Grist stores as marshal data, since the type of their column cannot hold them.

The subset of Python's marshal format (version 2) that grist-core writes. Python's own `marshal` trusts its input.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

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
