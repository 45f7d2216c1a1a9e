"""JSON whose largest part is written by hand: a million cells are text before they are objects."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

MARK = f"raw {secrets.token_hex(8)} "


class Raw:
    """A list whose items are JSON already."""

    __slots__ = ("items",)

    def __init__(self, items: list[bytes]) -> None:
        self.items = items


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def text(node: Any) -> str:
    """Return any JSON object as text."""
    if type(node) is str:
        return encode_basestring(node)
    return _ENCODER.encode(node)


def dumps(body: Any) -> bytes:
    """Return an answer as JSON, its raw lists put in as they are."""
    found: list[Raw] = []

    def mark(node: Any) -> str:
        found.append(node)
        return f"{MARK}{len(found) - 1}"

    whole = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=mark)
    return b"".join(_pieces(whole, found)) if found else whole.encode()


def _pieces(whole: str, found: list[Raw]) -> Iterable[bytes]:
    for place, part in enumerate(re.split(rf'"{MARK}(\d+)"', whole)):
        if place % 2:
            yield from _listed(found[int(part)].items)
        else:
            yield part.encode()


def _listed(items: list[bytes]) -> Iterable[bytes]:
    yield b"["
    yield from items[:1]
    for item in items[1:]:
        yield b","
        yield item
    yield b"]"
