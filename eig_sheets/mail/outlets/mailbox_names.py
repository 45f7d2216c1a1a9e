"""Names of IMAP folders: as people read them, and as they travel (RFC 3501, 5.1.3: a UTF-7 of its own)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

_LISTED: Final = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:\\.|[^"\\])*"|NIL) (?P<name>.+)', re.DOTALL)
_NOT_ASCII: Final = re.compile(r"[^ -~]+")
_SHIFTED: Final = re.compile(r"&([^-]*)-")


def wire(name: str) -> str:
    """A name as it travels, between quotes."""
    return _quoted(_NOT_ASCII.sub(_shift, name.replace("&", "&-")))


def readable(travelling: str) -> str:
    """The name of what `wire` or `listed` gives."""
    name = re.sub(r"\\(.)", r"\1", travelling[1:-1]) if travelling.startswith('"') else travelling
    return _SHIFTED.sub(_unshift, name)


def listed(answer: Sequence[Any]) -> Iterator[tuple[set[str], str]]:
    """The folders of an answer to LIST: their flags in small letters, and their names as they travel."""
    for item in answer:
        head, literal = item if isinstance(item, tuple) else (item, None)
        found = _LISTED.fullmatch(head or b"")
        if found:
            name = found["name"].decode("ascii", "replace")
            flags = set(found["flags"].decode("ascii", "replace").lower().split())
            yield flags, name if literal is None else _quoted(literal.decode("ascii", "replace"))


def _quoted(name: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


def _shift(found: re.Match[str]) -> str:
    coded = base64.b64encode(found[0].encode("utf-16-be")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"


def _unshift(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    coded = found[1].replace(",", "/")
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")
    except ValueError:
        return found[0]
