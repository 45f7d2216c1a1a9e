"""TOML that people type, within bounds: Python's parser takes integers of any size, and fails on deep nesting."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, Final

_DEEPEST: Final = 20
"""Tables and lists inside one another: no file of ours has more than five."""
_MOST_DOTS: Final = 200
_LARGEST: Final = 10**40
"""Smaller ones have their key and bounds said by the validation of the configuration."""


class BoundsError(Exception):
    """Valid TOML that no setting can hold. The message says what, in French: the end of a sentence."""


def parsed(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises tomllib.TOMLDecodeError, BoundsError."""
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):  # a key of that many parts takes seconds
        raise BoundsError(_TOO_DEEP)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # Python converts no more than 4300 digits
        raise BoundsError(_TOO_LARGE) from None
    except RecursionError:
        raise BoundsError(_TOO_DEEP) from None
    for place, value, depth in _walked(values):
        if reason := _fault(value, depth):
            raise BoundsError(f"{place} : {reason}" if len(place) <= _LONGEST_PLACE else reason)
    return values


_TOO_LARGE: Final = "un nombre entier y a trop de chiffres"
_TOO_DEEP: Final = "des crochets ou des tables y sont imbriqués trop profondément"
_LONGEST_PLACE: Final = 80


def _walked(values: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """Every value, those of tables and lists included, with its dotted key and its depth; nothing below the deepest."""
    waiting: list[tuple[str, Any, int]] = [(key, value, 1) for key, value in values.items()]
    while waiting:
        place, value, depth = waiting.pop()
        yield place, value, depth
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}", item, depth + 1) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", item, depth + 1) for number, item in enumerate(value, 1)]


def _fault(value: Any, depth: int) -> str:
    if depth > _DEEPEST:
        return _TOO_DEEP
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return _TOO_LARGE
    if isinstance(value, str) and "\0" in value:
        return "un texte y contient un caractère nul (\\u0000)"
    return ""
