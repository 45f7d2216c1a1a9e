"""The names of people, in words."""

from __future__ import annotations

from collections.abc import Sequence


def orders_of(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The words of a name in the orders in which it is written: surnames before or after, wherever they begin."""
    return {(*words[at:], *words[:at]) for at in range(len(words))}
