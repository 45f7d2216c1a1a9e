"""Drive's language of searches, as far as anybody here asks: conditions joined by `and`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_server.errors import unimplemented
from tests.sheets_server.model import Json

Test = Callable[[Json], bool]
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_PROPERTY = rf"\w+\s+has\s+\{{\s*key\s*=\s*{_QUOTED}\s+and\s+value\s*=\s*{_QUOTED}\s*\}}"
_SIMPLE = rf"(?:{_QUOTED}|[^\s()]+)\s*(?:=|!=|contains|in)\s*(?:{_QUOTED}|[^\s()]+)"
_CONDITION = re.compile(rf"\s*\(*\s*({_PROPERTY}|{_SIMPLE})\s*\)*\s*")


def tests(text: str) -> list[Test]:
    """Return a test of a file for each condition of a search."""
    return [_test(condition) for condition in _conditions(text)]


def _conditions(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = _CONDITION.match(text, at)
        if match is None:
            raise unimplemented(f"the Drive search {text}")
        yield match[1]
        joint = re.compile(r"and\b").match(text, match.end())
        if joint is None and match.end() < len(text):
            raise unimplemented(f"the Drive search {text}")
        at = joint.end() if joint else match.end()


def _test(text: str) -> Test:
    """Return the test of one condition, such as `name = "x"`, `'id' in parents` or `properties has { … }`."""
    held = re.fullmatch(rf"(properties|appProperties)\s+has\s+\{{.*?({_QUOTED}).*?({_QUOTED})\s*\}}", text)
    if held:
        kind, key, wanted = held[1], _unquoted(held[2]), _unquoted(held[3])
        return lambda file: file.get(kind, {}).get(key) == wanted
    left, sign, right = re.fullmatch(rf"({_QUOTED}|\w+)\s*(=|!=|contains|in)\s*(.+)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if sign == "in" and "parents" in (left, right):
        parent = _unquoted(right if left == "parents" else left)
        return lambda file: parent in file["parents"]
    if sign == "in" and (left, right) == ("'me'", "owners"):
        return lambda file: bool(file.get("ownedByMe"))
    if left not in ("name", "mimeType", "trashed") or sign == "in":
        raise unimplemented(f"the Drive search {text}")
    value: Any = right == "true" if right in ("true", "false") else _unquoted(right)
    if sign == "contains":
        return lambda file: value.lower() in str(file[left]).lower()
    return lambda file: (file[left] == value) is (sign == "=")


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])
