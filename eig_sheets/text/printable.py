"""Text that a terminal prints: what would drive it, or reorder what people read, is shown instead of obeyed."""

from __future__ import annotations

import re
from typing import Final

_DRIVES: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls but tabs and line feeds, marks of direction, halves of characters (a file name that is no UTF-8)."""
_UNKNOWN: Final = "\ufffd"


def printable(text: str) -> str:
    """The text with a symbol in place of each control: ␛ for an escape, � where there is none."""
    return _DRIVES.sub(_symbol, text)


def escaped(json: str) -> str:
    """JSON with these characters escaped, so that whoever reads it gets them back and no terminal obeys them."""
    return _DRIVES.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else _UNKNOWN
